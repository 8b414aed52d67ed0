"""Documents of agreements are private until somebody opens them, and the form says which are open."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from wagtail.documents import get_document_model
from wagtail.models import Collection

import pytest

from tests.factories import AgreementPageFactory, DocumentFactory
from wagtail_partnerships.site_pages.admin.documents import private_collection

pytestmark = pytest.mark.django_db

CHOOSER = "partnerships_agreement_document_chooser"


def test_the_chooser_of_an_agreement_proposes_the_private_collection(admin_client: Client) -> None:
    form = admin_client.get(reverse(f"{CHOOSER}:choose")).json()["html"]
    assert f'<option value="{private_collection().pk}" selected' in form


def test_a_document_uploaded_there_is_kept_from_the_public(admin_client: Client, client: Client) -> None:
    upload = {
        "document-chooser-upload-title": "Avtalet",
        "document-chooser-upload-file": SimpleUploadedFile("avtal.txt", b"text"),
        "document-chooser-upload-collection": str(private_collection().pk),
    }
    assert admin_client.post(reverse(f"{CHOOSER}:create"), upload).json()["step"] == "chosen"
    document = get_document_model().objects.get()
    answer = Client().get(document.url)
    assert answer.status_code == 302
    assert "login" in answer["Location"]
    assert admin_client.get(document.url).status_code == 200


def test_the_private_collection_is_made_once() -> None:
    assert private_collection() == private_collection()
    assert Collection.objects.count() == 2


def test_the_form_warns_of_documents_that_anyone_can_read(admin_client: Client) -> None:
    agreement = AgreementPageFactory(documents=[DocumentFactory(title="Öppet avtal")])
    page = admin_client.get(reverse("wagtailadmin_pages:edit", args=[agreement.pk])).content.decode()
    assert "Öppet avtal" in page[page.index("help-warning") :].partition("</div>")[0]


def test_the_form_does_not_warn_of_private_documents(admin_client: Client) -> None:
    document = DocumentFactory(title="Hemligt avtal", collection=private_collection())
    agreement = AgreementPageFactory(documents=[document])
    page = admin_client.get(reverse("wagtailadmin_pages:edit", args=[agreement.pk])).content.decode()
    assert "Hemligt avtal" in page
    assert "help-warning" not in page


def test_a_document_below_a_private_collection_is_private_too(admin_client: Client) -> None:
    below = private_collection().add_child(name="2014")
    agreement = AgreementPageFactory(documents=[DocumentFactory(collection=below)])
    page = admin_client.get(reverse("wagtailadmin_pages:edit", args=[agreement.pk])).content.decode()
    assert "help-warning" not in page
