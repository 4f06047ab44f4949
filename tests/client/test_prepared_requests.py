"""A request is prepared as the session alone would prepare it, the first time and every other time."""

from collections.abc import Callable
from typing import Any

import pytest
import requests
from requests.structures import CaseInsensitiveDict

from yadirect_soap.client.prepared_requests import PreparedRequests, TokenAuth
from yadirect_soap.protocol.messages import Headers, Request

FIELDS = {"Authorization": "Bearer x", "Client-Login": "a", "Content-Type": "text/xml"}
REQUESTS = {
    "a call": Request("http://127.0.0.1:1/v5/ads", Headers(FIELDS), b"<a/>"),
    "another body": Request("http://127.0.0.1:1/v5/ads", Headers(FIELDS), b"<another/>"),
    "no body": Request("http://127.0.0.1:1/v5/ads", Headers(FIELDS)),
    "a GET": Request("http://127.0.0.1:1/v5/ads?wsdl", Headers({}), method="GET"),
    "another token": Request("http://127.0.0.1:1/v5/ads", Headers(FIELDS | {"Authorization": "Bearer y"}), b"<a/>"),
    "another client": Request("http://127.0.0.1:1/v5/ads", Headers(FIELDS | {"Client-Login": "b"}), b"<a/>"),
    "an address to quote": Request("http://тест.рф/a b?c=д", Headers(FIELDS), b"<a/>"),
}


class _Own(requests.Session):
    """A session with a way of its own to prepare requests."""

    def prepare_request(self, request: requests.Request) -> requests.PreparedRequest:
        request.headers["X-Own"] = "1"
        return super().prepare_request(request)


def _hook(response: Any, *_args: Any, **_options: Any) -> Any:
    return response


def _as_session(session: requests.Session, request: Request) -> dict[str, Any]:
    fields = {name: value for name, value in request.headers.items() if name != "Authorization"}
    auth = TokenAuth(request.headers.get("Authorization"))
    return _seen(
        session.prepare_request(
            requests.Request(request.method, request.address, data=request.body or None, headers=fields, auth=auth)
        )
    )


def _seen(prepared: requests.PreparedRequest) -> dict[str, Any]:
    """All that a prepared request has."""
    seen = {**vars(prepared), "headers": list(prepared.headers.items())}
    # An empty jar is as good as none: a session adds what it has when it sends.
    return {**seen, "_cookies": [(cookie.name, cookie.value) for cookie in seen["_cookies"] or ()]}


CHANGES: dict[str, Callable[[Any], object]] = {
    "none": lambda _session: None,
    "a header": lambda session: session.headers.update({"X-Team": "ads", "content-type": "text/plain"}),
    "a header less": lambda session: session.headers.pop("User-Agent"),
    "a header of None": lambda session: session.headers.update({"User-Agent": None}),
    "no headers": lambda session: setattr(session, "headers", None),
    "other headers": lambda session: setattr(session, "headers", CaseInsensitiveDict({"accept": "*/*"})),
    "a hook": lambda session: session.hooks["response"].append(_hook),
    "a hook alone": lambda session: setattr(session, "hooks", {"response": _hook}),
    "no hooks": lambda session: setattr(session, "hooks", None),
    "cookies": lambda session: session.cookies.set("a", "1"),
    "params": lambda session: session.params.update({"debug": "1"}),
    "auth": lambda session: setattr(session, "auth", ("user", "password")),
    "its own way": lambda session: setattr(session, "__class__", _Own),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS.keys())
def test_a_request_is_prepared_as_by_the_session(request_: Request, change: Callable[[Any], object]) -> None:
    """Whatever the session has, and whatever changed since the last request, nothing of a request differs."""
    with requests.Session() as session:
        prepared_requests = PreparedRequests(session)
        for _ in range(2):
            assert _seen(prepared_requests.of(request_)) == _as_session(session, request_)
        change(session)
        for _ in range(2):
            assert _seen(prepared_requests.of(request_)) == _as_session(session, request_)


def test_requests_share_nothing() -> None:
    """A hook, a header or a body of one request is not one of the next."""
    with requests.Session() as session:
        prepared_requests = PreparedRequests(session)
        first = prepared_requests.of(REQUESTS["a call"])
        first.hooks["response"].append(_hook)
        first.headers["X-Mine"] = "1"
        assert _seen(prepared_requests.of(REQUESTS["no body"])) == _as_session(session, REQUESTS["no body"])
    assert not session.hooks["response"]


def test_no_token_is_kept() -> None:
    """What is kept of a request has neither its token nor its body."""
    with requests.Session() as session:
        prepared_requests = PreparedRequests(session)
        prepared_requests.of(REQUESTS["a call"])
        (kept,) = prepared_requests._kept.values()
    assert "Authorization" not in kept.headers
    assert kept.body is None


def test_a_wrong_address_is_refused_each_time() -> None:
    """An address that requests refuses is never kept."""
    with requests.Session() as session:
        prepared_requests = PreparedRequests(session)
        for _ in range(2):
            with pytest.raises(requests.exceptions.InvalidURL):
                prepared_requests.of(Request("http://*.a/", Headers({}), b"x"))


def test_few_requests_are_kept() -> None:
    """A header that is another one in each request fills no memory."""
    with requests.Session() as session:
        prepared_requests = PreparedRequests(session)
        for number in range(1000):
            prepared_requests.of(Request("http://127.0.0.1:1/v5/ads", Headers({"X-Number": str(number)})))
        assert len(prepared_requests._kept) <= 256
