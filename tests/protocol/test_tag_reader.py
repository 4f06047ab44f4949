"""Items that are read tag by tag, before a pattern of them is worth its cost: what is read so, and what is left."""

from typing import Any

import pytest

from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.model import Member
from yadirect_soap.protocol.scalars import DecodeFailure
from yadirect_soap.protocol.soap.fast_decode.references import NotMatched
from yadirect_soap.protocol.soap.fast_decode.tag_reader import DECLARED_NIL, NIL, TagTable, read_item


def _listed() -> Member:
    listed = bundled().operation("ads", "get").listed
    assert listed is not None
    return listed


def _read(text: str, at: int = 0, nil: frozenset[str] = frozenset({DECLARED_NIL})) -> tuple[dict[str, Any], int]:
    return read_item(text, at, TagTable(_listed().shape, nil), "Ads")


PLAIN: dict[str, tuple[str, dict[str, Any]]] = {
    "numbers and texts": ("<Id>1</Id><TextAd><Title>Окна</Title></TextAd>", {"Id": 1, "TextAd": {"Title": "Окна"}}),
    "references": ("<TextAd><Title>A &amp; &#66;</Title></TextAd>", {"TextAd": {"Title": "A & B"}}),
    "nil": (f"<TextAd><Href{DECLARED_NIL}</TextAd>", {"TextAd": {"Href": None}}),
    "an empty text": ("<TextAd><Title/><Text></Text></TextAd>", {"TextAd": {"Title": "", "Text": ""}}),
    "a list": (
        "<AdCategories><Items>ALCOHOL</Items><Items>TOBACCO</Items></AdCategories>",
        {"AdCategories": {"Items": ["ALCOHOL", "TOBACCO"]}},
    ),
    "a list with white space in the middle and at the end": (
        "<AdCategories><Items>ALCOHOL</Items> <Items>TOBACCO</Items><Items>ALCOHOL</Items>\n</AdCategories>",
        {"AdCategories": {"Items": ["ALCOHOL", "TOBACCO", "ALCOHOL"]}},
    ),
    "a list of texts with references": (
        "<ShoppingAd><DefaultTexts>a</DefaultTexts><DefaultTexts>b&amp;c</DefaultTexts></ShoppingAd>",
        {"ShoppingAd": {"DefaultTexts": ["a", "b&c"]}},
    ),
    "white space between tags": (
        "\n <Id>1</Id>\n <TextAd>\n  <Title>a b</Title>\n </TextAd>\n",
        {"Id": 1, "TextAd": {"Title": "a b"}},
    ),
    "members in any order": ("<CampaignId>2</CampaignId><Id>1</Id>", {"CampaignId": 2, "Id": 1}),
}


@pytest.mark.parametrize(("inside", "expected"), PLAIN.values(), ids=PLAIN)
def test_a_plain_item_is_read(inside: str, expected: dict[str, Any]) -> None:
    """What is written in the plainest way is read, up to the end of the item."""
    text = f"..<Ads>{inside}</Ads><Ads>"
    assert _read(text, 2) == (expected, len(text) - len("<Ads>"))


ODD = {
    "an end tag that is missing": "<Ads><Id>1<CampaignId>2</CampaignId></Ads>",
    "an end tag too many": "<Ads><Id>1</Id></Id></Ads>",
    "end tags in a wrong order": "<Ads><TextAd><Title>x</TextAd></Title></Ads>",
    "an item without an end": "<Ads><Id>1</Id>",
    "an item inside": "<Ads><Ads><Id>1</Id></Ads></Ads>",
    "a tag without a name": "<Ads><><Id>1</Id></Ads>",
    "text between tags": "<Ads><Id>1</Id>text<CampaignId>2</CampaignId></Ads>",
    "text before the first tag": "<Ads>text<Id>1</Id></Ads>",
    "text behind the last tag": "<Ads><TextAd><Title>x</Title></TextAd>text</Ads>",
    "a comment": "<Ads><!-- <Id>5</Id> --><Id>1</Id></Ads>",
    "an attribute": '<Ads><Id a="1">1</Id></Ads>',
    "an attribute of the item": '<Ads a="1"><Id>1</Id></Ads>',
    "nil of a prefix that is not declared": f"<Ads><TextAd><Href{NIL}</TextAd></Ads>",
    "an unknown name": "<Ads><New>1</New></Ads>",
    "an unknown empty tag": "<Ads><New/></Ads>",
    "an unknown value": "<Ads><State>NEWEST</State></Ads>",
    "a number that is empty": "<Ads><Id/></Ads>",
    "a number that is none": "<Ads><Id>nine</Id></Ads>",
    "digits of another script": "<Ads><Id>\u0661</Id></Ads>",
    "digits with underscores": "<Ads><Id>1_0</Id></Ads>",
    "a reference that nobody declared": "<Ads><TextAd><Title>&nbsp;</Title></TextAd></Ads>",
    "a bare ampersand": "<Ads><TextAd><Title>a & b</Title></TextAd></Ads>",
    "a member twice": "<Ads><Id>1</Id><Id>1</Id></Ads>",
    "a member three times": "<Ads><TextAd><Title>x</Title><Title>y</Title><Title>z</Title></TextAd></Ads>",
    "text behind a list": "<Ads><AdCategories><Items>ALCOHOL</Items><Items>TOBACCO</Items>x</AdCategories></Ads>",
    "an unknown value in a list": "<Ads><AdCategories><Items>ALCOHOL</Items><Items>NEW</Items></AdCategories></Ads>",
    "another tag in a list": "<Ads><AdCategories><Items>ALCOHOL</Items><Items>TOBACCO</Item></AdCategories></Ads>",
    "an object twice": "<Ads><TextAd><Title>x</Title></TextAd><TextAd><Title>x</Title></TextAd></Ads>",
    "an object where a text belongs": "<Ads><TextAd><Title><A>x</A></Title></TextAd></Ads>",
    "a text where an object belongs": "<Ads><TextAd>x</TextAd></Ads>",
    "something else": "<Other><Id>1</Id></Other></Ads>",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_what_is_odd_is_left(text: str) -> None:
    """What is written in any other way, rightly or wrongly, is refused and left to decode.py."""
    with pytest.raises((NotMatched, DecodeFailure)):
        _read(text)


def test_nil_is_read_as_the_document_declares_it() -> None:
    """Where the document has declared xsi, an empty tag need not."""
    item = f"<Ads><TextAd><Href{NIL}<Title2{DECLARED_NIL}</TextAd></Ads>"
    assert _read(item, nil=frozenset({DECLARED_NIL, NIL}))[0] == {"TextAd": {"Href": None, "Title2": None}}
