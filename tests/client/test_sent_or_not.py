"""What is said of a write that failed: by which class, whether it was sent, and in words whether it may have acted."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.client.servers import HTML, TOKEN, Step, answer, compressed, drop, fault, hang, raw, result, served
from tests.client.whole_responses import WholeResponses
from yadirect_soap import (
    ApiError,
    DecodeError,
    Direct,
    DirectError,
    HttpError,
    ResponseLostError,
    Retry,
    TransportError,
)
from yadirect_soap.protocol.contract import bundled
from yadirect_soap.protocol.messages import Request, Response
from yadirect_soap.protocol.wires import WIRES

KEY = "negativekeywordsharedsets.add"
SET: Any = {"Name": "Shared", "NegativeKeywords": ["free"]}
DONE: Mapping[str, Any] = {"AddResults": [{"Id": 1}]}
BODY = WIRES["soap"].encode_result(bundled().operation("negativekeywordsharedsets", "add"), DONE)
PERHAPS = "may have acted"
NO_WAIT: Mapping[str, Any] = {"retry": Retry(), "sleep": lambda _seconds: None}


def _failure(direct: Direct) -> DirectError:
    with pytest.raises(DirectError) as raised:
        direct.negativekeywordsharedsets.add(NegativeKeywordSharedSets=[SET])
    return raised.value


RESPONSES: Mapping[str, tuple[Step, type[DirectError], Mapping[str, Any]]] = {
    "closed": (drop, ResponseLostError, {}),
    "closed in the answer": (answer(BODY[:99], length=len(BODY)), ResponseLostError, {}),
    "no response in time": (hang, ResponseLostError, {"timeout": 0.2}),
    "not HTTP": (raw(b"220 smtp.example.com ESMTP\r\n"), ResponseLostError, {}),
    "no XML": (answer(BODY[:99]), DecodeError, {}),
    "half a gzip": (compressed(BODY, length=60), DecodeError, {}),
    "too large": (answer(BODY), DecodeError, {"max_response_bytes": 99}),
    "an outcome that is nil": (result(KEY, {"AddResults": [None]}), DecodeError, {}),
    "unknown element": (
        answer(BODY.replace(b"<Id>", b"<No>1</No><Id>")),
        DecodeError,
        {"strict": True},
    ),
    "captcha": (answer(b"<html>a robot?</html>", content_type=HTML), HttpError, {}),
    "gateway's page": (answer(b"<h1>Bad Gateway</h1>", status=502, content_type=HTML), HttpError, {}),
    "503 without a body": (answer(status=503, content_type=""), HttpError, {}),
    "redirect": (answer(status=307, content_type="", Location="/v5/ads"), HttpError, {}),
    "code 1000": (fault(1000), ApiError, {}),
    "code 1002 with 500": (fault(1002, status=500), ApiError, {}),
    "unknown code": (fault(12345), ApiError, {}),
}


@pytest.mark.parametrize(("step", "kind", "settings"), RESPONSES.values(), ids=RESPONSES)
def test_a_write_that_may_have_acted_says_so(step: Step, kind: type[DirectError], settings: dict[str, Any]) -> None:
    """Whatever comes in place of its result, the write is sent once, and the error says that it may have acted."""
    with served(step, **{**NO_WAIT, **settings}) as (server, direct):
        error = _failure(direct)
        assert len(server.received) == 1
    assert isinstance(error, kind)
    assert (error.sent, error.may_have_acted, error.repeatable) == (True, True, False)
    assert str(error).startswith(f"{KEY}: ")
    assert PERHAPS in str(error)


@pytest.mark.parametrize("code", [53, 54, 152, 8000, 8800, 9300])
def test_a_refused_write_did_not_act(code: int) -> None:
    """A refusal of the whole request says nothing of a write that may have acted."""
    with served(fault(code), **NO_WAIT) as (_, direct):
        error = _failure(direct)
    assert (error.sent, error.may_have_acted, PERHAPS in str(error)) == (True, False, False)


def test_a_transport_of_ones_own_may_have_sent() -> None:
    """A TransportError of another transport that is no NotSentError is reported as a write that may have acted."""

    class Broken(WholeResponses):
        def exchange(self, _request: Request, /) -> Response:
            raise TransportError("the line is dead")

        def close(self) -> None:
            pass

    assert PERHAPS in str(_failure(Direct(TOKEN, http_client=Broken(), **NO_WAIT)))
