"""Prepares requests for a session, and caches the parts that all requests of an operation share.

requests merges headers, hooks and cookies and parses the address again for each request: an eighth of a small call.
"""

import requests
from requests.auth import AuthBase

from yadirect_soap.protocol.headers import AUTHORIZATION
from yadirect_soap.protocol.messages import Request

_MAX_KEPT = 256


class TokenAuth(AuthBase):
    """Adds Authorization to a request last, so that no .netrc file replaces it; masked in its repr."""

    def __init__(self, authorization: str | None) -> None:
        self._authorization = authorization

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Signs a prepared request, as requests expects of an AuthBase."""
        if self._authorization is not None:
            request.headers[AUTHORIZATION] = self._authorization
        return request

    def __repr__(self) -> str:
        return "TokenAuth(***)"


class PreparedRequests:
    """Requests as a session prepares them.

    Args:
        session: the session, whose attributes may change at any time.
    """

    def __init__(self, session: requests.Session) -> None:
        self._session = session
        self._kept: dict[object, requests.PreparedRequest] = {}
        """Requests without body and token, by all that they follow from."""

    def of(self, request: Request) -> requests.PreparedRequest:
        """Prepares a request as the session does."""
        session = self._session
        fields = {name: value for name, value in request.headers.items() if name != AUTHORIZATION}
        new = requests.Request(request.method, request.address, headers=fields)
        token = TokenAuth(request.headers.get(AUTHORIZATION))
        if not _is_usual(session):
            new.data, new.auth = request.body or None, token
            return session.prepare_request(new)
        key = request.method, request.address, tuple(fields.items()), tuple((session.headers or {}).items())
        if (kept := self._kept.get(key)) is None:
            if len(self._kept) >= _MAX_KEPT:
                self._kept = {}
            # Without any token requests would look for one in .netrc.
            new.auth = TokenAuth(None)
            kept = self._kept[key] = session.prepare_request(new)
        prepared = kept.copy()
        prepared.hooks = {"response": []}
        prepared.prepare_hooks(session.hooks)
        if request.body:
            prepared.body = request.body
            prepared.prepare_content_length(request.body)
        return token(prepared)


def _is_usual(session: requests.Session) -> bool:
    """Whether a session adds only headers and hooks, and those in requests' own way."""
    prepare = getattr(session.prepare_request, "__func__", None)
    return prepare is requests.Session.prepare_request and not session.params and not len(session.cookies)
