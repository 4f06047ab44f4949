"""What reading an answer costs grows with its size and not with its square, whatever is large in it."""

import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress

import pytest

from yadirect_soap.protocol import soap
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.scalars import DecodeFailure
from yadirect_soap.protocol.unknown_names import count

ADS = bundled().operation("ads", "get")
PAGE = soap.encode_result(ADS, {"Ads": [{"Id": 1}]}).decode()
HEAD, _, REST = PAGE.partition("<Ads><Id>1</Id></Ads>")

STEPS = 8
"""How many times larger the second document is: its time may be four times that, not the square of it."""


def _page(items: str, declared: str = "") -> str:
    return f"{HEAD.replace(' xmlns:ns=', f' {declared} xmlns:ns=')}{items}{REST}"


def _items(count: int, attributes: str = "", inside: str = "") -> str:
    return "".join(f"<Ads{attributes}><Id>{number}</Id>{inside}</Ads>" for number in range(count))


def _namespaces(count: int) -> str:
    return " ".join(f'xmlns:q{number}="urn:q"' for number in range(count))


LARGE: dict[str, Callable[[int], str]] = {
    "a long namespace above items with an attribute": lambda size: _page(
        _items(20 * size, ' a="1"'), f'xmlns:q="{"x" * 2000 * size}"'
    ),
    "a long namespace of attributes": lambda size: _page(
        _items(20 * size, ' q:a="1"'), f'xmlns:q="{"x" * 2000 * size}"'
    ),
    "a long namespace of elements": lambda size: _page(
        _items(20 * size, inside="<q:New>1</q:New>"), f'xmlns:q="{"x" * 2000 * size}"'
    ),
    "a long default namespace": lambda size: _page(_items(20 * size), f'xmlns="{"x" * 2000 * size}"'),
    "many namespaces above items with an attribute": lambda size: _page(
        _items(20 * size, ' a="1"'), _namespaces(50 * size)
    ),
    "elements named like the list in an item": lambda size: _page(_items(1, inside="<Ads>x</Ads>" * 250 * size)),
    "ends of items in comments": lambda size: _page(_items(1, inside=f"<!--{'</Ads>' * 500 * size}-->")),
    "ends of items in CDATA": lambda size: _page(
        _items(1, inside=f"<Status><![CDATA[{'</Ads>' * 500 * size}]]></Status>")
    ),
    "ends of items in instructions": lambda size: _page(_items(1, inside=f"<?x {'</Ads>' * 500 * size}?>")),
    "ends of items in an attribute": lambda size: _page(_items(1, f" a='{'/>' * 1000 * size}'")),
    "an item without an end": lambda size: _page(f"<Ads><Status>{'<Ads/>' * 500 * size}"),
    "attributes of an item": lambda size: _page(
        _items(1, " " + " ".join(f'a{number}="1"' for number in range(300 * size)))
    ),
    "unknown members, each of one item": lambda size: _page(
        "".join(f"<Ads><N{number}>1</N{number}></Ads>" for number in range(30 * size))
    ),
    "unknown members of one item": lambda size: _page(
        _items(2, inside="".join(f"<N{number}>1</N{number}>" for number in range(100 * size)))
    ),
    "the same unknown member": lambda size: _page(_items(1, inside="<New>1</New>" * 300 * size)),
    "unknown values": lambda size: _page(
        "".join(f"<Ads><State>S{number}</State></Ads>" for number in range(100 * size))
    ),
    "comments between items": lambda size: _page(_items(1) + "<!-- - -->" * 1000 * size + _items(1)),
    "a comment without an end": lambda size: _page(_items(1) + "<!-- - -->" * 1000 * size + "<!--"),
    "references": lambda size: _page(_items(20 * size, inside=f"<Status>{'&amp;&lt;' * 20}</Status>")),
    "a text": lambda size: _page(_items(3, inside=f"<Status>{'x' * 20000 * size}</Status>")),
}


@pytest.mark.parametrize("page", LARGE.values(), ids=LARGE)
def test_time_grows_with_the_size(page: Callable[[int], str]) -> None:
    """A document that is eight times as large takes far less than the sixty-four times of a square."""
    _time(page(1))
    small = min(_time(page(2)) for _ in range(2))
    large = min(_time(page(2 * STEPS)) for _ in range(2))
    assert large < 4 * STEPS * max(small, 0.005)


def _time(page: str) -> float:
    """Seconds of this process's own work, however loaded the machine is."""
    body = page.encode()
    began = time.process_time()
    with suppress(DecodeFailure):
        list(soap.read_items(ADS, Counter()).items([body]))
    return time.process_time() - began


INSIDE: dict[str, str] = {
    "elements named like the list": "<Ads>x</Ads>" * 2000,
    "objects named like the list": "<Ads><Ads/><Id>1</Id></Ads>" * 1000,
    "ends of items in comments": f"<!--{'</Ads>' * 10000}-->",
    "ends of items in CDATA": f"<Status><![CDATA[{'</Ads>' * 10000}]]></Status>",
    "ends of items in instructions": f"<?x {'</Ads>' * 10000}?>",
}


@pytest.mark.parametrize("inside", INSIDE.values(), ids=INSIDE)
def test_an_item_is_read_wherever_it_may_seem_to_end(inside: str) -> None:
    """What looks like an item's end a thousand times is read as decode.py reads it."""
    body = _page(_items(3) + _items(2, inside=inside) + _items(30)).encode()
    result = soap._decode_whole(ADS, body, Counter())
    assert list(soap.read_items(ADS, Counter()).items([body])) == result["Ads"]


def test_an_item_larger_than_the_parser_looks_through_is_read() -> None:
    """An item of more than the 10 MB that libxml2 takes at once is read in pieces."""
    inside = f"<Status>{'x' * 3_000_000}</Status>"
    body = _page(_items(1, inside=f"<New>{inside * 4}</New>")).encode()
    (item,) = soap.read_items(ADS, Counter()).items([body])
    assert len(item["New"]["Status"]) == 4


def test_unknown_names_are_counted_within_bounds() -> None:
    """Of 3,000 unknown values of an answer 1,000 are counted by name, and all others together."""
    unknown: Counter[str] = Counter()
    body = _page("".join(f"<Ads><State>S{number}</State></Ads>" for number in range(3000))).encode()
    list(soap.read_items(ADS, unknown).items([body]))
    assert (len(unknown), unknown.total(), unknown["others"]) == (1001, 3000, 2000)


@pytest.mark.parametrize(("length", "counted"), [(200, "x" * 200), (201, "x" * 200 + "…")], ids=["200", "201"])
def test_long_unknown_names_are_shortened(length: int, counted: str) -> None:
    """A name is counted by its first 200 characters."""
    unknown: Counter[str] = Counter()
    count(unknown, "x" * length)
    assert unknown == {counted: 1}
