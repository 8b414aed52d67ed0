"""Images are served by the site itself; documents never are, whatever path one asks for."""

from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client

from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction

import pytest


def read(client: Client, path: str) -> bytes:
    response = client.get(path)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


@pytest.fixture
def private_document(db: None) -> Document:
    collection = Collection.get_first_root_node().add_child(name="Agreements")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type=CollectionViewRestriction.LOGIN)
    return Document.objects.create(title="Signed", collection=collection, file=ContentFile(b"secret", "signed.pdf"))


def test_a_rendition_is_served_with_cache_headers(client: Client, db: None) -> None:
    rendition = Image.objects.create(title="Bridge", file=get_test_image_file()).get_rendition("width-20")

    response = client.get(rendition.url)

    assert b"".join(response.streaming_content) == Path(rendition.file.path).read_bytes()
    assert response["Cache-Control"] == "public, max-age=3600"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    again = client.get(rendition.url, headers={"If-Modified-Since": response["Last-Modified"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "path",
    [
        "/media/{name}",
        "/media/images/../{name}",
        "/media/images/%2e%2e/{name}",
        "/media/images/..%2f{name}",
        "/media/images//../{name}",
        "/media//{name}",
        "/media/images/x/../../{name}",
    ],
)
def test_a_document_is_not_reachable_as_a_media_file(client: Client, private_document: Document, path: str) -> None:
    assert Path(settings.MEDIA_ROOT, private_document.file.name).exists()

    response = client.get(path.format(name=private_document.file.name), follow=True)

    assert response.status_code in {400, 404}


def test_a_private_document_asks_for_a_login(client: Client, private_document: Document) -> None:
    response = client.get(private_document.url)

    assert private_document.url.startswith("/documents/")
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_an_original_image_is_not_served(client: Client, db: None) -> None:
    image = Image.objects.create(title="Bridge", file=get_test_image_file())

    assert client.get(image.file.url, follow=True).status_code == 404
