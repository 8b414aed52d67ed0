"""Works out from marks what readers are told: one feed item for each document that appeared, changed or went.

That happens after the commit and before anybody reads the feed, under a lock and in the order of the numbers. It looks
at the content as it is then, which is at least as new as the mark: whoever fetches what the items name ends with the
content as it is, and nothing is told about a row that no reader could ever see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

from wagtail.models import Locale, Page, Site

from .models import ContentChange, ContentMark, PublicItem
from .public_items import Identity, public_on, stands_alone
from .resources import get_resource, resource_of
from .tags import ROUTES_TAG, kind_of
from .usage import Document, documents_at, family_of, row_target, targets_of, users_of, users_of_rows

# PostgreSQL names its advisory locks by a number; this one is ours.
ADVISORY_LOCK = 0x7061_7274_7465_6C6C


def tell_pending() -> None:
    """Write the feed items of all marks that are committed and not yet told; many may call it at once."""
    if not ContentMark.objects.filter(is_told=False, number__gt=0).exists():
        return
    with transaction.atomic():
        _lock()
        marks = list(ContentMark.objects.filter(is_told=False, number__gt=0).order_by("number", "pk"))
        # Until somebody has told for the first time, nobody knows what was public before.
        is_first = not ContentChange.objects.exists() and not PublicItem.objects.exists()
        for number, group in groupby(marks, key=attrgetter("number")):
            touched = list(group)
            items = _Items(number, touched[0])
            if is_first or any(not mark.model for mark in touched):
                items.reset()
                is_first = False
            else:
                items.tell(touched)
            ContentChange.objects.bulk_create(items.changes)
        ContentMark.objects.filter(pk__in=[mark.pk for mark in marks]).update(is_told=True)


def _lock() -> None:
    """Wait until nobody else is telling; the lock ends with the transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ADVISORY_LOCK])
    else:
        # A write that changes nothing: SQLite lets one writer in at a time.
        ContentMark.objects.filter(pk=None).update(is_told=True)


#: What marks have noted to be public before, by the site's primary key.
_Noted = dict[int, set[Identity]]
#: Kinds of files that documents of the API show.
FILE_KINDS = frozenset({"image", "document"})


@dataclass
class _Touched:
    """What the marks of one number say about a document."""

    #: The languages in which its rows were touched, as primary keys.
    locale_ids: set[int] = field(default_factory=set)
    #: The ids of what its rows pointed at before, and point at now.
    pointed_at: set[UUID] = field(default_factory=set)


class _Items:
    """The feed items of one number, in the making."""

    def __init__(self, number: int, mark: ContentMark) -> None:
        self.number = number
        self.token = mark.token
        self.created_at = mark.created_at
        self.changes: list[ContentChange] = []
        self.languages = {locale.pk: locale.language_code for locale in Locale.objects.all()}

    def reset(self) -> None:
        """Tell everybody to load everything again, and note what is public now."""
        self._add(ContentChange.Action.RESET)
        for site in Site.objects.all():
            _note(site, PublicItem.objects.filter(site=site), public_on(site))

    def tell(self, marks: Iterable[ContentMark]) -> None:
        """Tell what became of the rows that were touched, and of what they show or hide."""
        documents: dict[Document, _Touched] = defaultdict(_Touched)
        dependents: set[Document] = set()
        noted: _Noted | None = None
        for mark in marks:
            if mark.was_public is not None:
                noted = defaultdict(set) if noted is None else noted
                for site_pk, name, key, language in mark.was_public:
                    noted[site_pk].add(Identity(name, UUID(key), language))
            try:
                model = apps.get_model(mark.model)
            except LookupError:  # of an app that has been removed since
                continue
            resource = resource_of(model)
            if resource is None or mark.translation_key is None:
                self._tell_other(model, mark)
                continue
            now = targets_of(model, mark.object_pk)
            pointed_at = documents_at({(content_type_id, pk) for content_type_id, pk in (*mark.targets, *now)})
            touched = documents[resource.name, mark.translation_key]
            touched.locale_ids.add(mark.locale_id or 0)
            touched.pointed_at |= {key for _name, key in pointed_at}
            # What is public only while a public page uses it comes and goes with this row.
            dependents |= {document for document in pointed_at if not stands_alone(document[0])}
        candidates = {*documents, *dependents}
        if candidates:
            for site in Site.objects.all():
                self._tell_site(site, documents, candidates, None if noted is None else noted[site.pk])

    def _tell_site(
        self,
        site: Site,
        documents: dict[Document, _Touched],
        candidates: set[Document],
        noted: set[Identity] | None,
    ) -> None:
        known = [
            item
            for item in PublicItem.objects.filter(site=site, translation_key__in={key for _name, key in candidates})
            if (item.resource, item.translation_key) in candidates
        ]
        before = {_identity(item) for item in known if item.is_public}
        now = public_on(site, candidates)
        if noted is not None:
            # Earlier changes were told only now, by what became of them in the end: what the transaction itself saw
            # counts, and in doubt a document is told once too often.
            before = noted | (before - now)
        _note(site, known, now, before - now)
        flipped = before ^ now
        # Who pointed at it all along shows it only from now on, and so does not hold its tag yet; nor do the pages
        # right above and below it, which name each other.
        turned = {(name, key) for name, key, _language in flipped}
        users, family = users_of(turned), family_of(turned)
        for name, key, language in sorted(before | now):
            touched = documents.get((name, key), _Touched())
            if (name, key, language) in flipped or language in {self.languages.get(pk) for pk in touched.locale_ids}:
                action = ContentChange.Action.UPSERT if (name, key, language) in now else ContentChange.Action.DELETE
                shown = users.get((name, key), set()) | family.get(key, set())
                self._add_document(action, site, Identity(name, key, language), touched.pointed_at | shown)
        seen = {(name, key) for name, key, _language in before | now}
        reached = {
            (name, other)
            for (name, key), touched in documents.items()
            if get_resource(name).counts_while_hidden and (name, key) not in seen
            for other in touched.pointed_at
        }
        for identity in sorted(public_on(site, reached - seen)):
            self._add_document(ContentChange.Action.UPSERT, site, identity)

    def _add_document(
        self, action: ContentChange.Action, site: Site, document: Identity, others: Iterable[UUID] = ()
    ) -> None:
        told = _told(site, set(others)) - {document.key}
        self._add(
            action,
            site=site,
            resource=document.resource,
            object_id=str(document.key),
            language_code=document.language,
            tags=[
                str(document.key),
                get_resource(document.resource).plural,
                ROUTES_TAG,
                *sorted(map(str, told)),
            ],
        )

    def _tell_other(self, model: type[Model], mark: ContentMark) -> None:
        """Tell of a row that is no document of its own: an image, a file, a redirect, an alias of a page."""
        if issubclass(model, Page) or model._meta.label_lower == "wagtailredirects.redirect":
            self._add(ContentChange.Action.UPSERT, resource="route", tags=[ROUTES_TAG])
            return
        kind = kind_of(model)
        if kind not in FILE_KINDS:
            return  # it stands on a host's own pages alone
        pk = mark.object_pk
        target = row_target(model, pk)
        users = users_of_rows({target}).get(target, set())
        users |= {key for _name, key in documents_at((content_type_id, pk) for content_type_id, pk in mark.targets)}
        action = (
            ContentChange.Action.UPSERT
            if model._default_manager.filter(pk=pk).exists()
            else ContentChange.Action.DELETE
        )
        for site in Site.objects.all():
            # One that could not be shown until now stands in nobody's tags, so who uses it is named as well.
            if told := _told(site, users):
                tags = [f"{kind}:{pk}", *sorted(map(str, told))]
                self._add(action, site=site, resource=kind, object_id=pk, tags=tags)

    def _add(self, action: ContentChange.Action, **values: object) -> None:
        self.changes.append(
            ContentChange(
                number=self.number,
                position=len(self.changes),
                token=self.token,
                created_at=self.created_at,
                action=action,
                **values,
            )
        )


def _identity(item: PublicItem) -> Identity:
    return Identity(item.resource, item.translation_key, item.language_code)


def _note(
    site: Site, known: Iterable[PublicItem], public: set[Identity], past: Iterable[Identity] = frozenset()
) -> None:
    """Write down what is public now, among what was known or else all, and what only was so in between."""
    unknown = public.union(past)
    turned = []
    for item in known:
        unknown.discard(_identity(item))
        if item.is_public != (_identity(item) in public):
            item.is_public = not item.is_public
            turned.append(item)
    PublicItem.objects.bulk_update(turned, ["is_public"], batch_size=500)
    PublicItem.objects.bulk_create(
        (
            PublicItem(
                site=site,
                resource=item.resource,
                translation_key=item.key,
                language_code=item.language,
                is_public=item in public,
            )
            for item in sorted(unknown)
        ),
        batch_size=500,
    )


def _told(site: Site, keys: set[UUID]) -> set[UUID]:
    """Keep the ids that readers of a site know: that of a draft stays within."""
    known = PublicItem.objects.filter(site=site, translation_key__in=keys)
    return set(known.values_list("translation_key", flat=True))
