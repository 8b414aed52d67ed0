"""StreamField blocks that hold our field types, and those whose values the history tells in words."""

from typing import Any

from django.utils.html import escape, format_html

from wagtail import blocks

from .comparisons import in_words
from .partial_dates import PartialDate, PartialDateFormField, PartialDateParts


class PartialDateBlock(blocks.FieldBlock):
    """A date known to the year, the month or the day; the value is a `PartialDate`, or None if left empty."""

    def __init__(
        self, required: bool = True, help_text: str | None = None, validators: Any = (), **kwargs: Any
    ) -> None:
        self.field = PartialDateFormField(required=required, help_text=help_text or "", validators=validators)
        super().__init__(**kwargs)

    def normalize(self, value: Any) -> Any:
        # What was typed into the form comes here before the form field has read it.
        return self.to_python(value)

    def to_python(self, value: Any) -> Any:
        """Return a `PartialDate`, None for empty, or the text itself if it is no EDTF level 0, for `clean` to read."""
        if not isinstance(value, str):
            return value
        try:
            return PartialDate.parse(value) if value else None
        except ValueError:
            return value

    def get_prep_value(self, value: PartialDate | None) -> str | None:
        return str(value) if value else None

    def get_api_representation(self, value: PartialDate | None, context: Any = None) -> PartialDateParts | None:
        return value.parts if isinstance(value, PartialDate) else None

    def get_searchable_content(self, value: PartialDate | None) -> list[str]:
        return [value.display] if isinstance(value, PartialDate) else []

    def render_basic(self, value: PartialDate | None, context: Any = None) -> str:
        if not isinstance(value, PartialDate):
            return ""
        return format_html('<time datetime="{}">{}</time>', value.value, value.display)

    class Meta:
        icon = "date"


class YesNoBlock(blocks.BooleanBlock):
    """A box to tick, which the history spells in words."""

    def render_basic(self, value: bool | None, context: Any = None) -> str:
        return in_words(bool(value))


class LabelledMixin:
    """What the history compares is this rendering, for which Wagtail takes the code."""

    def render_basic(self, value: Any, context: Any = None) -> str:
        labels = dict(self.field.choices)  # type: ignore[attr-defined]  # of Wagtail's block; choices here have no groups
        codes = value if isinstance(value, list | tuple) else [value]
        return str(escape(", ".join(str(labels.get(code, code)) for code in codes if code)))


class LabelledChoiceBlock(LabelledMixin, blocks.ChoiceBlock):
    """One of some codes."""


class LabelledMultipleChoiceBlock(LabelledMixin, blocks.MultipleChoiceBlock):
    """Any number of some codes."""
