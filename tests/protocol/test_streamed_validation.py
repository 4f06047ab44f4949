"""Validation while a document comes: the tree that lxml validates whole is the witness."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.protocol.test_message_schema import CAMPAIGNS, FAULT, REQUEST, WRAPPER, WRONG
from yadirect_soap.protocol.soap.streamed_validation import MAX_VIOLATIONS
from yadirect_soap.protocol.soap.xsd_violations import XsdViolation

INDEX_OF_FIRST = re.compile(r"\[1\]")
"""An index that only a reader of the whole document knows."""


def pieces(document: bytes, size: int) -> Iterator[bytes]:
    """A document in pieces of a number of bytes."""
    return (document[start : start + size] for start in range(0, len(document), size))


def streamed(document: bytes, size: int) -> list[XsdViolation]:
    """The violations of a document that comes in pieces."""
    return list(CAMPAIGNS.streamed_violations(pieces(document, size)))


def whole(document: bytes) -> list[XsdViolation]:
    """The violations of the tree, as the stream tells them."""
    return [
        violation._replace(path=INDEX_OF_FIRST.sub("", violation.path)) for violation in CAMPAIGNS.violations(document)
    ]


@pytest.mark.parametrize("size", [1, 7, 1 << 16])
@pytest.mark.parametrize("document", [REQUEST, WRAPPER, FAULT], ids=["envelope", "wrapper", "fault"])
def test_a_valid_document_has_no_violation(document: str, size: int) -> None:
    """Whatever the pieces are, a valid document gives nothing."""
    assert streamed(document.encode(), size) == []


@pytest.mark.parametrize("size", [1, 1 << 16])
@pytest.mark.parametrize("change", [change for change, *_ in WRONG.values()], ids=WRONG)
def test_a_violation_has_the_place_of_the_tree(change: tuple[str, str], size: int) -> None:
    """Line, path and message are those of the tree."""
    document = REQUEST.replace(*change).encode()
    violations = streamed(document, size)
    assert violations == whole(document)
    assert violations


PARTS = st.sampled_from(
    [
        "<Campaigns>\n<Id>1</Id>\n<Name>a</Name></Campaigns>",
        "<Campaigns><Id>x</Id></Campaigns>",
        "<Campaigns><Id>1</Id><Name>a</Name><Bad><Id>1</Id></Bad></Campaigns>\n",
        "<Campaigns/>",
        "<Bad/>",
        "\n<Campaigns><Id>1</Id>\n<TextCampaign>\n<Settings>\n<Option>NO</Option><Value>YES</Value></Settings>"
        "<Settings><Option>NO</Option></Settings></TextCampaign></Campaigns>",
        "<Campaigns><Id>1</Id><Notification><EmailSettings><CheckPositionInterval>7</CheckPositionInterval>"
        "</EmailSettings></Notification></Campaigns>",
    ]
)


@given(st.lists(PARTS, min_size=1, max_size=6), st.integers(1, 200))
def test_all_violations_are_those_of_the_tree(parts: list[str], size: int) -> None:
    """Any number of mistakes, in one line or in many, are told as the tree tells them."""
    content = "".join(parts)
    document = (
        f'<n:UpdateRequest xmlns:n="http://api.direct.yandex.com/v5/campaigns">{content}</n:UpdateRequest>'.encode()
    )
    assert streamed(document, size) == whole(document)


ENCODINGS = ("windows-1251", "utf-16", "koi8-r")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_document_has_the_encoding_that_it_declares(encoding: str) -> None:
    """Lines are counted in every encoding, and its letters are read."""
    wrong = WRAPPER.replace("<Name>One</Name>", "<Name>Ёж</Name>\n<TimeZone>Ёж</TimeZone>\n<Id>1</Id>")
    document = f'<?xml version="1.0" encoding="{encoding}"?>\n{wrong}'.encode(encoding)
    (violation,) = streamed(document, 5)
    assert (violation.line, violation.path) == (6, "/n:UpdateRequest/Campaigns/TimeZone")


UNREADABLE = {
    "empty": (b"", 1, "an empty body"),
    "broken": (b"<a>\n<b></a>", 2, "mismatch"),
    "prefix": (b"<a>\n<b:c/></a>", 2, "Namespace prefix b"),
    "ends early": (WRAPPER.encode()[:-5], 6, "not XML"),
    "two roots": (WRAPPER.encode() * 2, 6, "Extra content"),
    "gzip": (b"\x1f\x8b\x08" + b"\0" * 20, 1, "compressed with gzip"),
    "JSON": (b"{}", 1, "a JSON document"),
    "HTML": (b"<html><body><p>", 1, "an HTML page"),
    "declares UTF-16": (f'<?xml version="1.0" encoding="utf-16"?>{WRAPPER}'.encode(), 1, "declares utf-16 and is not"),
    "DOCTYPE": (b'<!DOCTYPE a [<!ENTITY e "e">]>\n<a>&e;</a>', 1, "a DOCTYPE"),
    "external": (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', 1, "a DOCTYPE"),
    "depth": (b"<a>" * 100_000, 1, "nested too deeply"),
}


@pytest.mark.parametrize(("document", "line", "message"), UNREADABLE.values(), ids=UNREADABLE)
def test_what_cannot_be_read_is_the_last_violation(document: bytes, line: int, message: str) -> None:
    """A document that is no XML, or not for SOAP, is read so far; the last violation has the cause."""
    last = streamed(document, 64)[-1]
    assert (last.line, last.path) == (line, "")
    assert message in last.message


def test_entities_do_not_unfold() -> None:
    """Of a billion laughs nothing is read but the DOCTYPE."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">\n' for n in range(1, 12))
    document = f'<!DOCTYPE l [<!ENTITY l0 "ha">\n{laughs}]><l>&l11;</l>'.encode()
    (violation,) = streamed(document, len(document))
    assert "a DOCTYPE" in violation.message


def test_endless_violations_end() -> None:
    """After so many violations the rest is not read, so that neither memory nor output grows without end."""

    def endless() -> Iterator[bytes]:
        yield b'<n:UpdateRequest xmlns:n="http://api.direct.yandex.com/v5/campaigns">'
        while True:
            yield b"<Campaigns><Id>one</Id></Campaigns>\n"

    violations = list(CAMPAIGNS.streamed_violations(endless()))
    assert len(violations) == MAX_VIOLATIONS + 1
    assert (
        violations[-1].message
        == f"found {MAX_VIOLATIONS} violations, expected fewer: the rest of the document was not read"
    )
