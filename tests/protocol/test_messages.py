"""Requests, responses and their header fields as records: looked up without regard to case, secrets not shown."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from yadirect_soap.protocol.messages import Headers, Request, Response

SECRET = "y0_AgAAAABvery-secret"  # made up


@pytest.mark.parametrize("name", ["RequestId", "requestid", "REQUESTID"])
def test_a_field_is_found_in_any_case(name: str) -> None:
    """HTTP does not regard the case of a field's name."""
    fields = Headers({"RequestId": "1670008794873972340"})
    assert fields[name] == fields.get(name) == fields.get(name, "-") == "1670008794873972340"
    assert name in fields


def test_an_absent_field_is_a_key_error() -> None:
    """Headers are a mapping like any other."""
    assert Headers().get("Units") is None
    assert Headers().get("Units", "-") == "-"
    with pytest.raises(KeyError):
        Headers()["Units"]


def test_fields_keep_their_order_and_their_spelling() -> None:
    """Fields come out as they were put in."""
    fields = Headers({"Units": "1/2/3", "Content-Type": "text/xml"})
    assert list(fields) == ["Units", "Content-Type"]
    assert list(fields.items()) == [("Units", "1/2/3"), ("Content-Type", "text/xml")]


def test_a_later_field_replaces_an_earlier_one_of_its_name() -> None:
    """Two spellings of a name are one field: what is merged in wins."""
    merged = Headers({"content-type": "text/xml", "Units": "1/2/3"}) | {"Content-Type": "application/json"}
    assert dict(merged) == {"Content-Type": "application/json", "Units": "1/2/3"}
    assert len(merged) == 2


def test_merging_leaves_both_sides_alone() -> None:
    """Merging makes new Headers."""
    fields, added = Headers({"A": "1"}), {"A": "2"}
    assert dict(fields | added) == {"A": "2"}
    assert (dict(fields), added) == ({"A": "1"}, {"A": "2"})


SECRETS = (
    "Authorization",
    "authorization",
    "Member-Authorization",
    "Payment-Token",
    "Proxy-Authorization",
    "Cookie",
    "Set-Cookie",
)


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_masked(name: str) -> None:
    """No repr of headers, of a request or of a response shows a token or a cookie."""
    fields = Headers({name: f"Bearer {SECRET}", "Units": "1/2/3"})
    texts = [repr(fields), str(fields), repr(Request("https://x", fields)), repr(Response(200, fields))]
    assert [text for text in texts if SECRET in text or "***" not in text or "1/2/3" not in text] == []
    assert fields.masked() == {name: "***", "Units": "1/2/3"}


def test_bodies_are_not_shown() -> None:
    """The repr of a request or a response leaves out the body, which may hold personal data."""
    body = b"<Email>boss@example.com</Email>"
    text = repr(Request("https://x", Headers(), body)) + repr(Response(200, Headers(), body))
    assert "boss" not in text


def test_a_request_is_a_post_without_a_body() -> None:
    """What a request does not say: it is a POST and has no body."""
    request = Request("https://x", Headers())
    assert (request.method, request.body) == ("POST", b"")


@pytest.mark.parametrize(
    "record", [Request("https://x", Headers()), Response(200, Headers())], ids=["request", "response"]
)
def test_records_cannot_be_changed(record: Request | Response) -> None:
    """Requests and responses are frozen."""
    with pytest.raises(AttributeError):
        record.body = b"x"  # type: ignore[misc]  # this is what is refused


def _pickled(record: Any) -> Any:
    return pickle.loads(pickle.dumps(record))  # noqa: S301  our own bytes


@pytest.mark.parametrize("through", [_pickled, copy.copy, copy.deepcopy], ids=["pickle", "copy", "deepcopy"])
def test_records_come_back_whole(through: Callable[[Any], Any]) -> None:
    """Requests and responses can be copied and sent to another process."""
    request = Request("https://x", Headers({"A": "1"}), b"body", "GET")
    response = Response(200, Headers({"A": "1"}), b"body")
    assert (through(request), through(response)) == (request, response)
    assert through(response).headers["a"] == "1"
