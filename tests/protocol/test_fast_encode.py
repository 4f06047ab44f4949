"""The one-pass writing of params against check.py and encode.py: the same bytes, and nothing that check() refuses."""

from typing import Any

import pytest
from hypothesis import given, settings

from tests.protocol.strategies import params
from yadirect_soap.protocol import soap
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.model import Kind, Operation, Shape
from yadirect_soap.protocol.scalars import EncodeError
from yadirect_soap.protocol.validation import check

OPERATIONS = [operation for service in bundled().values() for operation in service.operations.values()]
ADD = bundled().operation("keywords", "add")
UPDATE = bundled().operation("ads", "update")


def _is_plain(shape: Shape) -> bool:
    return all(
        member.shape.kind not in (Kind.DECIMAL, Kind.BASE64) and _is_plain(member.shape) for member in shape.members
    )


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.key)
def test_what_fits_is_written_as_encode_writes_it(operation: Operation) -> None:
    """Params that fit come out as the bytes of encode.py, and only those with decimals or bytes take the other way."""

    @settings(max_examples=10)
    @given(value=params(operation.request))
    def check_bytes(value: Any) -> None:
        body = soap.encode_fitting(operation, value)
        if _is_plain(operation.request):
            assert body is not None
        if body is not None:
            assert body == soap.encode_request(operation, value)

    check_bytes()


class _Text(str):
    __slots__ = ()


MISFITS: dict[str, Any] = {
    "no object": [],
    "nothing": {},
    "an unknown name": {"Ads": [{"Id": 1}], "More": 1},
    "an unknown name inside": {"Ads": [{"Id": 1, "Titel": "x"}]},
    "a required one missing": {"Ads": [{}]},
    "an empty list": {"Ads": []},
    "a tuple": {"Ads": ({"Id": 1},)},
    "a generator": {"Ads": ({"Id": number} for number in range(1))},
    "None in a list": {"Ads": [None]},
    "None for a list": {"Ads": None},
    "a bool": {"Ads": [{"Id": True}]},
    "a float": {"Ads": [{"Id": 1.0}]},
    "digits": {"Ads": [{"Id": "1"}]},
    "65 bits": {"Ads": [{"Id": 2**63}]},
    "None where it is not nillable": {"Ads": [{"Id": None}]},
    "a forbidden character": {"Ads": [{"Id": 1, "TextAd": {"Title": "\x00"}}]},
    "a lone surrogate": {"Ads": [{"Id": 1, "TextAd": {"Title": "\ud800"}}]},
    "a subclass of str": {"Ads": [{"Id": 1, "TextAd": {"Title": _Text("x")}}]},
    "an unknown value": {"Ads": [{"Id": 1, "TextAd": {"AgeLabel": "AGE_99"}}]},
    "a list for a value": {"Ads": [{"Id": 1, "TextAd": {"AgeLabel": ["AGE_18"]}}]},
    "a dict for a value": {"Ads": [{"Id": 1, "TextAd": {"AgeLabel": {}}}]},
    "a name that is no text": {"Ads": [{1: 1}]},
}


@pytest.mark.parametrize("value", MISFITS.values(), ids=MISFITS)
def test_what_may_not_fit_is_left_to_check(value: Any) -> None:
    """Params in which check() may find something are not written at once."""
    assert soap.encode_fitting(UPDATE, value) is None


def test_nothing_is_written_that_check_refuses() -> None:
    """Where the one pass does write, check() has no violation and encode.py writes the same."""
    values: list[Any] = [
        "x",
        "",
        "\r\n\t",
        1,
        -1,
        2**63 - 1,
        None,
        True,
        1.5,
        b"x",
        [],
        {},
        [1],
        ["x"],
        {"Items": ["x"]},
    ]
    for member in ADD.request.members[0].shape.members:
        for value in values:
            item = {"AdGroupId": 1, "Keyword": "x"} | {member.name: value}
            body = soap.encode_fitting(ADD, {"Keywords": [item]})
            if body is not None:
                assert check({"Keywords": [item]}, ADD.request) == []
                try:
                    assert body == soap.encode_request(ADD, {"Keywords": [item]})
                except EncodeError:
                    pytest.fail(f"{member.name}={value!r} was written although it cannot be said")
