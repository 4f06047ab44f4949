"""Settings of the wrong kind: refused when the Direct is made, since many of them would count as something else."""

import re
from pathlib import Path
from typing import Any

import pytest
import requests

import yadirect_soap
from tests.client.servers import TOKEN
from yadirect_soap import ConfigurationError, Direct, InvalidParamsError, Retry, Timeouts, UnknownNameError
from yadirect_soap.client import environment


def test_every_public_name_is_there() -> None:
    """Each name that the package tells can be had from it, whatever module it stands in."""
    assert all(getattr(yadirect_soap, name) is not None for name in yadirect_soap.__all__)


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "sandbox: a text": ({"sandbox": "no"}, "sandbox is True or False, not 'no'"),
    "sandbox: a number": ({"sandbox": 0}, "sandbox is True or False, not 0"),
    "strict: a text": ({"strict": "off"}, "strict is True or False, not 'off'"),
    "use_operator_units: a text": ({"use_operator_units": "false"}, "use_operator_units is True or False"),
    "client_login: a number": ({"client_login": 5}, "client_login: not a login: 5; expected Latin letters"),
    "client_login: Cyrillic": ({"client_login": "клиент"}, "client_login: not a login: 'клиент'"),
    "contract: a dict": ({"contract": {}}, "contract is a Contract, not {}"),
    "contract: a path": ({"contract": "wsdl"}, "contract is a Contract, not 'wsdl'"),
    "http_client: a text": ({"http_client": "requests"}, "http_client is an HttpClient.* not 'requests'"),
    "http_client: an empty text": ({"http_client": ""}, "http_client is an HttpClient.* not ''"),
    "clock: a number": ({"clock": 5}, "clock is a function, not 5"),
    "sleep: nothing": ({"sleep": None}, "sleep is a function, not None"),
    "random: a number": ({"random": 0.5}, "random is a function, not 0.5"),
    "session: the class": ({"session": requests.Session}, "session is a requests.Session"),
    "timeout: True": ({"timeout": True}, "timeout is seconds"),
    "timeout: a pair with True": ({"timeout": (3, True)}, "timeout is seconds"),
    "total: a text": ({"timeout": Timeouts(total="9")}, "total of Timeouts is a number, not '9'"),  # type: ignore[arg-type]  # the mistake
    "max_response_bytes: 0": ({"max_response_bytes": 0}, "max_response_bytes is a number of bytes, 1 or more, not 0"),
    "attempts: a text": ({"retry": Retry(attempts="3")}, "whole number of attempts, not '3'"),  # type: ignore[arg-type]  # the mistake
    "attempts: a fraction": ({"retry": Retry(attempts=2.5)}, "whole number of attempts"),  # type: ignore[arg-type]  # the mistake
    "attempts: True": ({"retry": Retry(attempts=True)}, "whole number of attempts, not True"),
    "wait_initial: None": ({"retry": Retry(wait_initial=None)}, "wait_initial of Retry is a number of seconds"),  # type: ignore[arg-type]  # the mistake
    "proxies: a misspelt scheme": ({"proxies": {"htps": "http://p:1"}}, "proxies: found 'htps', expected \"https\""),
    "proxies: a host": ({"proxies": {"api.direct.yandex.com": "http://p:1"}}, "proxies: found 'api.direct"),
    "proxies: an address": ({"proxies": "http://p:1"}, "proxies is a dict .*, not str"),
    "endpoint: a blank": ({"endpoint": " http://127.0.0.1:8080 "}, "endpoint is a root address"),
    "endpoint: a line's end": ({"endpoint": "http://127.0.0.1:8080\n"}, "endpoint is a root address"),
    "endpoint: an empty query": ({"endpoint": "http://127.0.0.1:8080?"}, "endpoint is a root address"),
    "endpoint: 50,000 paths": ({"endpoint": f"http://h{'a/v4/' * 50_000}\n\n"}, r"without the API's path '/v4/a/v4"),
    "endpoint: a path in capitals": ({"endpoint": "HTTPS://API.EXAMPLE/JSON/V5"}, "without the API's path '/JSON/V5'"),
}


@pytest.mark.parametrize(("settings", "words"), WRONG.values(), ids=WRONG)
def test_a_setting_of_another_kind_is_refused(settings: dict[str, Any], words: str) -> None:
    """A value of the wrong kind is reported with the setting's name, what was found, and what is expected."""
    with pytest.raises(ConfigurationError, match=words):
        Direct(TOKEN, **settings)


FITTING: dict[str, dict[str, Any]] = {
    "a proxy of a host": {"proxies": {"https://api.direct.yandex.com": "http://p:1"}},
    "a proxy of all": {"proxies": {"all": "http://p:1"}},
    "no proxy for some": {"proxies": {"https": "http://p:1", "no_proxy": "127.0.0.1"}},
    "whole seconds": {"timeout": (3, 30), "retry": Retry(wait_initial=1, timeout=60)},
    "False": {"sandbox": False, "strict": False, "use_operator_units": False},
}


@pytest.mark.parametrize("settings", FITTING.values(), ids=FITTING)
def test_a_setting_that_fits_is_taken(settings: dict[str, Any]) -> None:
    """What requests and the API take is not refused."""
    with Direct(TOKEN, **settings) as direct:
        assert "api.direct.yandex.com" in repr(direct)


@pytest.mark.parametrize("name", ["client_login", "sandbox", "token", "timeout"])
def test_a_setting_is_not_assigned(name: str) -> None:
    """An assignment would have no effect: the calls would go on to the account of before."""
    with Direct(TOKEN) as direct, pytest.raises(AttributeError, match=rf"use direct\.with_settings\({name}="):
        setattr(direct, name, "x")


def test_a_client_has_a_login() -> None:
    """with_client_login takes no None: the calls would go to the account of the token."""
    with Direct(TOKEN) as direct, pytest.raises(ConfigurationError, match="the login of a client, not None"):
        direct.with_client_login(None)  # type: ignore[arg-type]  # the mistake


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("YADIRECT_LOGIN", "YADIRECT_CLIENT_LOGIN"),
        ("YADIRECT_URL", "YADIRECT_ENDPOINT"),
        ("YADIRECT_CLIENTLOGIN", "YADIRECT_CLIENT_LOGIN"),
        ("YADIRECT_ENDPONT", "YADIRECT_ENDPOINT"),
    ],
)
def test_a_variable_of_another_name_is_refused(name: str, meant: str) -> None:
    """A variable that means one of ours is an error, unless that one is set too."""
    environ = {"YADIRECT_TOKEN": TOKEN, name: "http://127.0.0.1:8080"}
    with pytest.raises(ConfigurationError, match=rf"{name} is not .*did you mean {meant}\?"):
        Direct.from_env(environ)
    Direct.from_env(environ | {meant: "client" if "LOGIN" in meant else "http://127.0.0.1:8080"}).close()


@pytest.mark.parametrize("name", ["YADIRECT_STRICT", "YADIRECT_MAX_RESPONSE_BYTES"])
def test_a_variable_that_nothing_reads_is_refused(name: str) -> None:
    """A setting without a variable is not switched on by one, and a run that relies on it does not begin."""
    with pytest.raises(ConfigurationError, match=rf"{name} is not .*an argument of Direct"):
        Direct.from_env({"YADIRECT_TOKEN": TOKEN, name: "1"})


@pytest.mark.parametrize(
    "name", ["YADIRECT_LOGINS_FILE", "YADIRECT_CLIENT_LOGINS", "YADIRECT_OAUTH_CLIENT_ID", "YADIRECT_SANBOX_"]
)
def test_a_variable_of_the_user_is_left_alone(name: str) -> None:
    """A program may have variables of its own, and an empty variable is none."""
    Direct.from_env({"YADIRECT_TOKEN": TOKEN, name: "" if name.endswith("_") else "1"}).close()


def test_every_variable_in_the_code_is_known() -> None:
    """No variable that the package reads is taken for a misspelt one."""
    sources = Path(yadirect_soap.__file__).parent.rglob("*.py")
    names = {name for file in sources for name in re.findall(r"YADIRECT_[A-Z_]+[A-Z]", file.read_text("utf-8"))}
    names -= {"YADIRECT_SOAP_COMPLETE", "YADIRECT_SANBOX"}  # click's own; the mistake that a docstring shows
    assert names <= {*environment.ENVIRONMENT, *environment.OTHERS}


@pytest.mark.parametrize(("service", "operation"), [(None, "get"), ("ads", None), (5, 5), ("ads", [])])
def test_a_name_that_is_no_text_is_unknown(service: Any, operation: Any) -> None:
    """A service or an operation whose name is no text is reported as any unknown name."""
    with Direct(TOKEN) as direct, pytest.raises(UnknownNameError):
        direct.call(service, operation)


@pytest.mark.parametrize("definition", [["Date"], "Date", 5], ids=["a list", "a text", "a number"])
def test_a_definition_is_an_object(definition: Any) -> None:
    """What is no definition of a report is reported as params that do not fit."""
    with Direct(TOKEN) as direct, pytest.raises(InvalidParamsError, match=r"\$: found .*, expected a definition"):
        direct.reports.get(definition)
