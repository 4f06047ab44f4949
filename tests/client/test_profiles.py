"""Profiles: the settings of config.toml under those of the environment, and what a wrong file is told."""

import os
from pathlib import Path
from typing import Any

import pytest

from yadirect_soap import ConfigurationError, Direct, Retry

TOKEN = "token-of-the-file"


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The path of a configuration that does not exist yet, with a token file beside it."""
    token_file = tmp_path / "agency.token"
    token_file.touch(0o600)
    token_file.write_text(f"{TOKEN}\n")
    path = tmp_path / "config.toml"
    monkeypatch.setenv("YADIRECT_CONFIG", str(path))
    return path


def _authorization(direct: Direct) -> str:
    with direct:
        return direct.build_request("campaigns", "get", {"FieldNames": ["Id"]}).headers["Authorization"]


def test_a_profile_has_the_settings_that_have_a_variable(config: Path) -> None:
    """Texts, truth values, numbers and counts of a profile arrive as the settings that they are."""
    config.write_text(
        "[profiles.agency]\n"
        'token_file = "agency.token"\nclient_login = "some-client"\nsandbox = true\nlanguage = "ru"\n'
        "retry = 7\ntimeout = 12.5\nconcurrency = 3\nunits_reserve = 0.5\n"
    )
    direct = Direct.from_profile("agency")
    settings = direct.settings
    assert (settings.client_login, settings.sandbox, settings.language) == ("some-client", True, "ru")
    assert (settings.concurrency, settings.units_reserve) == (3, 0.5)
    assert isinstance(settings.retry, Retry)
    assert settings.retry.attempts == 8
    assert _authorization(direct) == f"Bearer {TOKEN}"


@pytest.mark.parametrize(
    ("variables", "given", "language"),
    [
        ({}, {}, "ru"),
        ({"YADIRECT_LANGUAGE": "en"}, {}, "en"),
        ({"YADIRECT_LANGUAGE": "ru"}, {"language": "en"}, "en"),
        ({}, {"language": "en"}, "en"),
    ],
    ids=["profile", "environment over profile", "argument over environment", "argument over profile"],
)
def test_precedence(config: Path, variables: dict[str, str], given: dict[str, Any], language: str) -> None:
    """What a program gives counts before the environment, the environment before the profile."""
    config.write_text('[profiles.agency]\ntoken_file = "agency.token"\nlanguage = "ru"\n')
    environ = {"YADIRECT_CONFIG": str(config), "YADIRECT_PROFILE": "agency", **variables}
    with Direct.from_env(environ, **given) as direct:
        assert direct.settings.language == language


def test_settings_without_a_token(config: Path) -> None:
    """settings_from_env gives the settings that from_env would use, and opens no file of a token."""
    config.write_text('[profiles.default]\ntoken_file = "nowhere"\nlanguage = "ru"\nmoney = "decimal"\n')
    environ = {"YADIRECT_CONFIG": str(config), "YADIRECT_LANGUAGE": "tr"}
    assert Direct.settings_from_env(environ, wsdl="w") == {"wsdl": "w", "language": "tr", "money": "decimal"}
    assert Direct.settings_from_env({**environ, "YADIRECT_TOKEN": "t"}) == {"language": "tr", "token": "t"}


def test_from_profile_reads_no_other_variable(config: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A profile that the program names is not mixed with the environment, whose token may be of another account."""
    config.write_text('[profiles.agency]\ntoken_file = "agency.token"\n')
    monkeypatch.setenv("YADIRECT_TOKEN", "another-token")
    monkeypatch.setenv("YADIRECT_LANGUAGE", "ru")
    direct = Direct.from_profile("agency")
    assert direct.settings.language == "en"
    assert _authorization(direct) == f"Bearer {TOKEN}"


def test_two_tokens_are_refused(config: Path) -> None:
    """A named profile with a token, beside YADIRECT_TOKEN, is refused: the calls could go to the wrong account."""
    config.write_text('[profiles.agency]\ntoken_file = "agency.token"\n[profiles.plain]\nlanguage = "ru"\n')
    environ = {"YADIRECT_CONFIG": str(config), "YADIRECT_TOKEN": "another-token"}
    with pytest.raises(ConfigurationError, match="two tokens: YADIRECT_TOKEN is set, and profile 'agency'") as refused:
        Direct.from_env(environ, profile="agency")
    assert "another-token" not in str(refused.value)
    assert _authorization(Direct.from_env(environ, profile="plain")) == "Bearer another-token"
    assert _authorization(Direct.from_env({**environ, "YADIRECT_PROFILE": "agency"})) == "Bearer another-token"


def test_the_default_profile(config: Path) -> None:
    """Without a token and without a name the profile "default" is used, and nothing of it beside a token."""
    config.write_text('[profiles.default]\ntoken_file = "agency.token"\nlanguage = "ru"\n')
    environ = {"YADIRECT_CONFIG": str(config)}
    assert _authorization(Direct.from_env(environ)) == f"Bearer {TOKEN}"
    with Direct.from_env({**environ, "YADIRECT_TOKEN": "t"}) as direct:
        assert direct.settings.language == "en"


SECRET = "y0_AgAAAABsecret-token1234567890"
WRONG = {
    "unknown setting": ('[profiles.a]\nlangauge = "ru"', "line 2: profiles.a.langauge: a profile has no such setting"),
    "nearest setting": ('[profiles.a]\nlangauge = "ru"', "did you mean 'language'"),
    "alias": ('[profiles.a]\nlogin = "x"', "did you mean 'client_login'"),
    "text for a truth value": ('[profiles.a]\n\nsandbox = "yes"', "line 3: profiles.a.sandbox: found 'yes'"),
    "number for a text": (
        "[profiles.a]\nclient_login = 5",
        "profiles.a.client_login: found 5, expected a text",
    ),
    "truth value for a number": ("[profiles.a]\nretry = true", "line 2: profiles.a.retry: found True, expected"),
    "value that does not fit": ('[profiles.a]\nmoney = "cents"', "line 2: profiles.a.money: money is one of"),
    "a list": ("[profiles.a]\nlanguage = [\n'ru']", "line 2: profiles.a.language: found"),
    "token": ('[profiles.a]\ntoken = "secret-token"', "line 2: profiles.a.token: a token does not belong here"),
    "an endpoint that is no address": (
        '[profiles.a]\n\nendpoint = "localhost"',
        "line 3: profiles.a.endpoint: endpoint is a root address like http://127.0.0.1:8080, not 'localhost'",
    ),
    "an endpoint with a path": (
        '[profiles.a]\nendpoint = "http://127.0.0.1:1/v5"',
        "line 2: profiles.a.endpoint: endpoint is the address without the API's path",
    ),
    "a folder without WSDLs": (
        '[profiles.a]\nwsdl = "nowhere"\ntoken_file = "agency.token"',
        "line 2: profiles.a.wsdl: no .wsdl files in nowhere",
    ),
    "a token as a setting": (
        f'[profiles.a]\n{SECRET} = "token"',
        "line 2: profiles.a.***: a token does not belong here",
    ),
    "a token as a table": (f'{SECRET} = "token"', "line 1: found '***', expected tables"),
    "a token as a profile": (f"[profiles]\n{SECRET} = 1", "line 2: profiles.***: found 1, expected a table"),
    "a setting of a token": (f"[profiles.{SECRET}]\nx = 1\n[profiles.a]\nx = 1", "line 4: profiles.a.x: "),
    "a token in place of a profile": (f'[profiles]\na = "{SECRET}"', "line 2: profiles.a: found '***'"),
    "a token in place of its file": (
        f'[profiles.a]\ntoken_file = "{SECRET}"',
        "line 2: profiles.a.token_file: found '***', expected the path of a file",
    ),
    "misspelt token": ('[profiles.a]\nTokn = "secret-token"', "line 2: profiles.a.Tokn: a token does not belong here"),
    "list of secrets": (
        '[profiles.a]\nproxies = ["http://user:secret-token@proxy:1"]',
        "line 2: profiles.a.proxies: found a list, expected a text",
    ),
    "no path": ('[profiles.a]\ntoken_file = "a\\u0000b"', "line 2: profiles.a.token_file: found 'a\\x00b'"),
    "no seconds": ("[profiles.a]\ntimeout = nan", "line 2: profiles.a.timeout: timeout is a number of seconds"),
    "token file is no text": ("[profiles.a]\ntoken_file = 1", "line 2: profiles.a.token_file: found 1"),
    "token file is missing": ('[profiles.a]\ntoken_file = "nowhere"', "nowhere cannot be read"),
    "other table": ("[profile.a]\nx = 1", "line 1: found 'profile', expected tables like"),
    "profiles is no table": ("profiles = 1", "line 1: profiles: expected tables"),
    "profile is no table": ("[profiles]\na = 1", "line 2: profiles.a: found 1, expected a table"),
    "no TOML": ("[profiles.a]\nx = = 1", "it is not TOML"),
    "no text": ("\udcff", "is not text in UTF-8"),
    "name": ('[profiles."../a"]\n', "profile: found '../a'"),
    "quoted name": ('[profiles."b"]\n[ profiles . "a" ] # two\nsandbox = 1', "line 3: profiles.a.sandbox: found 1"),
}


@pytest.mark.parametrize(("text", "words"), WRONG.values(), ids=WRONG)
def test_a_wrong_file_is_named_with_its_line(config: Path, text: str, words: str) -> None:
    """A mistake in the file is one error that names the file, the line and the key, and shows no secret."""
    config.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ConfigurationError) as refused:
        Direct.from_profile("a")
    assert words in str(refused.value)
    assert "secret-token" not in str(refused.value)


def test_a_missing_profile(config: Path) -> None:
    """A profile that does not exist is named with the nearest one and with what to do."""
    config.write_text("[profiles.agency]\n")
    with pytest.raises(ConfigurationError, match=r"no profile 'agncy' .*did you mean 'agency'.*auth login"):
        Direct.from_profile("agncy")
    with pytest.raises(ConfigurationError, match=r"profile: found '\.\./x'"):
        Direct.from_profile("../x")
    with pytest.raises(ConfigurationError, match="profile 'agency' has no token"):
        Direct.from_profile("agency")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660], ids=oct)
def test_a_token_file_that_others_can_read_is_refused(config: Path, mode: int) -> None:
    """As ssh does: the file is named with its mode and with the command that mends it, and its token is not used."""
    config.write_text('[profiles.agency]\ntoken_file = "agency.token"\n')
    (config.parent / "agency.token").chmod(mode)
    with pytest.raises(ConfigurationError, match=rf"mode {mode:04o}, expected 0600.*chmod 600") as refused:
        Direct.from_profile("agency")
    assert TOKEN not in str(refused.value)


def test_a_configuration_that_anybody_can_write_is_refused(config: Path) -> None:
    """Its endpoint decides where the token goes: as with ssh, such a file is not used."""
    config.write_text('[profiles.agency]\ntoken_file = "agency.token"\n')
    config.chmod(0o666)
    with pytest.raises(ConfigurationError, match=r"all users can write it \(mode 0666\): run `chmod 644"):
        Direct.from_profile("agency")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file away")
def test_a_file_of_another_user_is_refused(config: Path) -> None:
    """A configuration or a token file that another user owns, who can change it at any time, is not used."""
    config.write_text('[profiles.agency]\ntoken_file = "agency.token"\n')
    for file in (config.parent / "agency.token", config):
        os.chown(file, 65_534, -1)
        with pytest.raises(ConfigurationError, match=rf"{file.name} .*belongs to another user"):
            Direct.from_profile("agency")
