"""Forms that edit a few fields of a row, as a tool does that sends only what it changes."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from wagtail.admin.forms import WagtailAdminModelForm


class PartEditForm(WagtailAdminModelForm):
    """Says of the whole form what a model's rule says of a field that the form lacks, where Django would fail."""

    def add_error(self, field: str | None, error: Any) -> None:
        if field is None and isinstance(error, ValidationError) and hasattr(error, "error_dict"):
            for name, errors in error.error_dict.items():
                self.add_error(name, errors)
        else:
            super().add_error(field if field in self.fields else None, error)
