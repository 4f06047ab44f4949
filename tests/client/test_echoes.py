"""A server that echoes the token: neither error, log, excerpt, pickle nor result shows it, in whatever form it came."""

import base64
import html
import json
import logging
import pickle
import traceback
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

import pytest

from tests.client.servers import HTML, QUERY, Step, answer, fault, raw, result, served
from yadirect_soap import ApiError, Direct, HttpError, ItemsError, Retry
from yadirect_soap.errors import api_error

MARK = "y0_AgAAAA/+secret=of.the-test_0123456789"
FORMS: Mapping[str, str] = {
    "bare": MARK,
    "header": f"Authorization: Bearer {MARK}",
    "parameter": f"?oauth_token={quote(MARK, safe='')}",
    "in an address": f"Bearer%20{quote(MARK, safe='')}",
    "HTML": html.escape(MARK),
    "references": "".join(f"&#{ord(character)};" for character in MARK),
    "JSON": json.dumps(MARK).replace("/", "\\/"),
    "base64": base64.b64encode(f"Bearer {MARK}".encode()).decode(),
    "upper case": MARK.upper(),
}
PARTS = (
    MARK[:14],
    MARK[14:30],
    MARK[:14].upper(),
    quote(MARK, safe="")[:20],
    base64.b64encode(MARK[2:20].encode()).decode(),
)


def _texts(value: object) -> Iterator[str]:
    """Every text in which a result or an error may show itself, and its pickle."""
    yield from (str(value), repr(value), repr(getattr(value, "__dict__", "")))
    if isinstance(value, BaseException):
        yield from traceback.format_exception(value)
        for cause in (value.__cause__, value.__context__):
            yield from _texts(cause) if cause is not None else ()
    if not isinstance(value, BaseException) or isinstance(value, ApiError | HttpError | ItemsError):
        yield pickle.dumps(value).decode("latin-1")


def _get(direct: Direct) -> Any:
    return direct.campaigns.get(**QUERY)


def _items(direct: Direct) -> Any:
    return list(direct.campaigns.items(**QUERY))


def _report(direct: Direct) -> Any:
    definition: dict[str, Any] = {
        "ReportType": "CUSTOM_REPORT",
        "DateRangeType": "YESTERDAY",
        "FieldNames": ["Date", "Clicks"],
    }
    return list(direct.reports.get(**definition))


def _outcome(step: Step, call: Callable[[Direct], Any], caplog: pytest.LogCaptureFixture, **settings: Any) -> str:
    """All that a call shows, and all that it logs at DEBUG."""
    caplog.set_level(logging.DEBUG, "yadirect_soap")
    with served(step, **{"token": MARK, **settings}) as (_, direct):
        try:
            value = call(direct)
        except Exception as error:  # noqa: BLE001  whatever it is, it must not show the token
            value = error
    assert value
    return "\n".join([*_texts(value), caplog.text])


@pytest.mark.parametrize("call", [_get, _items, _report], ids=["call", "items", "report"])
@pytest.mark.parametrize("status", [200, 400, 502])
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_a_page_that_echoes_the_token_is_reported_without_it(
    form: str, status: int, call: Callable[[Direct], Any], caplog: pytest.LogCaptureFixture
) -> None:
    """A page with the token in any form is reported, excerpted, logged and pickled without it."""
    page = f"<html><p>You sent: {form}</p></html>".encode()
    output = _outcome(answer(page, status=status, content_type=HTML), call, caplog)
    assert [part for part in PARTS if part in output] == []
    assert "You sent" in output


@pytest.mark.parametrize("wire", ["soap", "json"])
@pytest.mark.parametrize("call", [_get, _items], ids=["call", "items"])
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_a_fault_that_echoes_the_token_is_reported_without_it(
    form: str, call: Callable[[Direct], Any], wire: str, caplog: pytest.LogCaptureFixture
) -> None:
    """An error of the API with the token in its texts and its RequestId is reported, logged and pickled without it."""
    refusal = api_error(53, f"message {form}", f"detail {form}", request_id=f"request {form}")
    output = _outcome(fault(refusal, wire=wire, RequestId=MARK), call, caplog, transport=wire)
    assert [part for part in PARTS if part in output] == []


ECHOES: Mapping[str, tuple[Step, Callable[[Direct], Any]]] = {
    "headers": (result("campaigns.get", {"Campaigns": [{"Id": 1}]}, RequestId=MARK, Units=MARK, X_Echo=MARK), _get),
    "unknown member": (answer(f"<a>{MARK}</a>".encode()), _get),
    "value of a wrong kind": (
        answer(
            b"<E><Body><getResponse xmlns='http://api.direct.yandex.com/v5/campaigns'><result><Campaigns><Id>%b"
            % MARK.encode()
        ),
        _items,
    ),
    "status line": (raw(b"HTTP/1.1 %b\r\n\r\n" % MARK.encode()), _get),
    "no HTTP": (raw(f"Bearer {MARK}\r\n".encode()), _get),
    "redirection": (answer(status=302, Location=f"http://127.0.0.1:1/?oauth_token={MARK}"), _get),
    "content type": (answer(b"x", content_type=f"text/{MARK}"), _get),
    "item's error": (
        result("ads.delete", {"DeleteResults": [{"Errors": [{"Code": 8800, "Message": MARK, "Details": MARK}]}]}),
        lambda direct: direct.ads.delete(SelectionCriteria={"Ids": [1]}).raise_for_errors(),
    ),
    "result": (result("campaigns.get", {"Campaigns": [{"Id": 1, "Name": MARK}]}), _get),
}


@pytest.mark.parametrize(("step", "call"), ECHOES.values(), ids=ECHOES.keys())
def test_no_place_of_a_response_shows_the_token(
    step: Step, call: Callable[[Direct], Any], caplog: pytest.LogCaptureFixture
) -> None:
    """Wherever a response echoes the token, neither error nor result nor log shows it."""
    output = _outcome(step, call, caplog)
    assert [part for part in PARTS if part in output] == []


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_an_error_of_zeep_shows_no_token(form: str, caplog: pytest.LogCaptureFixture) -> None:
    """A page that a raw zeep client quotes in its error has no token."""
    page = answer(f"You sent {form}".encode(), status=502, content_type=HTML)
    output = _outcome(page, lambda direct: direct.zeep("campaigns").service.get(**QUERY), caplog)
    assert [part for part in PARTS if part in output] == []


def test_the_current_token_of_a_function_is_blanked(caplog: pytest.LogCaptureFixture) -> None:
    """A token that a function gives is blanked as one that stays is, and so is the one before it."""
    tokens = iter([f"{MARK}-first", f"{MARK[::-1]}-second"])
    pages = [answer(page.encode(), status=502, content_type=HTML) for page in (MARK, f"{MARK} and {MARK[::-1]}")]
    settings: dict[str, Any] = {"token": lambda: next(tokens), "retry": Retry(2, wait_initial=0)}
    caplog.set_level(logging.DEBUG, "yadirect_soap")
    with served(*pages, **settings) as (_, direct), pytest.raises(HttpError) as raised:
        direct.campaigns.get(**QUERY)
    output = "\n".join([*_texts(raised.value), caplog.text])
    assert [part for part in (MARK[:14], MARK[::-1][:14]) if part in output] == []


def test_a_page_is_cut_after_the_token_is_blanked() -> None:
    """A token at the end of an excerpt leaves no part of it."""
    page = b"x" * 190 + MARK.encode()
    with served(answer(page, status=502, content_type=HTML), token=MARK) as (_, direct):
        with pytest.raises(HttpError) as raised:
            direct.campaigns.get(**QUERY)
        assert raised.value.excerpt == "x" * 190 + "***"


FORGERY = "a\r\n2026-01-01 ERROR forged\x1b[2J\u202e\x00"


@pytest.mark.parametrize("wire", ["soap", "json"])
def test_no_response_forges_a_line_of_the_log(wire: str, caplog: pytest.LogCaptureFixture) -> None:
    """Each record is one line without control characters, whatever stands in the API's texts."""
    caplog.set_level(logging.DEBUG, "yadirect_soap")
    forgery = FORGERY.replace("\x00", "").replace("\x1b", "") if wire == "soap" else FORGERY
    refusal = fault(api_error(1000, forgery, forgery), wire=wire)
    with (
        served(refusal, transport=wire, retry=Retry(2, wait_initial=0)) as (_, direct),
        pytest.raises(ApiError) as raised,
    ):
        direct.campaigns.get(**QUERY)
    texts = [str(raised.value), *(record.getMessage() for record in caplog.records)]
    assert [text for text in texts if not text.isprintable()] == []


def test_no_unknown_name_forges_a_line(caplog: pytest.LogCaptureFixture) -> None:
    """A member's name with a line end is warned of on one line."""
    body = json.dumps({"result": {"Campaigns": [{FORGERY: 1}]}}).encode()
    with served(answer(body, content_type="application/json"), transport="json") as (_, direct):
        direct.campaigns.get(**QUERY)
    (warning,) = [record.getMessage() for record in caplog.records if record.levelno == logging.WARNING]
    assert warning.isprintable()
