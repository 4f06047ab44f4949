"""What there is in a file of offers, in every format; and files that are none, or are not meant well."""

import gzip
import io
import zipfile

import pytest

from yadirect_soap.emulator.feeds.detect_format import read
from yadirect_soap.emulator.feeds.formats import LARGEST, MAX_ELEMENTS, Contents, NotAFeed, UnreadFormat

YML = """<yml_catalog date="2026-05-29 12:00"><shop><name>Shop</name>
<categories><category id="1">Shelves</category></categories>
<offers>
<offer id="1" available="true"><name>Oak</name><price>10</price><description>Solid</description></offer>
<offer id="2"><name>Pine</name><price>5</price></offer>
<offer><name>Nobody</name></offer>
</offers>
<collections><collection id="a"><name>All</name></collection></collections>
</shop></yml_catalog>"""

GOOGLE = """<rss xmlns:g="http://base.google.com/ns/1.0"><channel><title>Shop</title>
<item><g:id>1</g:id><g:title>Oak</g:title></item><item><g:id>2</g:id><g:title>Pine</g:title></item>
</channel></rss>"""

REALTY = """<realty-feed xmlns="http://webmaster.yandex.ru/schemas/feed/realty/2010-06">
<offer internal-id="7"><type>sale</type><description>Sunny</description></offer></realty-feed>"""

CARS = "<data><cars><car><mark_id>A</mark_id></car><car><mark_id>B</mark_id></car></cars></data>"

PRODUCTS = frozenset({"RETAIL", "OTHER"})


@pytest.mark.parametrize(
    ("text", "contents"),
    [
        (YML, Contents(2, 1, ("description", "name"), PRODUCTS)),
        (GOOGLE, Contents(2, 0, ("title",), PRODUCTS)),
        (REALTY, Contents(1, 0, ("description",), frozenset({"REALTY"}))),
        (CARS, Contents(2, 0, (), frozenset({"AUTOMOBILES"}))),
        (
            "Property ID,Property name,Final URL,Destination name,Price\r\n1,Inn,https://inn.example,Omsk,10 RUB\r\n",
            Contents(1, 0, ("Property name",), frozenset({"HOTELS"})),
        ),
        (
            "Destination ID,Origin ID,Flight description,Final URL\nOMS,MOW,Cheap,https://air.example\n,MOW,,\n",
            Contents(1, 0, ("Flight description",), frozenset({"FLIGHTS"})),
        ),
        (
            "Destination ID,Title,Final URL\nOMS,Tour,https://tour.example\n",
            Contents(1, 0, ("Title",), frozenset({"FLIGHTS", "OTHER"})),
        ),
        (
            "ID\tTitle\tURL\tDescription\n1\tOak\thttps://shop.example\t\n2\tPine\thttps://shop.example\tSoft\n3\n",
            Contents(2, 0, ("Description", "Title"), frozenset({"OTHER"})),
        ),
        (
            'ID,Item title,Final URL\n1,"Oak, solid",https://shop.example\n2,"Two\nlines",https://shop.example\n',
            Contents(2, 0, ("Item title",), frozenset({"OTHER"})),
        ),
    ],
    ids=["yml", "google", "realty", "cars", "hotels", "flights", "travel", "universal", "custom"],
)
def test_offers_are_counted(text: str, contents: Contents) -> None:
    """Each format is known by its root or its columns; offers that lack what makes one are not counted."""
    assert read(text.encode()) == contents


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(YML.encode()),
        b"\xef\xbb\xbf" + YML.encode(),
        b"\n  " + YML.encode(),
        ('<?xml version="1.0" encoding="windows-1251"?>' + YML.replace("Oak", "Дуб")).encode("cp1251"),
        ('<?xml version="1.0" encoding="UTF-16"?>' + YML).encode("utf-16"),
        b'<!DOCTYPE yml_catalog SYSTEM "shops.dtd">' + YML.encode(),
    ],
    ids=["gzip", "mark", "space", "windows-1251", "utf-16", "named dtd"],
)
def test_the_same_feed_in_other_bytes(data: bytes) -> None:
    """Encodings, gzip and the DTD that old files name make no difference."""
    assert read(data) == read(YML.encode())


def test_a_feed_in_an_archive() -> None:
    """Of an archive the first file is the feed."""
    assert read(_zipped(("folder/", ""), ("feed.xml", YML), ("other.csv", "x"))) == read(YML.encode())


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "found the columns"),
        (b"just a text", "found the columns just a text"),
        (b"<html><body/></html>", "found the root html"),
        (YML.encode()[:-20], "not well-formed"),
        (b"<?xml version='1.0' encoding='nonsense'?>" + YML.encode(), "not well-formed"),
        (b"<!DOCTYPE yml_catalog [<!ELEMENT offer ANY>]>" + YML.encode(), "a DTD of its own"),
        (b'<!DOCTYPE yml_catalog [<!ENTITY a "b">]>' + YML.encode(), "a DTD of its own"),
        (b'<!DOCTYPE yml_catalog SYSTEM "shops.dtd"><yml_catalog>&a;</yml_catalog>', "it has entities"),
        (b"<yml_catalog>" + b"<a>" * 33 + b"</a>" * 33 + b"</yml_catalog>", "nested too deeply"),
        ("ID,Title,URL\n1,Дуб,https://shop.example\n".encode("cp1251"), "not UTF-8"),
        (b"ID,Title,URL\n" + b"x" * 200_000 + b",a,b\n", "not CSV"),
        (gzip.compress(YML.encode())[:-30], "cannot be unpacked"),
        (b"PK\x03\x04" + b"x" * 100, "cannot be unpacked"),
    ],
    ids=[
        "nothing",
        "text",
        "page",
        "torn",
        "encoding",
        "own dtd",
        "entity of its own",
        "entity of another",
        "deep",
        "windows-1251 csv",
        "endless field",
        "torn gzip",
        "torn archive",
    ],
)
def test_what_is_no_feed_is_told(data: bytes, why: str) -> None:
    """A file that cannot be read as a feed says why; what could make a reader do more than read is refused."""
    with pytest.raises(NotAFeed, match=why):
        read(data)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("begin", "part", "why"),
    [
        (b"<yml_catalog>", b" " * 1000, f"longer than {LARGEST} bytes"),
        (b"ID,Title,URL\n", b'"' + b"x" * 1000 + b'"\n', f"longer than {LARGEST} bytes"),
        (b"<yml_catalog><!--", b"x" * 1000, f"longer than {LARGEST} bytes"),
        (b"<yml_catalog>", b"<a/>", f"more than {MAX_ELEMENTS} elements"),
        (b"ID,Title,URL\n", b"\n", f"more than {MAX_ELEMENTS} lines"),
    ],
    ids=["long xml", "long csv", "one comment", "many elements", "many lines"],
)
def test_a_feed_that_swells_is_not_read_to_its_end(begin: bytes, part: bytes, why: str) -> None:
    """A small file that unpacks into more than is allowed is refused, in little time and memory."""
    with pytest.raises(NotAFeed, match=why):
        read(gzip.compress(begin + part * (LARGEST // len(part) + 1), compresslevel=1))


@pytest.mark.parametrize("data", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", None], ids=["xls", "xlsx"])
def test_workbooks_are_not_read(data: bytes | None) -> None:
    """Neither kind of workbook is taken for a broken feed."""
    with pytest.raises(UnreadFormat, match="workbooks"):
        read(data or _zipped(("[Content_Types].xml", "<Types/>"), ("xl/workbook.xml", "<workbook/>")))


def _zipped(*files: tuple[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in files:
            archive.writestr(name, text)
    return packed.getvalue()
