"""Each header of the API as it is written and read, malformed ones included."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yadirect_soap.protocol import headers
from yadirect_soap.protocol.headers import Units

# --- Authorization ------------------------------------------------------------------------------------------


def test_authorization_is_a_bearer_token() -> None:
    """The token goes out in the one documented form."""
    assert headers.write_authorization("AgAAAAA-_~.") == "Bearer AgAAAAA-_~."


BAD_TOKENS = {
    "empty": "",
    "blank": " ",
    "blank inside": "a b",
    "newline at the end": "token\n",
    "header of its own": "token\r\nX-Evil: 1",
    "NUL": "token\0",
    "Cyrillic": "токен",
    "no break space": "token\xa0",
}


@pytest.mark.parametrize("token", BAD_TOKENS.values(), ids=BAD_TOKENS)
def test_a_token_that_no_header_can_carry_is_refused(token: str) -> None:
    """A token with anything but visible ASCII is refused, and not shown."""
    with pytest.raises(ValueError, match=r"^the token is empty or contains characters that a header cannot carry$"):
        headers.write_authorization(token)


@pytest.mark.parametrize("scheme", ["Bearer", "OAuth", "bearer"])
def test_a_token_with_the_scheme_of_its_header_is_told(scheme: str) -> None:
    """Other clients take the whole value of Authorization; the message says what to leave out, and no token."""
    with pytest.raises(ValueError, match=rf"^the token begins with {scheme}, as a header does; give the token alone$"):
        headers.write_authorization(f"{scheme} y0_secret")


AUTHORIZATIONS = {
    "documented": ("Bearer token", "token"),
    "lower case": ("bearer token", "token"),
    "upper case": ("BEARER token", "token"),
    "blanks": ("  Bearer   token  ", "token"),
    "absent": ("", None),
    "OAuth": ("OAuth token", None),
    "Basic": ("Basic dXNlcjpwYXNz", None),
    "bare token": ("token", None),
    "no token": ("Bearer", None),
    "blank token": ("Bearer  ", None),
    "two tokens": ("Bearer a b", None),
    "no blank": ("Bearertoken", None),
    "beyond ASCII": ("Bearer токен", None),
}


@pytest.mark.parametrize(("value", "token"), AUTHORIZATIONS.values(), ids=AUTHORIZATIONS)
def test_authorization_is_read_in_the_documented_form_only(value: str, token: str | None) -> None:
    """The token of `Bearer <token>` is read; any other form holds none."""
    assert headers.read_authorization(value) == token


# --- Client-Login -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("login", ["agrom", "agency-client.1", "user@example.com", "A_b+1"])
def test_a_login_is_written_as_it_is(login: str) -> None:
    """A login is its header's value."""
    assert headers.write_client_login(login) == login


BAD_LOGINS = {
    "empty": "",
    "blank inside": "a b",
    "newline at the end": "agrom\n",
    "header of its own": "agrom\r\nX-Evil: 1",
    "comma": "a,b",
    "Cyrillic": "агром",
}


@pytest.mark.parametrize("login", BAD_LOGINS.values(), ids=BAD_LOGINS)
def test_what_is_no_login_is_refused(login: str) -> None:
    """What cannot be a login, and could break out of its header, is refused."""
    with pytest.raises(ValueError, match="not a login"):
        headers.write_client_login(login)


# --- Units --------------------------------------------------------------------------------------------------

UNITS = {
    "documented": ("10/20828/64000", Units(10, 20828, 64000)),
    "nothing spent": ("0/0/0", Units(0, 0, 0)),
    "blanks": (" 10/20828/64000 ", Units(10, 20828, 64000)),
    "as long as they may be": ("1/2/999999999999999999", Units(1, 2, 999_999_999_999_999_999)),
    "absent": (None, None),
    "empty": ("", None),
    "two numbers": ("10/20828", None),
    "four numbers": ("10/20828/64000/1", None),
    "negative": ("-10/20828/64000", None),
    "fraction": ("10.5/20828/64000", None),
    "words": ("many/20828/64000", None),
    "foreign digits": ("١٠/٢٠/٣٠", None),
    "blanks inside": ("10 / 20828 / 64000", None),
    "newline": ("10/20828/64000\n", None),
    "digits without end": ("1/2/" + "9" * 10_000, None),
}


@pytest.mark.parametrize(("value", "units"), UNITS.values(), ids=UNITS)
def test_units_are_three_numbers_or_none_at_all(value: str | None, units: Units | None) -> None:
    """Units are read from spent/left/limit; anything else, hostile or absent, is None and no error."""
    assert headers.read_units(value) == units


def test_units_know_who_paid() -> None:
    """The login that paid comes from Units-Used-Login."""
    assert headers.read_units("10/20828/64000", "agrom") == Units(10, 20828, 64000, "agrom")


@given(st.builds(Units, *[st.integers(0, 10**18 - 1)] * 3, st.just("")))
def test_units_come_back(units: Units) -> None:
    """Units are read as they were written."""
    assert headers.read_units(headers.write_units(units)) == units


def test_units_cannot_be_changed() -> None:
    """Units are a frozen record."""
    with pytest.raises(AttributeError):
        Units(1, 2, 3).spent = 0  # type: ignore[misc]  # this is what is refused


def test_a_request_is_reported_with_its_command() -> None:
    """X-Accel-Info is the number of the request, the command and a code, as recorded answers have it."""
    assert headers.write_accel_info("869", "direct.api5/ads.get") == "reqid:869,cmd:direct.api5/ads.get,appcode:0"
    refused = headers.write_accel_info("869", "direct.api5/bidmodifiers.set", 8000)
    assert refused == "reqid:869,cmd:direct.api5/bidmodifiers.set,appcode:8000"


# --- SOAPAction, Content-Type, Accept-Language --------------------------------------------------------------


def test_a_soap_action_is_quoted() -> None:
    """SOAP 1.1 wants the action in quotes, and the documentation's example has them."""
    action = "http://api.direct.yandex.com/v5/ads/add"
    assert headers.write_soap_action(action) == f'"{action}"'


ACTIONS = {
    "quoted": ('"http://x/ads/add"', "http://x/ads/add"),
    "bare": ("http://x/ads/add", "http://x/ads/add"),
    "blanks": (' "http://x/ads/add" ', "http://x/ads/add"),
    "empty quotes": ('""', ""),
    "empty": ("", ""),
    "absent": (None, ""),
}


@pytest.mark.parametrize(("value", "action"), ACTIONS.values(), ids=ACTIONS)
def test_a_soap_action_is_read_quoted_or_not(value: str | None, action: str) -> None:
    """An action is read with its quotes or without; an empty one is none."""
    assert headers.read_soap_action(value) == action


TYPES = {
    "real SOAP answer": ("text/xml;charset=utf-8", "text/xml"),
    "real JSON answer": ("application/json;charset=utf-8", "application/json"),
    "documented": ("application/json; charset=utf-8", "application/json"),
    "upper case": ("Text/XML; Charset=UTF-8", "text/xml"),
    "bare": ("text/html", "text/html"),
    "blanks": ("  text/html ; x=y", "text/html"),
    "empty": ("", ""),
    "absent": (None, ""),
}


@pytest.mark.parametrize(("value", "media_type"), TYPES.values(), ids=TYPES)
def test_a_media_type_is_bare_and_in_lower_case(value: str | None, media_type: str) -> None:
    """A media type is reported without its parameters, however it is written."""
    assert headers.media_type(value) == media_type


LANGUAGES = {
    "Russian": ("ru", "ru"),
    "Russian of Russia": ("ru-RU,en;q=0.5", "ru"),
    "upper case": ("RU", "ru"),
    "English": ("en", "en"),
    "Turkish": ("tr", "en"),
    "unknown": ("xx", "en"),
    "empty": ("", "en"),
    "absent": (None, "en"),
}


@pytest.mark.parametrize(("value", "language"), LANGUAGES.values(), ids=LANGUAGES)
def test_texts_are_russian_or_english(value: str | None, language: str) -> None:
    """Whoever asks for Russian gets Russian, everybody else English."""
    assert headers.language(value) == language


# --- Retry-After ----------------------------------------------------------------------------------------------

NOW = datetime(2026, 5, 1, 10, 0, tzinfo=UTC)
RETRY_AFTER = {
    "seconds": ({"Retry-After": " 120 "}, 120.0),
    "none to wait": ({"Retry-After": "0"}, 0.0),
    "a moment": ({"Retry-After": "Fri, 01 May 2026 10:00:30 GMT"}, 30.0),
    "a moment by the response's clock": (
        {"Retry-After": "Fri, 01 May 2026 09:00:30 GMT", "Date": "Fri, 01 May 2026 09:00:00 GMT"},
        30.0,
    ),
    "a moment, its Date unreadable": ({"Retry-After": "Fri, 01 May 2026 10:00:30 GMT", "Date": "today"}, 30.0),
    "a moment gone by": ({"Retry-After": "Fri, 01 May 2026 09:59:00 GMT"}, 0.0),
    "absent": ({}, None),
    "empty": ({"Retry-After": ""}, None),
    "negative": ({"Retry-After": "-5"}, None),
    "a fraction": ({"Retry-After": "1.5"}, None),
    "words": ({"Retry-After": "soon"}, None),
    "too many digits": ({"Retry-After": "9" * 400}, None),
    "no such day": ({"Retry-After": "Fri, 99 May 2026 10:00:30 GMT"}, None),
}


@pytest.mark.parametrize(("fields", "seconds"), RETRY_AFTER.values(), ids=RETRY_AFTER)
def test_retry_after_is_seconds_or_a_moment(fields: dict[str, str], seconds: float | None) -> None:
    """Both forms of RFC 9110 are read; a moment counts from the response's own Date; what is neither is nothing."""
    assert headers.read_retry_after(fields, NOW) == seconds
