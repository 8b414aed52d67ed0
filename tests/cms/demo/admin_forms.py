"""Sends a saved page through the form with which the admin edits it."""

from typing import Any

from django.forms.models import BaseModelForm

from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html


def resubmit(page: Page) -> dict[str, Any]:
    """Return the errors that the page's edit form finds in what it shows, but for the blocks; {} if there are none."""
    form_class = page.get_edit_handler().get_form_class()
    form = _without_blocks(form_class(instance=page, for_user=None))
    parts = [form.as_p()]
    for formset in form.formsets.values():
        parts.append(str(formset.management_form))
        parts += [row.as_p() for row in formset.forms]
    data = querydict_from_html(f'<form id="edit">{"".join(parts)}</form>', form_id="edit")
    bound = _without_blocks(form_class(data, instance=page, for_user=None))
    if bound.is_valid():
        return {}
    rows = {name: formset.errors for name, formset in bound.formsets.items() if not formset.is_valid()}
    return {**bound.errors, **rows}


def _without_blocks(form: BaseModelForm[Any]) -> BaseModelForm[Any]:
    form.fields.pop("content", None)
    return form
