"""How the history compares values that Wagtail spells as a program would: in words, and nothing where nothing was."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import models
from django.utils.html import escape
from django.utils.translation import gettext as _

from wagtail.admin.compare import FieldComparison, TextDiff, register_comparison_class

from .partial_dates import PartialDate, PartialDateField
from .phones import Phone, PhoneField


def in_words(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    if isinstance(value, datetime.date):
        return PartialDate(value.isoformat()).display
    return value.display if isinstance(value, PartialDate | Phone) else str(value)


class InWordsComparison(FieldComparison):
    def htmldiff(self) -> str:
        before, after = in_words(self.val_a), in_words(self.val_b)
        if before == after:
            return str(escape(before))
        changes = [(kind, text) for kind, text in (("deletion", before), ("addition", after)) if text]
        return str(TextDiff(changes).to_html())


def register_comparisons() -> None:
    for own in (PartialDateField, PhoneField):
        register_comparison_class(own, comparison_class=InWordsComparison)
    for general in (models.DateField, models.BooleanField):
        register_comparison_class(general, comparison_class=InWordsComparison, exact_class=True)
