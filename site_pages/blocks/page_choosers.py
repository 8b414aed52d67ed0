"""Chooser blocks for partners and agreements, with the flat list that the forms of pages choose from."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property

from .identity import SourcePageChooserBlock


class PartnerChooserBlock(SourcePageChooserBlock):
    """A partner, found by typing its name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(page_type="partnerships_pages.PartnerPage", **kwargs)

    @cached_property
    def widget(self) -> Any:
        from ..admin.choosers import partner_chooser  # it needs the models, and they need the blocks

        return partner_chooser.widget_class()

    def get_form_state(self, value: Any) -> Any:
        return self.widget.get_value_data(value)


class AgreementChooserBlock(SourcePageChooserBlock):
    """An agreement, found by typing its title."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(page_type="partnerships_pages.AgreementPage", **kwargs)

    @cached_property
    def widget(self) -> Any:
        from ..admin.choosers import agreement_chooser  # it needs the models, and they need the blocks

        return agreement_chooser.widget_class()

    def get_form_state(self, value: Any) -> Any:
        return self.widget.get_value_data(value)
