"""Many rows at little cost: copies of a page's rows, straight in the database."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import connection

from wagtail.models import Page

from wagtail_partnerships.site_pages.models import AgreementPage, AgreementParty, AgreementTypeChoice


def copy_rows(page: Any, count: int) -> list[int]:
    """Write ``count`` siblings with the page's own columns, agreements with their parties and types. Returns their ids.

    They have no revision and are in no search index.
    """
    parent, model = page.get_parent(), type(page)
    number = Page.objects.filter(path__startswith=parent.path, depth=page.depth).count()
    base = Page.objects.get(pk=page.pk)
    rows = []
    for step in range(1, count + 1):
        row = Page(**{field.attname: getattr(base, field.attname) for field in Page._meta.concrete_fields})
        row.pk = row.id = None
        row.path = Page._get_path(parent.path, page.depth, number + step)
        row.slug, row.url_path = f"{base.slug}-{number + step}", f"{base.url_path[:-1]}-{number + step}/"
        row.translation_key = uuid.uuid4()
        row.latest_revision_id = row.live_revision_id = None
        rows.append(row)
    ids = [row.pk for row in Page.objects.bulk_create(rows, batch_size=500)]
    parent.numchild += count
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild)
    table, key = model._meta.db_table, model._meta.pk.column
    columns = ", ".join(
        connection.ops.quote_name(field.column) for field in model._meta.local_concrete_fields if field.column != key
    )
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({key}, {columns}) SELECT %s, {columns} FROM {table} WHERE {key} = %s",
            [(pk, page.pk) for pk in ids],
        )
    if model is AgreementPage:
        for party in page.parties.all():
            copies = [
                AgreementParty(
                    page_id=pk, partner_id=party.partner_id, name=party.name, locale_id=party.locale_id, sort_order=0
                )
                for pk in ids
            ]
            AgreementParty.objects.bulk_create(copies, batch_size=500)
        for choice in page.agreement_types.all():
            AgreementTypeChoice.objects.bulk_create(
                [AgreementTypeChoice(page_id=pk, agreement_type=choice.agreement_type) for pk in ids], batch_size=500
            )
    return ids
