"""The fast reading of items against decode.py, the slow and obvious one: the same of every document, right or wrong."""

import random
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.protocol.strategies import results
from yadirect_soap.errors import ApiError
from yadirect_soap.protocol import soap
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.model import Operation
from yadirect_soap.protocol.scalars import DecodeFailure
from yadirect_soap.protocol.soap.fast_decode import item_decoder
from yadirect_soap.protocol.soap.fast_decode.reader_cache import ReaderCache

LISTS = [
    operation
    for service in bundled().values()
    for operation in service.operations.values()
    if operation.listed is not None
]
ADS = bundled().operation("ads", "get")
CHUNKS = (1, 7, 4096, 1 << 20)


@pytest.fixture(autouse=True, params=(None, 1), ids=("by tags", "by patterns"))
def _nothing_learnt(request: pytest.FixtureRequest) -> None:
    """What one test has taught no other relies on: each reads its first document cold, and those after it warm.

    Once as documents of their size are read, tag by tag, and once by patterns, which are compiled as soon as can be.
    """
    for operation in LISTS:
        assert operation.listed is not None
        operation.listed.shape.cached.clear()
        if request.param is not None:
            item_decoder(operation.listed).readers = ReaderCache(operation.listed, worth=request.param)


def scanned(operation: Operation, body: bytes, size: int) -> tuple[Any, Counter[str]]:
    """What the scan makes of a document that comes in chunks of a size, and what it counts as unknown."""
    unknown: Counter[str] = Counter()

    def result() -> dict[str, Any]:
        reading = soap.read_items(operation, unknown)
        items = list(reading.items(body[start : start + size] for start in range(0, len(body), size)))
        assert operation.listed is not None
        return {**reading.result, operation.listed.name: items} if items else reading.result

    return _result_or_error(result), unknown


def decoded(operation: Operation, body: bytes) -> tuple[Any, Counter[str]]:
    """What decode.py makes of it."""
    unknown: Counter[str] = Counter()
    return _result_or_error(lambda: soap._decode_whole(operation, body, unknown)), unknown


def _result_or_error(result: Callable[[], dict[str, Any]]) -> Any:
    """A result with the order of its objects' members, but for its own: the list comes last from the scan."""
    try:
        return repr(sorted(result().items(), key=lambda member: member[0]))
    except ApiError as error:
        return type(error), error.code
    except DecodeFailure:
        return DecodeFailure


def assert_same(operation: Operation, body: bytes, sizes: tuple[int, ...] = CHUNKS) -> None:
    """Fails where the scan and decode.py differ; what an error left counted does not matter."""
    expected, expected_unknown = decoded(operation, body)
    for size in sizes:
        actual, unknown = scanned(operation, body, size)
        assert actual == expected
        if isinstance(expected, str):
            assert unknown == expected_unknown


@pytest.mark.parametrize("operation", LISTS, ids=lambda operation: operation.key)
def test_generated_answers_are_read_alike(operation: Operation) -> None:
    """Whatever an answer of the operation may hold, the scan reads it as decode.py does, in chunks of any size."""
    listed = operation.listed
    assert listed is not None

    @settings(max_examples=5)
    @given(items=st.lists(results(listed.shape), min_size=1, max_size=6), repeat=st.integers(1, 8))
    def check(items: list[Any], repeat: int) -> None:
        assert_same(operation, soap.encode_result(operation, {listed.name: items * repeat}), (64, 1 << 20))

    check()


# --- odd documents --------------------------------------------------------------------------------------------


def _ads(count: int = 40) -> Iterator[dict[str, Any]]:
    for number in range(count):
        text: dict[str, Any] = {"Title": f"Чай & <мёд> {number}", "Href": "https://example.com/?a=1&b=2"}
        text |= {"Title2": None} if number % 3 else {"Title2": ""}
        if number % 4:
            text["AdExtensions"] = [{"AdExtensionId": item, "Type": "CALLOUT"} for item in range(number % 4)]
        if number % 5:
            text["VCardModeration"] = {"Status": "DRAFT"} | ({"StatusClarification": ""} if number % 2 else {})
        text |= {"Mobile": "NO", "SitelinkSetId": None if number % 7 else number, "DisplayDomain": "example.com"}
        kind = (
            {"TextAd": text} if number % 6 else {"MobileAppAd": MOBILE | {"TrackingUrl": None if number % 4 else "x"}}
        )
        yield {"Id": number, "CampaignId": 7, "State": "ON", **kind}


MOBILE = {
    "Title": "Игра",
    "Text": "Текст",
    "Features": [{"Feature": "PRICE", "Enabled": "YES"}, {"Feature": "ICON", "Enabled": "NO", "IsAvailable": "YES"}],
    "AgeLabel": "AGE_6",
    "Action": "DOWNLOAD",
    "AdImageHash": "hash",
}


PAGE = soap.encode_result(ADS, {"LimitedBy": 40, "Ads": list(_ads())}).decode()
NINTH = "<Id>9</Id>"

ODD: dict[str, Callable[[str], str | bytes]] = {
    "as it is": lambda page: page,
    "a comment inside an item": lambda page: page.replace(NINTH, "<!-- <Id>5</Id> -->" + NINTH),
    "comments between items": lambda page: page.replace("</Ads><Ads>", "</Ads><!-- </Ads> --><Ads>"),
    "CDATA": lambda page: page.replace(NINTH, f"{NINTH}<Status><![CDATA[</Ads><&]]></Status>"),
    "a processing instruction": lambda page: page.replace(NINTH, f"<?x <Ads>?>{NINTH}"),
    "character references": lambda page: page.replace("Чай", "&#1063;&#x430;й"),
    "a reference to a forbidden character": lambda page: page.replace(NINTH, f"{NINTH}<Status>&#0;</Status>"),
    "an entity that nobody declared": lambda page: page.replace(NINTH, f"{NINTH}<Status>&nbsp;</Status>"),
    "a bare ampersand": lambda page: page.replace(NINTH, f"{NINTH}<Status>a & b</Status>"),
    "]]> in a text": lambda page: page.replace(NINTH, f"{NINTH}<Status>]]></Status>"),
    "> in a text": lambda page: page.replace("&gt;", ">"),
    "line ends of another system": lambda page: page.replace("&lt;", "\r\n&lt;\r"),
    "a byte order mark": lambda page: "\ufeff" + page,
    "prefixes on children": lambda page: page.replace("<Id>", "<ns:Id>").replace("</Id>", "</ns:Id>"),
    "a prefix that is not bound": lambda page: page.replace(NINTH, "<no:Id>9</no:Id>"),
    "xmlns on an item": lambda page: page.replace(f"<Ads>{NINTH}", f'<Ads xmlns="">{NINTH}'),
    "xsi:type": lambda page: page.replace(NINTH, '<Id xsi:type="xsd:string">9</Id>'),
    "nil as 1": lambda page: page.replace('xsi:nil="true"', 'xsi:nil="1"'),
    "nil as false": lambda page: page.replace('<Title2 xsi:nil="true"/>', '<Title2 xsi:nil="false"/>'),
    "nil declared on the spot": lambda page: page.replace(
        ' xsi:nil="true"', ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"'
    ),
    "xsi bound to something else": lambda page: page.replace("XMLSchema-instance", "XMLSchema-other"),
    "xsi not bound": lambda page: page.replace(' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"', ""),
    "empty tags": lambda page: page.replace("<Title2></Title2>", "<Title2/>"),
    "an unknown leaf in every item": lambda page: page.replace("<Id>", "<New>x</New><Id>"),
    "an unknown leaf that is empty or nil in some items": lambda page: (
        page.replace("<Id>", "<New>x</New><Id>")
        .replace("<New>x</New><Id>1", "<New/><Id>1")
        .replace("<New>x</New><Id>3", '<New xsi:nil="true"/><Id>3')
    ),
    "an unknown name with a dot, and one like it": lambda page: page.replace("<Id>", "<New.A>x</New.A><Id>").replace(
        "<New.A>x</New.A><Id>39<", "<NewXA>x</NewXA><Id>39<"
    ),
    "an unknown object in one item": lambda page: page.replace(NINTH, f"{NINTH}<New><A>1</A><A>2</A></New>"),
    "members in another order": lambda page: page.replace(
        NINTH + "<CampaignId>7</CampaignId>", "<CampaignId>7</CampaignId>" + NINTH
    ),
    "a member twice": lambda page: page.replace(NINTH, NINTH * 2),
    "an object twice": lambda page: page.replace("<TextAd>", "<TextAd/><TextAd>", 1),
    "LimitedBy twice": lambda page: page.replace("</ns:GetResponse>", "<LimitedBy>40</LimitedBy></ns:GetResponse>"),
    "an item in an item": lambda page: page.replace(NINTH, f"{NINTH}<Ads><Id>1</Id></Ads>"),
    "an empty item": lambda page: page.replace(f"<Ads>{NINTH}", f"<Ads/><Ads></Ads><Ads>{NINTH}"),
    "a nil item": lambda page: page.replace(f"<Ads>{NINTH}", f'<Ads xsi:nil="true"/><Ads>{NINTH}'),
    "pretty-printed": lambda page: etree.tostring(etree.fromstring(page.encode()), pretty_print=True, encoding="utf-8"),
    "pretty-printed in ASCII": lambda page: etree.tostring(etree.fromstring(page.encode()), pretty_print=True),
    "spaces inside tags": lambda page: page.replace("<Id>", "<Id >").replace("</Ads>", "</Ads\n>"),
    "LimitedBy behind the items": lambda page: page.replace("<LimitedBy>40</LimitedBy>", "").replace(
        "</ns:GetResponse>", "<LimitedBy>40</LimitedBy></ns:GetResponse>"
    ),
    "something else between items": lambda page: page.replace(f"<Ads>{NINTH}", f"<Else>1</Else><Ads>{NINTH}"),
    "all items in a comment": lambda page: page.replace("<Ads>", "<!--<Ads>", 1).replace("</ns:GetR", "--></ns:GetR"),
    "items in a wrong place": lambda page: page.replace("<SOAP-ENV:Body>", "<SOAP-ENV:Header>").replace(
        "</SOAP-ENV:Body>", "</SOAP-ENV:Header>"
    ),
    "a decoy in the Header": lambda page: page.replace(
        "<SOAP-ENV:Body>", "<SOAP-ENV:Header><Ads><Id>1</Id></Ads></SOAP-ENV:Header><SOAP-ENV:Body>"
    ),
    "an attribute that holds an item": lambda page: page.replace("<Ads>", '<Else a="', 1),
    "text between items": lambda page: page.replace(f"<Ads>{NINTH}", f"text<Ads>{NINTH}"),
    "text in an item": lambda page: page.replace(NINTH, f"{NINTH}text"),
    "a number that is none": lambda page: page.replace(NINTH, "<Id>nine</Id>"),
    "spaces around a number": lambda page: page.replace(NINTH, "<Id> +009 </Id>"),
    "a long number": lambda page: page.replace(NINTH, "<Id>99999999999999999999</Id>"),
    "an unknown value": lambda page: page.replace("<State>ON</State>", "<State>NEWEST</State>"),
    "a value with a character reference": lambda page: page.replace("<State>ON</State>", "<State>&#79;N</State>"),
    "a DOCTYPE": lambda page: page.replace("<SOAP-ENV:Envelope", '<!DOCTYPE x [<!ENTITY a "b">]><SOAP-ENV:Envelope', 1),
    "trailing garbage": lambda page: page + "<",
    "a control character": lambda page: page.replace("Чай", "Ч\x01ай"),
    "U+FFFF": lambda page: page.replace("Чай", "Ч\uffffай"),
    "bytes that are not UTF-8": lambda page: page.encode().replace("Чай".encode(), b"\xff\xfe"),
    "another answer": lambda page: page.replace("GetResponse", "AddResponse"),
}


@pytest.mark.parametrize("change", ODD.values(), ids=ODD)
def test_odd_documents_are_read_alike(change: Callable[[str], str | bytes]) -> None:
    """Both read the same of an odd document, or both refuse it."""
    page = change(PAGE)
    assert_same(ADS, page if isinstance(page, bytes) else page.encode())


@pytest.mark.slow
def test_what_has_been_read_is_let_go() -> None:
    """Of a document that comes in chunks, neither what has been read stays in memory nor the items that were given."""
    body = soap.encode_result(ADS, {"Ads": list(_ads(8_000))})
    reading = soap.read_items(ADS, Counter())
    tracemalloc.start()
    try:
        count = sum(1 for _ in reading.items(body[start : start + 4096] for start in range(0, len(body), 4096)))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 8_000
    assert peak < len(body) / 4


def test_a_truncated_document_is_never_a_shorter_result() -> None:
    """Cut at any place, a document is refused by both."""
    body = PAGE.encode()
    for end in range(0, len(body) - 1, 97):
        assert scanned(ADS, body[:end], 1 << 20)[0] is DecodeFailure


@pytest.mark.parametrize("seed", range(8))
def test_mutated_documents_are_read_alike(seed: int) -> None:
    """A document that was damaged anywhere is read alike, or refused by both."""
    chance = random.Random(seed)
    pieces = (
        b"<",
        b">",
        b"&",
        b'"',
        b"]]>",
        b"<!--",
        b"-->",
        b"<![CDATA[",
        b"</Ads>",
        b"<Ads>",
        b"/",
        b" ",
        b"\r",
        b"&#65;",
    )
    body = PAGE.encode()
    for _ in range(150):
        damaged = bytearray(body)
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(damaged))
            how = chance.randrange(4)
            if how == 0:
                damaged[at] = chance.randrange(256)
            elif how == 1:
                del damaged[at : at + chance.randint(1, 40)]
            elif how == 2:
                damaged[at:at] = chance.choice(pieces)
            else:
                damaged[at:at] = damaged[at : at + chance.randint(1, 200)]
        assert_same(ADS, bytes(damaged), (1 << 20,))
