"""Writes the demo's documents: small tagged PDFs with a title, a language and real text, that a screen reader reads."""

from __future__ import annotations

import textwrap

_PAGE_WIDTH, _PAGE_HEIGHT, _MARGIN = 595, 842, 72
_LINE_LENGTH = 80


def write_pdf(title: str, paragraphs: tuple[str, ...], language: str) -> bytes:
    """Return a one-page PDF 1.7 with a heading and paragraphs, tagged H1 and P for assistive technology.

    Raises:
        UnicodeEncodeError: if the text has characters outside Windows-1252, which the built-in fonts lack.
    """
    texts = [(title, "H1", 18), *((paragraph, "P", 11) for paragraph in paragraphs)]
    content, y = [], _PAGE_HEIGHT - _MARGIN
    for number, (text, tag, size) in enumerate(texts):
        lines = textwrap.wrap(text, round(_LINE_LENGTH * 11 / size))
        content.append(
            b"/%s <</MCID %d>> BDC BT /F1 %d Tf %d TL %d %d Td" % (tag.encode(), number, size, size + 4, _MARGIN, y)
        )
        content.extend(b"%s Tj T*" % _string(f"{line} ") for line in lines)
        content.append(b"ET EMC")
        y -= (size + 4) * len(lines) + 12
    elements = range(8, 8 + len(texts))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Lang%s/MarkInfo<</Marked true>>/StructTreeRoot 6 0 R"
        b"/ViewerPreferences<</DisplayDocTitle true>>>>" % _string(language),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>"
        b"/StructParents 0/Tabs/S>>" % (_PAGE_WIDTH, _PAGE_HEIGHT),
        _stream(b"\n".join(content)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        b"<</Type/StructTreeRoot/K[%s]/ParentTree<</Nums[0[%s]]>>>>" % (_references(elements), _references(elements)),
        b"<</Title%s>>" % _utf16(title),
        *(
            b"<</Type/StructElem/S/%s/P 6 0 R/Pg 3 0 R/K %d>>" % (tag.encode(), number)
            for number, (_text, tag, _size) in enumerate(texts)
        ),
    ]
    return _file(objects)


def _string(text: str) -> bytes:
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return b"(%s)" % escaped.encode("cp1252")


def _utf16(text: str) -> bytes:
    return b"<%s>" % ("\ufeff" + text).encode("utf-16-be").hex().encode()


def _stream(content: bytes) -> bytes:
    return b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content)


def _references(numbers: range) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def _file(objects: list[bytes]) -> bytes:
    """Number the objects from 1 and put the table of their places at the end (ISO 32000-1, 7.5)."""
    body, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    body += b"trailer\n<</Size %d/Root 1 0 R/Info 7 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(body)
