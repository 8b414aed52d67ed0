"""`make bench`: loads content, serves it as production does, and prints how the answers compare.

PARTNERS  how many partners, with twice as many agreements; 1000 by default
ROUNDS    how often every contender has its turn; 15 by default
LARGE     compare a site of so many partners with one of PARTNERS instead
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .client import Connection, get
from .measure import Contender, interleave, ratio
from .server import Worker, free_port, served

ROOT = Path(__file__).resolve().parent.parent
#: Seconds of one turn. An answer that takes longer is asked for once.
TURN = 0.1
API = "/delivery/v1"
#: The models of Wagtail's own two APIs.
PARTNER_TYPE = "partnerships_pages.PartnerPage"


@dataclass(frozen=True)
class Site:
    """A database in a folder, and the port at which it is served."""

    partners: int
    var: Path
    port: int

    def run(self, module: str, *arguments: str, question: str = "") -> str:
        """Run a module of this package in the site's environment. Raises CalledProcessError."""
        command = [sys.executable, "-m", f"benchmarks.{module}", *arguments]
        done = subprocess.run(
            command,
            input=question,
            env={**os.environ, "VAR_DIR": str(self.var)},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return done.stdout


def prepare(partners: int) -> Site:
    site = Site(partners, Path(os.environ["VAR_DIR"]) / str(partners), free_port())
    site.var.mkdir(parents=True, exist_ok=True)
    seconds = float(site.run("prepare", str(partners), str(site.port)))
    print(f"{partners} partners and {2 * partners} agreements in two languages: loaded in {seconds:.0f} seconds.")
    return site


class Questions:
    """What is asked of a site."""

    def __init__(self, worker: Worker) -> None:
        self.worker = worker
        self.connection = Connection(worker.port)
        listed = self.fetch(f"{API}/partners?sort=id&limit=100")["items"]
        self.partner_ids = [item["id"] for item in listed]
        self.paths = [item["path"] for item in listed]
        v2 = self.fetch(f"/api/v2/pages/?type={PARTNER_TYPE}&limit=20&locale=sv")
        self.page_ids = [item["id"] for item in v2["items"]]
        self.connection.close()

    def fetch(self, path: str) -> Any:
        reply = self.connection.fetch(get(self.worker.port, path))
        if reply.status != 200:
            raise RuntimeError(f"{path}: {reply.status} {reply.body[:500]!r}")
        return json.loads(reply.body)

    def contender(self, paths: str | Iterable[str], **headers: str) -> Contender:
        paths = [paths] if isinstance(paths, str) else paths
        requests = [get(self.worker.port, path, **headers) for path in paths]
        return Contender(self.worker, requests)

    def hot(self) -> list[Comparison]:
        """Answers that have been kept, against as many constant bytes."""
        detail, page = f"{API}/partners/{self.partner_ids[0]}", self.paths[0]
        etag = self.connection.fetch(get(self.worker.port, detail)).header("ETag")
        unchanged = self.contender(detail, if_none_match=etag)
        unchanged.status = 304
        measured = {
            f"GET {API}/partners/{{id}}": self.contender(detail),
            f"GET {API}/partners (20)": self.contender(f"{API}/partners"),
            f"GET {API}/partners/{{id}} (304)": unchanged,
            "GET a partner's HTML page": self.contender(page),
        }
        compared = []
        for name, ours in measured.items():
            ours.ask()
            compared.append(Comparison(name, ours, {"constant bytes": self.contender(f"/media/constant/{ours.size}")}))
        return compared

    def cold(self) -> list[Comparison]:
        """Answers that have to be rendered, against Wagtail's own APIs."""
        v2 = f"/api/v2/pages/?type={PARTNER_TYPE}&locale=sv&limit=20"
        v3 = f"/api/v3/pages/?type={PARTNER_TYPE}&limit=20"
        return [
            Comparison(
                f"GET {API}/partners/{{id}}",
                self.contender(f"{API}/partners/{key}" for key in self.partner_ids),
                {
                    "v2 fields=*": self.contender(f"/api/v2/pages/{pk}/?fields=*" for pk in self.page_ids),
                    "v3 (base fields)": self.contender(f"/api/v3/pages/{pk}/" for pk in self.page_ids),
                },
            ),
            Comparison(
                f"GET {API}/partners?view=full (20)",
                self.contender(f"{API}/partners?view=full"),
                {"v2 fields=*": self.contender(f"{v2}&fields=*"), "v3 (base fields)": self.contender(v3)},
            ),
            Comparison(
                f"GET {API}/search?q=samverkan",
                self.contender(f"{API}/search?q=samverkan"),
                {"v2 search": self.contender("/api/v2/pages/?search=samverkan")},
            ),
        ]


@dataclass(frozen=True)
class Comparison:
    """What is ours, and what it is measured against."""

    name: str
    ours: Contender
    others: dict[str, Contender]

    def run(self, rounds: int) -> None:
        interleave([self.ours, *self.others.values()], rounds, TURN)

    def rows(self) -> Iterable[tuple[str, ...]]:
        for name, other in self.others.items():
            of_time = ratio(self.ours.seconds, other.seconds)
            of_computing = ratio(self.ours.cpu_seconds, other.cpu_seconds)
            yield self.name, name, str(of_time), str(of_computing or "not known"), f"{self.ours.size:,}"


def show(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table."""
    lines = [list(head), *map(list, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    print(f"\n{title}\n")
    for line in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


COMPARED = ("answer", "against", "times as fast", "by time computed", "bytes")


def compare_with_others(partners: int, rounds: int) -> None:
    """Compare the answers of one site with constant bytes and with Wagtail's own APIs."""
    site = prepare(partners)
    with served(site.port, site.var) as worker:
        before = worker.megabytes()
        compared = Questions(worker).hot()
        for comparison in compared:
            comparison.run(rounds)
        show("Kept answers", COMPARED, (row for comparison in compared for row in comparison.rows()))
        memory = f"{before:.0f} MB before the first answer"
        with_kept = worker.megabytes()
    with served(site.port, site.var, BENCHMARK_KEEPS="nothing") as worker:
        questions = Questions(worker)
        compared = questions.cold()
        for comparison in compared:
            comparison.run(max(3, rounds // 3))
        show("Rendered answers", COMPARED, (row for comparison in compared for row in comparison.rows()))
        print(
            f"\nMemory of the worker: {memory}, {with_kept:.0f} MB after, {worker.megabytes():.0f} MB after rendering."
        )
    count(site, questions)


def count(site: Site, questions: Questions) -> None:
    """Print what answers cost apart from time."""
    detail, pk = questions.partner_ids[0], questions.page_ids[0]
    paths = [
        "/media/constant/10000",
        f"{API}/partners/{detail}",
        f"{API}/partners",
        f"{API}/partners?view=full",
        f"{API}/partners?facets=organisation_type,region,agreement_type,agreement_status",
        f"{API}/agreements?view=full",
        f"{API}/search?q=samverkan",
        f"{API}/routes",
        f"{API}/changes",
        f"/api/v2/pages/{pk}/?fields=*",
        f"/api/v2/pages/?type={PARTNER_TYPE}&locale=sv&limit=20&fields=*",
        "/api/v2/pages/?search=samverkan",
        f"/api/v3/pages/{pk}/",
        f"/api/v3/pages/?type={PARTNER_TYPE}&limit=20",
        questions.paths[0],
    ]
    question = json.dumps({"host": f"localhost:{site.port}", "paths": paths})
    counted: dict[str, dict[str, int]] = json.loads(site.run("queries", question=question))
    head = ("answer", "SQL queries", "when kept", "Python calls", "when kept")
    names = ("queries", "kept_queries", "calls", "kept_calls")
    show("Counted", head, ((path, *(f"{costs[name]:,}" for name in names)) for path, costs in counted.items()))


def compare_sizes(small: int, large: int, rounds: int) -> None:
    """Compare the answers of a small site with those of a large one."""
    sites = [prepare(small), prepare(large)]
    for title, keeps in (
        ("Kept answers", "all"),
        ("Rendered answers, totals and facets known", "counts"),
        ("Rendered answers, totals and facets counted", "nothing"),
    ):
        with (
            served(sites[0].port, sites[0].var, BENCHMARK_KEEPS=keeps) as one,
            served(sites[1].port, sites[1].var, BENCHMARK_KEEPS=keeps) as other,
        ):
            compared = [
                Comparison(name, small_one, {f"{large} partners, not {small}": large_one})
                for (name, small_one), large_one in zip(
                    _of_any_size(one).items(), _of_any_size(other).values(), strict=True
                )
            ]
            for comparison in compared:
                comparison.run(rounds)
            rows = (row for comparison in compared for row in comparison.rows())
            show(f"{title}: how much longer they take", ("answer", "on", "times as long", *COMPARED[3:]), rows)


def _of_any_size(worker: Worker) -> dict[str, Contender]:
    questions = Questions(worker)
    strategy = questions.fetch(f"{API}/strategies?sort=id&limit=1")["items"][0]["id"]
    asked = {
        "a partner": f"partners/{questions.partner_ids[0]}",
        "partners": "partners",
        "partners of a region": "partners?region=SE-U",
        "partners of a type of organisation": "partners?organisation_type=municipality",
        "partners of a country that most are in": "partners?country=SE",
        "partners with agreements of a type": "partners?agreement_type=mou",
        "partners with expired agreements": "partners?agreement_status=expired",
        "partners towards a strategy": f"partners?strategy={strategy}",
        "partners of a region, with agreements in force": "partners?region=SE-U&agreement_status=active",
        "partners, four facets": "partners?facets=organisation_type,region,agreement_type,agreement_status",
        "agreements": "agreements",
        "agreements in force": "agreements?agreement_status=active",
        "agreements of a type": "agreements?agreement_type=mou",
        "agreements with partners of a region": "agreements?region=SE-U",
        "agreements with partners of a country that most are in": "agreements?country=SE",
        "agreements towards a strategy": f"agreements?strategy={strategy}",
        "agreements that end before a day": "agreements?expires_before=2030-01-01",
        "agreements by signing": "agreements?sort=-signed",
        "the change feed": "changes",
    }
    return {name: questions.contender(f"{API}/{path}") for name, path in asked.items()}


def main() -> None:
    for name in ("DATABASE_URL", "CACHE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    os.environ.setdefault("VAR_DIR", str(ROOT / "var" / "bench"))
    os.environ |= {"DJANGO_SETTINGS_MODULE": "benchmarks.settings", "LOG_LEVEL": "ERROR"}
    partners, rounds = (int(os.environ.get(name) or default) for name, default in (("PARTNERS", 1000), ("ROUNDS", 15)))
    if large := os.environ.get("LARGE"):
        compare_sizes(partners, int(large), rounds)
    else:
        compare_with_others(partners, rounds)


if __name__ == "__main__":
    main()
