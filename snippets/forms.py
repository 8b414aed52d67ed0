"""The short forms by which an editor creates a contact or a strategy while writing something else."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _

from wagtail.admin.forms import WagtailAdminModelForm

from .duplicates import SHOWN, hint, similar_contacts
from .models import Contact, Strategy


class NewContactForm(WagtailAdminModelForm):
    """Asks once, if there is such a contact already, whether it is meant; sent again, it creates another."""

    hinted = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors or self.cleaned_data.get("hinted"):
            return
        hints = [hint(self.instance, other) for other in similar_contacts(self.instance)[:SHOWN]]
        if hints:
            self.add_error(None, [*hints, _("Search for it under “Choose”, or send the form again to create another.")])
            form: Any = self
            form.data = form.data.copy()
            form.data[self.add_prefix("hinted")] = "on"

    class Meta(WagtailAdminModelForm.Meta):
        model = Contact
        fields: ClassVar[list[str]] = [
            "kind",
            "name",
            "role",
            "unit",
            "organisation",
            "phone",
            "email",
            "form_link",
            "when_to_contact",
        ]


class NewStrategyForm(WagtailAdminModelForm):
    class Meta(WagtailAdminModelForm.Meta):
        model = Strategy
        fields: ClassVar[list[str]] = [
            "name",
            "kind",
            "owner_organisation",
            "valid_from",
            "valid_to",
            "summary",
            "link",
        ]
