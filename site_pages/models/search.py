from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchText(models.Model):
    """The words of one row, in the form that ``search_words`` gives them, between spaces.

    It is written with the row, in the same transaction, so that a search never lags behind what is shown. Whether the
    row is public is asked of the row itself.
    """

    #: Label of the row's model, such as ``partnerships_pages.partnerpage``.
    model = models.CharField(max_length=100)
    object_id = models.BigIntegerField()
    title = models.TextField()
    body = models.TextField()

    class Meta:
        verbose_name = _("search text")
        verbose_name_plural = _("search texts")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["model", "object_id"], name="partnerships_one_search_text_per_row")
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.object_id}"
