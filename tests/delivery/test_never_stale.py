"""After any edits every answer equals the one rendered anew, and who follows the feed has what a download gives."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.delivery import edits
from tests.delivery.client import ROOT
from tests.delivery.following import Follower, download, without_version
from tests.delivery.snapshots import Snapshot
from tests.factories import (
    AgreementPageFactory,
    ContactFactory,
    DocumentFactory,
    ImageFactory,
    PartnerPageFactory,
    SiteTree,
    StrategyFactory,
    translated,
)
from wagtail_partnerships.cms.delivery.store import local_store
from wagtail_partnerships.cms.delivery.versions import Version, current_version
from wagtail_partnerships.site_pages.models import AgreementPage, PartnerPage
from wagtail_partnerships.snippets.models import Contact

LISTS = (
    f"{ROOT}/partners?facets=agreement_type,agreement_status,region",
    f"{ROOT}/partners?agreement_type=letter_of_intent&locale=en&fallback=source",
    f"{ROOT}/agreements?region=SE-U&facets=organisation_type",
    f"{ROOT}/agreements?agreement_status=active",
    f"{ROOT}/strategies?fields=title&facets=kind",
    f"{ROOT}/routes?limit=100",
    f"{ROOT}/settings",
)
FULL_LISTS = tuple(
    f"{ROOT}/{plural}?sort=id&view=full&locale={language}&page=1&limit=100"
    for plural in ("partners", "agreements", "strategies", "contacts", "pages")
    for language in ("sv", "en")
)
PAGES = ("/sv/", "/en/agreements/", "/sv/partner/", "/sv/strategier/", "/sv/agreements.atom", "/sitemap.xml")
#: How many answers are compared after an edit that moved the number, and so left nothing behind to be found.
SAMPLE = 4
CSRF_TOKEN = re.compile(rb'<input type="hidden" name="csrfmiddlewaretoken" value="[^"]*">')
NUMBERS = st.integers(min_value=0, max_value=7)


class Editing(RuleBasedStateMachine):
    """Editors at work on a small site; readers look after each transaction."""

    snapshot: Snapshot

    @initialize()
    def start(self) -> None:
        self.snapshot.restore()
        local_store.clear()
        cache.clear()
        self.client = Client()
        self.looks = 0
        self.follower = Follower(self.client, LISTS)
        self.seen = current_version()
        self.fresh = self._rendered_anew(self._addresses())

    @rule(edit=st.sampled_from(edits.EDITS), number=NUMBERS, other=NUMBERS)
    def edit(self, edit: edits.Edit, number: int, other: int) -> None:
        self._commit(lambda: edit(number, other), [edit])

    @rule(first=st.sampled_from(edits.EDITS), second=st.sampled_from(edits.EDITS), number=NUMBERS, other=NUMBERS)
    def edit_twice(self, first: edits.Edit, second: edits.Edit, number: int, other: int) -> None:
        def both() -> None:
            first(number, other)
            second(other, number)

        self._commit(both, [first, second])

    @rule(edit=st.sampled_from(edits.RESETTING_EDITS), number=NUMBERS, other=NUMBERS)
    def edit_the_site(self, edit: edits.Edit, number: int, other: int) -> None:
        self._commit(lambda: edit(number, other))

    @rule(edit=st.sampled_from(edits.DRAFTS), number=NUMBERS, other=NUMBERS)
    def save_a_draft(self, edit: edits.Edit, number: int, other: int) -> None:
        before = current_version()
        self._commit(lambda: edit(number, other))
        assert current_version() == before

    @rule(edit=st.sampled_from(edits.EDITS), number=NUMBERS, other=NUMBERS)
    def roll_back(self, edit: edits.Edit, number: int, other: int) -> None:
        def undone() -> None:
            edit(number, other)
            transaction.set_rollback(True)

        before = current_version()
        self._commit(undone)
        assert current_version() == before

    def _commit(self, edit: Callable[[], object], made_of: Iterable[edits.Edit] = ()) -> None:
        before, redirects = current_version().number, automatic_redirects()
        try:
            with transaction.atomic():
                edit()
        except ProtectedError:  # what is in use stays
            assert current_version().number == before
        # Wagtail takes old redirects away and writes new ones after the commit, each in a transaction of its own.
        most = 1 if automatic_redirects() == redirects else 3
        # wagtail-localize publishes a translation after the commit, too.
        most += sum(part is edits.publish_translation for part in made_of)
        assert 0 <= current_version().number - before <= most

    @invariant()
    def readers_see_what_there_is(self) -> None:
        if not hasattr(self, "follower") or not hasattr(self, "fresh"):
            return
        version = current_version()
        addresses = self._addresses()
        self._nothing_is_stale(version, addresses)
        self.follower.follow()
        self._the_follower_has_it_all()
        self.seen = version

    def _nothing_is_stale(self, version: Version, addresses: list[str]) -> None:
        if version == self.seen:
            # Whatever the edit did, readers are still given what they were given before.
            before, self.fresh = self.fresh, self._rendered_anew(addresses)
            for address in addresses:
                assert self.fresh[address] == before.get(address, self.fresh[address]), address
            return
        self.looks += 1
        sample = [addresses[(self.looks * SAMPLE + n) % len(addresses)] for n in range(SAMPLE)]
        first = {address: self._answer(address) for address in sample}
        self.fresh = self._rendered_anew(addresses)
        for address in sample:
            assert self.fresh[address] == first[address], address

    def _the_follower_has_it_all(self) -> None:
        held = {document: held.body for document, held in self.follower.documents.items()}
        assert held == download(self.client)
        for address, others in self.follower.others.items():
            assert others.body == without_version(self.client.get(address).json()), address

    def _addresses(self) -> list[str]:
        partners = PartnerPage.objects.order_by("pk")
        return [
            *LISTS,
            *FULL_LISTS,
            *PAGES,
            *(f"{ROOT}/contacts/{row.translation_key}" for row in Contact.objects.order_by("pk")[:3]),
            *(f"{ROOT}/agreements/{page.translation_key}" for page in AgreementPage.objects.order_by("pk")[:1]),
            *(url for page in partners[:2] if (url := page.get_url())),
            f"{ROOT}/routes?path=/sv/gammal",
        ]

    def _rendered_anew(self, addresses: list[str]) -> dict[str, tuple[int, bytes, str]]:
        local_store.clear()
        cache.clear()
        return {address: self._answer(address) for address in addresses}

    def _answer(self, address: str) -> tuple[int, bytes, str]:
        response = self.client.get(address)
        assert response.status_code < 500, address
        # The form that asks for a page's password is made anew for each reader.
        content = CSRF_TOKEN.sub(b"", response.content)
        return response.status_code, content, response.get("Cache-Tag", "")


@pytest.fixture
def small_site(committed_tree: SiteTree, settings: Any) -> Iterator[Snapshot]:
    settings.PARTNERSHIPS_LIST_CONTACTS = True
    english = committed_tree.english.locale
    contacts = [ContactFactory(kind=Contact.Kind.OFFICE) for _ in range(3)]
    strategies = StrategyFactory.create_batch(2)
    handlings = Collection.get_first_root_node().add_child(name="Handlingar")
    Collection.get_first_root_node().add_child(name="Övrigt")
    document = DocumentFactory(file=ContentFile(b"avtal", name="avtal.txt"), collection=handlings)
    partners = [
        PartnerPageFactory(contacts=contacts[:1], logo=ImageFactory(), region="SE-U"),
        PartnerPageFactory(strategies=strategies[:1]),
        PartnerPageFactory(),
    ]
    agreement = AgreementPageFactory(
        parties=partners[:2], contacts=contacts[1:2], strategies=strategies, documents=[document]
    )
    AgreementPageFactory(parties=[partners[0]], renews=agreement)
    translated(partners[0], english, title="The first partner")
    yield Snapshot()
    local_store.clear()


def automatic_redirects() -> set[int]:
    return set(Redirect.objects.filter(automatically_created=True).values_list("pk", flat=True))


def explore(snapshot: Snapshot, examples: int, steps: int, *, derandomize: bool = True) -> None:
    machine: Any = type("SmallSite", (Editing,), {"snapshot": snapshot})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            derandomize=derandomize,
            # A failure's steps are printed as they are: each takes about a second, too long for shrinking.
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.slow
def test_nothing_is_ever_stale(small_site: Snapshot) -> None:
    # More, with other edits each time: PARTNERSHIPS_EXAMPLES=50 pytest -m slow tests/delivery/test_never_stale.py
    more = os.environ.get("PARTNERSHIPS_EXAMPLES")
    explore(small_site, examples=int(more or 2), steps=10, derandomize=more is None)
