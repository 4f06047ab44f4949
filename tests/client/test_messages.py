"""What errors and log lines tell a user: what to do, for which client, and what to write instead."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.client.servers import TOKEN, answer, served
from yadirect_soap import ApiError, ConfigurationError, Direct, HttpError, InvalidParamsError, ItemsError, Notification
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.domain.error_codes import table
from yadirect_soap.protocol.advice import advice

QUERY: Any = {"FieldNames": ["Id"]}


@pytest.fixture
def connect() -> Iterator[Callable[..., Any]]:
    """Makes Directs of the demo account."""
    with Emulator() as emulator, emulator.session() as session:
        yield lambda **more: Direct("demo-token", endpoint=emulator.endpoint, session=session, **more)


# --- advice ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [entry.code for entry in table().values() if not entry.warning])
def test_every_error_code_has_advice_in_both_languages(code: int) -> None:
    """For each error of the API there is a text in English and another in Russian."""
    english, russian = advice(code), advice(code, "ru")
    assert english.isascii()
    assert any("а" <= letter <= "я" for letter in russian)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "check the id or the login"), ("ru", "проверьте идентификатор или логин")],
    ids=["English", "Russian"],
)
def test_an_api_error_says_what_to_do(connect: Any, language: str, words: str) -> None:
    """The advice of a code stands in the error's text and in `advice`, in the client's language."""
    with pytest.raises(ApiError) as caught:
        connect(client_login="nobody", language=language).campaigns.get(**QUERY)
    assert caught.value.code == 8800
    assert words in caught.value.advice
    assert words in str(caught.value)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_failed_item_says_what_to_do(connect: Any, language: str) -> None:
    """The text of ItemsError has the advice for each item's error."""
    with pytest.raises(ItemsError) as caught:
        connect(language=language).ads.delete(SelectionCriteria={"Ids": [1]}).raise_for_errors()
    assert advice(8800, language) in str(caught.value)


def test_an_unknown_code_has_no_advice() -> None:
    """Nothing is made up for a code that is not documented."""
    assert Notification(4242, "Something").advice == ""


# --- for whom -------------------------------------------------------------------------------------------------


def test_an_error_names_the_client(connect: Any) -> None:
    """An agency's errors say for which client the call was, in the text and as an attribute."""
    with pytest.raises(ApiError) as caught:
        connect(client_login="nobody").campaigns.get(**QUERY)
    assert caught.value.client_login == "nobody"
    assert str(caught.value).startswith("campaigns.get for nobody: error 8800")


def test_an_error_before_sending_names_the_client(connect: Any) -> None:
    """Params that are refused name the client too."""
    with pytest.raises(InvalidParamsError, match=r"campaigns\.get for somebody: invalid params"):
        connect(client_login="somebody").campaigns.get()


@pytest.mark.parametrize("transport", ["soap", "json"])
@pytest.mark.parametrize("name", ["get", "items"])
def test_the_line_of_a_refused_call_tells_client_and_code(
    connect: Any, caplog: pytest.LogCaptureFixture, name: str, transport: str
) -> None:
    """The INFO line of a call that was refused has its code and its client."""
    caplog.set_level(logging.INFO, "yadirect_soap")
    campaigns = connect(client_login="nobody", transport=transport).campaigns
    with pytest.raises(ApiError):
        list(getattr(campaigns, name)(**QUERY))
    (line,) = [record.getMessage() for record in caplog.records if record.name == "yadirect_soap"]
    assert line.startswith("campaigns.get client=nobody status=200 error=8800 units=")


# --- what is not the API --------------------------------------------------------------------------------------


def test_a_captcha_is_called_one() -> None:
    """A page that asks whether a person is there is named, with what to do about it."""
    page = answer(b"<html><form class='CheckboxCaptcha'>Are you a robot?</form></html>", content_type="text/html")
    with served(page) as (server, _), Direct(TOKEN, endpoint=server.url, retry=None) as direct:
        with pytest.raises(HttpError, match="a captcha") as caught:
            direct.campaigns.get(**QUERY)
        assert "send fewer requests" in str(caught.value)


def test_a_json_error_without_a_code_keeps_its_text() -> None:
    """What a gateway writes in the form of an error is reported, as it is over SOAP."""
    body = b'{"error": {"error_string": "Gateway is tired", "error_detail": "come back"}}'
    page = answer(body, content_type="application/json")
    with (
        served(page) as (server, _),
        Direct(TOKEN, endpoint=server.url, retry=None, transport="json") as direct,
        pytest.raises(ApiError, match=r"error 0: Gateway is tired \(come back\)"),
    ):
        direct.campaigns.get(**QUERY)


# --- what to write instead ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"login": "x"}, "no setting 'login'; did you mean 'client_login'"),
        ({"proxy": "x"}, "did you mean 'proxies'"),
        ({"time_out": 5}, "did you mean 'timeout'"),
        ({"xyzzy": 5}, "no setting 'xyzzy'"),
        ({"proxies": "http://127.0.0.1:3128"}, "proxies is a dict like"),
        ({"session": "x"}, "session is a requests.Session, not 'x'"),
        ({"timeout": "5"}, "timeout is seconds"),
        ({"token": None}, "a token is needed"),
    ],
    ids=["login", "proxy", "misspelt", "unknown", "proxies", "session", "timeout", "token"],
)
def test_a_wrong_setting_is_reported(settings: dict[str, Any], words: str) -> None:
    """A setting that is unknown or of another type is reported with what to write."""
    with pytest.raises(ConfigurationError, match=words):
        Direct(**{"token": TOKEN, **settings})


@pytest.mark.parametrize(
    "path",
    ["/v5", "/json/v5", "/v501", "/json/v501/", "/v5/ads", "/v5/ads?wsdl", "/json/v5/reports", "/live/v4/json/"],
)
def test_an_endpoint_with_the_apis_path_is_refused(path: str) -> None:
    """An endpoint is the address before the API's own path; the error says what to write."""
    with pytest.raises(ConfigurationError, match=r"write 'https://api\.direct\.yandex\.com', and choose the path"):
        Direct(TOKEN, endpoint=f"https://api.direct.yandex.com{path}")


@pytest.mark.parametrize("name", ["get", "items", "pages"])
def test_params_without_names_are_refused(connect: Any, name: str) -> None:
    """A dict in place of params by name is told how to write it."""
    with pytest.raises(InvalidParamsError, match=r"\$: found an object without a name, expected params by their names"):
        getattr(connect().campaigns, name)(QUERY)


def test_names_in_lower_case_tell_the_right_ones(connect: Any) -> None:
    """A param in lower case is reported with the API's name."""
    with pytest.raises(InvalidParamsError, match="did you mean 'FieldNames'"):
        connect().campaigns.get(fieldnames=["Id"])
