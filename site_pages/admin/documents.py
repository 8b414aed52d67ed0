"""The documents of agreements: kept from the public until an officer moves one to an open collection."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from wagtail.admin.telepath import register as register_telepath_adapter
from wagtail.documents import get_document_model_string
from wagtail.documents.views.chooser import (
    DocumentChooserAdapter,
    DocumentChooserUploadView,
    DocumentChooserViewSet,
    DocumentChooseView,
)
from wagtail.models import Collection, CollectionViewRestriction

#: What the collection is called: the first for a new one, the others for one that was renamed by hand.
NAMES = ("Avtalshandlingar", "Agreement documents")


@transaction.atomic
def private_collection() -> Collection:
    """Return the collection of agreement documents, making it at first need, restricted to those who are signed in.

    It is known by its name. One that an officer has opened stays the one: the form warns of what lies in it.
    """
    collection = Collection.objects.filter(name__in=NAMES).order_by("path").first()
    if collection is None:
        collection = Collection.get_first_root_node().add_child(name=NAMES[0])
        CollectionViewRestriction.objects.create(
            collection=collection, restriction_type=CollectionViewRestriction.LOGIN
        )
    return collection


class PrivateByDefaultMixin:
    """Proposes the private collection to whoever uploads a file."""

    def get_creation_form(self) -> Any:
        # Wagtail's form asks for no collection while there is only one, and that one is open.
        collection = private_collection()
        form = super().get_creation_form()  # type: ignore[misc]  # of Wagtail's view
        if form is not None and "collection" in form.fields:
            form.initial["collection"] = collection.pk
        return form


class ChooseAgreementDocumentView(PrivateByDefaultMixin, DocumentChooseView):
    pass


class UploadAgreementDocumentView(PrivateByDefaultMixin, DocumentChooserUploadView):
    pass


class AgreementDocumentChooserViewSet(DocumentChooserViewSet):
    choose_view_class = ChooseAgreementDocumentView
    create_view_class = UploadAgreementDocumentView
    choose_one_text = _("Choose a document")
    # Every other relation to a document keeps Wagtail's own chooser.
    register_widget = False

    def on_register(self) -> None:
        super().on_register()
        register_telepath_adapter(DocumentChooserAdapter(), self.widget_class)


agreement_document_chooser = AgreementDocumentChooserViewSet(
    "partnerships_agreement_document_chooser", model=get_document_model_string(), url_prefix="partnerships/documents"
)
