"""The demo's pictures and documents are the same everywhere, and can be opened and read."""

import re

import pytest

from wagtail_partnerships.cms.demo.content import CONTENT
from wagtail_partnerships.cms.demo.drawing import draw
from wagtail_partnerships.cms.demo.entries import ImageEntry
from wagtail_partnerships.cms.demo.paper import write_pdf


@pytest.mark.parametrize("entry", CONTENT.images, ids=lambda entry: entry.key)
def test_picture_has_content_and_a_description(entry: ImageEntry) -> None:
    picture = draw(entry.drawing, **entry.options)
    colours = picture.resize((80, 80)).getcolors(maxcolors=80 * 80)
    assert colours
    assert len(colours) > 20
    assert min(picture.size) >= 600
    assert entry.description


def test_picture_is_the_same_every_time() -> None:
    entry = CONTENT.images[0]
    assert draw(entry.drawing, **entry.options).tobytes() == draw(entry.drawing, **entry.options).tobytes()


def test_pdf_finds_its_objects() -> None:
    pdf = write_pdf("Åtta (8) mål", ("Första stycket.",), "sv")
    table = int(pdf.rsplit(b"startxref\n", 1)[1].split()[0])
    assert pdf[table : table + 4] == b"xref"
    places = re.findall(rb"(\d{10}) 00000 n", pdf[table:])
    for number, place in enumerate(places, start=1):
        assert pdf[int(place) :].startswith(b"%d 0 obj" % number)
    length, content = re.search(rb"/Length (\d+)>>\nstream\n(.*?)\nendstream", pdf, re.DOTALL).groups()
    assert int(length) == len(content)


def test_pdf_tells_language_title_and_structure() -> None:
    pdf = write_pdf("Åtta (8) mål", ("Första stycket.", "Andra stycket."), "sv")
    assert b"/Lang(sv)" in pdf
    assert b"/MarkInfo<</Marked true>>" in pdf
    assert "\ufeffÅtta (8) mål".encode("utf-16-be").hex().encode() in pdf
    assert pdf.count(b"/S/H1") == 1
    assert pdf.count(b"/S/P/P") == 2
    assert rb"\(8\)" in pdf
