"""Large messages are validated in the time and memory of small ones, and in the same words."""

import tracemalloc

import pytest
from lxml import etree

from yadirect_soap.protocol.contract import bundled, nearest
from yadirect_soap.protocol.soap import tree_validation
from yadirect_soap.protocol.soap.message_schema import MessageSchema
from yadirect_soap.protocol.soap.streamed_validation import MAX_VIOLATIONS
from yadirect_soap.protocol.soap.xsd import Schemas

NAMESPACE = "http://api.direct.yandex.com/v5/campaigns"
SCHEMAS = Schemas(bundled().directory)
SOAP = "http://schemas.xmlsoap.org/soap/envelope/"


def message(*fields: str) -> str:
    """A get of fields, each on its line."""
    lines = "\n".join(f"<FieldNames>{field}</FieldNames>" for field in fields)
    return f'<q:GetRequest xmlns:q="{NAMESPACE}"><SelectionCriteria/>\n{lines}</q:GetRequest>'


@pytest.mark.parametrize("wrong", [{}, {0: "x"}, {7: "x", 2_100: "y", 2_499: ""}], ids=["none", "first", "some"])
def test_a_large_message_has_the_violations_of_a_small_one(
    wrong: dict[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines, paths and texts are those that libxml2 finds in the tree."""
    content = message(*(wrong.get(number, "Id") for number in range(2_500)))
    large = SCHEMAS.violations("campaigns", etree.fromstring(content))
    monkeypatch.setattr(tree_validation, "LARGE", 1_000_000)
    small = SCHEMAS.violations("campaigns", etree.fromstring(content))
    assert [violation.line for violation in large] == [violation.line for violation in small]
    assert [violation.message for violation in large] == [violation.message for violation in small]
    assert [violation.path for violation in large] == [violation.path.replace("[1]", "") for violation in small]
    assert {violation.line for violation in large} == {number + 2 for number in wrong}


@pytest.mark.parametrize("in_envelope", [False, True], ids=["message", "envelope"])
def test_violations_have_an_end(in_envelope: bool) -> None:
    """Of a list in which everything is wrong, the beginning is told, and the rest is not looked at."""
    content = message(*["x"] * 20_000)
    if in_envelope:
        content = f'<s:Envelope xmlns:s="{SOAP}"><s:Body>{content}</s:Body></s:Envelope>'
        found = MessageSchema(bundled().directory, ["campaigns"]).violations(content.encode())
    else:
        found = SCHEMAS.violations("campaigns", etree.fromstring(content))
    assert MAX_VIOLATIONS / 2 <= len(found) - 1 <= MAX_VIOLATIONS
    assert (found[0].line, found[1].line) == (2, 3)
    assert "the rest of the document was not read" in found[-1].message


def test_a_long_name_is_like_no_other() -> None:
    """A value of megabytes is compared with no name."""
    tracemalloc.start()
    try:
        assert nearest("x" * 1_000_000, ["Id", "Name"]) == ""
        assert tracemalloc.get_traced_memory()[1] < 3_000_000
    finally:
        tracemalloc.stop()
    assert "'Id'" in nearest("Idd", ["Id", "Name"])
