"""The language of the terminal: who chooses it, that all of the help has it, and that mistakes are told in it."""

import contextlib
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click
import pytest

from tests.cli.terminal import run
from tests.client.servers import ScriptedServer, fault
from yadirect_soap import Settings
from yadirect_soap.cli import main, terminal_language
from yadirect_soap.cli.command_types import CommandGroup
from yadirect_soap.cli.commands import command_line
from yadirect_soap.cli.global_options import OPTIONS

RUSSIAN = {"LANG": "ru_RU.UTF-8", "LANGUAGE": ""}
CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)

# Names that stand as they are in Russian too: of the API, of formats, of programs.
NAMES = re.compile(
    r"""'[^']*'|`[^`]*`|«[^»]*»|https?://\S+|\([^()]*\)|\[[^]]*\]|\{[^}]*\}|--?[A-Za-z][\w-]*|[\w.:/*@=-]*[A-Z_./:=][\w.:/*@=-]*"""
)
PHRASE = re.compile(r"\b[a-z]{2,}\b(?:[ ,;]+\b[a-z]{2,}\b){2,}")
"""Three English words in a row."""
COMMAND = re.compile(r"(Использование:)? +(yadirect-soap|bash|zsh|fish|xmllint|--|>) ?")
"""A line that is a command, and no text."""


def _commands(group: CommandGroup, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield above
    for name, row in group.rows.items():
        command = group.get_command(click.Context(group), name)
        if isinstance(command, CommandGroup):
            yield from _commands(command, (*above, name))
        elif row.help:
            yield (*above, name)


@pytest.fixture(autouse=True)
def russian(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Russian locale."""
    for name, value in RUSSIAN.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.delenv("LC_MESSAGES", raising=False)


def _told(arguments: Sequence[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What a command that ends with an error says on stderr."""
    code: int | str | None
    try:
        code = main(arguments)
    except SystemExit as exited:
        code = exited.code
    assert code
    return capsys.readouterr().err


@pytest.mark.parametrize("command", list(_commands(command_line())), ids=" ".join)
def test_help_is_russian(command: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """No help of any command has an English phrase, and each of its lines fits a terminal."""
    with pytest.raises(SystemExit) as exited:
        main([*command, "--help"])
    assert exited.value.code == 0
    text = capsys.readouterr().out
    lines = [line for line in text.splitlines() if not COMMAND.match(line)]
    assert [line for line in lines if PHRASE.search(NAMES.sub("", line))] == []
    assert [line for line in text.splitlines() if len(line) > 80] == []
    assert text.startswith("Использование: yadirect-soap")


MISTAKES: Mapping[str, tuple[list[str], str, str]] = {
    "no such command": (["cal"], "нет команды 'cal'; может быть, 'call'?", "no command 'cal'; did you mean 'call'?"),
    "no such option": (["units", "--plna", "x"], "Нет параметра", "No such option"),
    "no value": (["units", "--plan"], "Параметру '--plan' нужно значение.", "Option '--plan' requires an argument."),
    "an empty value": (["units", "--plan", ""], "значение пустое; задайте его", "it is empty; give a value"),
    "not a choice": (["units", "--output", "xml"], "'xml' не из списка: ", "'xml' is not one of "),
    "not a number": (
        ["gateway", "--threads", "x"],
        "'x'; ожидается целое число от 1 до 1000",
        "found 'x', expected a whole number from 1 to 1000",
    ),
    "a number that is too small": (
        ["bulk", "run", "x.jsonl", "--budget", "-1"],
        "'--budget': '-1'; ожидается целое число, 0 или больше",
        "'--budget': found '-1', expected a whole number, 0 or more",
    ),
    "not a finite number": (
        ["report", "CUSTOM_REPORT", "--deadline", "nan"],
        "'nan'; ожидается число, 0 или больше",
        "found 'nan', expected a number, 0 or more",
    ),
    "not a day": (
        ["contract", "changes", "--since", "31.05.2026"],
        "'31.05.2026'; ожидается день, например 2026-05-31",
        "found '31.05.2026', expected a day like 2026-05-31",
    ),
    "too many words": (["units", "x"], "Лишний аргумент (x)", "Got unexpected extra argument (x)"),
    "an option is required": (["archive", "prune"], "Не указан параметр", "Missing option"),
    "no such service": (["contract", "ad"], "нет сервиса 'ad'; может быть, 'ads'?", "no service 'ad'; did you mean"),
    "no such file": (
        ["call", "ads", "get", "@no.json"],
        "no.json нельзя прочитать: нет такого файла или папки",
        "no.json cannot be read: No such file or directory",
    ),
    "no JSON": (
        ["call", "ads", "get", "{"],
        "$: текст, который не является JSON",
        "$: found text that is not JSON",
    ),
    "a column without a member": (
        ["call", "ads", "get", "--columns", "Ids"],
        "--columns: ads.get не возвращает Ids; может быть, 'Id'?",
        "--columns: ads.get does not return Ids; did you mean 'Id'?",
    ),
    "a wrong setting": (
        ["call", "ads", "get", "{}", "--concurrency", "9"],
        "--concurrency — целое число от 1 до 5, а не 9",
        "--concurrency is a whole number from 1 to 5, not 9",
    ),
    "params that do not fit": (
        ["call", "ads", "get", '{"FieldNames": "Id"}', "--show-request"],
        "$.FieldNames: 'Id' (str); ожидается список ads:AdFieldEnum",
        "$.FieldNames: found 'Id' (str), expected a list of ads:AdFieldEnum",
    ),
    "no journal": (["bulk", "status", "no.db"], "no.db: нет такого журнала", "no.db: no such journal"),
    "no such table": (["tables", "adz"], "нет таблицы 'adz'", "no table 'adz'"),
    "no seed": (
        ["emulator", "--seed", "SEED"],
        "$.accounts[0].zzz: неизвестно\n  $.accounts[0].login: 5 (int); ожидается текст",
        "$.accounts[0].zzz: unknown\n  $.accounts[0].login: found 5 (int), expected a text",
    ),
    "no JSON in a seed": (
        ["emulator", "--seed", "BROKEN"],
        "текст, который не является JSON (",
        "text that is not JSON (",
    ),
    "no WSDL": (
        ["contract", "diff", "--from", "WSDLS"],
        "ads.wsdl: строка 1: x — такого в описаниях этого API не бывает",
        "ads.wsdl: line 1: x is outside what descriptions of this API are made of",
    ),
    "no token": (["units"], "нет токена: задайте YADIRECT_TOKEN", "no token: set YADIRECT_TOKEN"),
}


@pytest.mark.parametrize(("arguments", "russian_text", "english_text"), MISTAKES.values(), ids=MISTAKES)
def test_mistakes_are_told_in_the_language(
    arguments: list[str],
    russian_text: str,
    english_text: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The same mistake is told in Russian on a Russian terminal, and in English with --language en."""
    seed = tmp_path / "seed.json"
    seed.write_text('{"accounts": [{"login": 5, "zzz": 1}]}', "utf-8")
    (tmp_path / "broken.json").write_text("{", "utf-8")
    (tmp_path / "ads.wsdl").write_text("<x/>", "utf-8")
    paths = {"SEED": str(seed), "BROKEN": str(tmp_path / "broken.json"), "WSDLS": str(tmp_path)}
    words = [paths.get(word, word) for word in arguments]
    assert russian_text in _told(words, capsys)
    assert english_text in _told(["--language", "en", *words], capsys)


SHOWN: Mapping[str, tuple[list[str], str]] = {
    "an operation": (["contract", "keywordbids", "set"], "  лимит       не больше "),
    "the params of an operation": (["contract", "ads", "get", "--depth", "2"], "(список, обязательно"),
    "types of reports": (["contract", "reports"], "никогда не строится онлайн"),
    "a type of reports": (["contract", "reports", "CUSTOM_REPORT"], "CUSTOM_REPORT: не больше 1\xa0000\xa0000 строк"),
    "changes of the API": (["contract", "changes"], "  источник: "),
    "remarks of a skeleton": (["contract", "ads", "add", "--skeleton", "--yaml"], "# обязательно"),
    "a document without an envelope": (["xml", "validate", "DOCUMENT"], ":1: байты, которые не являются XML"),
}


@pytest.mark.parametrize(("arguments", "text"), SHOWN.values(), ids=SHOWN)
def test_what_is_shown_is_russian(
    arguments: list[str], text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What commands of the contract print has the words of the language too, beside the names of the API."""
    document = tmp_path / "request.xml"
    document.write_text("<Envelope", "utf-8")
    with contextlib.suppress(SystemExit):
        main([word.replace("DOCUMENT", str(document)) for word in arguments])
    assert text in capsys.readouterr().out


CHOICES: Mapping[str, tuple[list[str], dict[str, str], str]] = {
    "the locale": (["units"], {"LANG": "ru_RU.UTF-8"}, "ru"),
    "the setting before the locale": (["units"], {"LANG": "ru_RU.UTF-8", "YADIRECT_LANGUAGE": "en"}, "en"),
    "the option before the setting": (["units", "--language", "ru"], {"YADIRECT_LANGUAGE": "en"}, "ru"),
    "with an equals sign": (["--language=ru", "units"], {}, "ru"),
    "the last of two": (["--language=ru", "units", "--language", "en"], {}, "en"),
    "behind the words of a command": (["call", "--", "--language", "ru"], {}, "en"),
    "without its value": (["units", "--language"], {}, "en"),
    "Turkish has no catalogue": (["units", "--language", "tr"], {"LANG": "ru_RU.UTF-8"}, "en"),
    "nothing": (["units"], {}, "en"),
}


@pytest.mark.parametrize(("arguments", "environ", "language"), CHOICES.values(), ids=CHOICES)
def test_who_chooses_the_language(arguments: list[str], environ: dict[str, str], language: str) -> None:
    """The option counts before YADIRECT_LANGUAGE, and that before the locale."""
    assert terminal_language.choose(arguments, environ) == language


def test_the_option_has_the_languages_of_the_setting() -> None:
    """--language takes what the setting takes."""
    option = next(option for option in OPTIONS if option.name == "language")
    assert isinstance(option.type, click.Choice)
    assert tuple(option.type.choices) == Settings.table()["language"].choices


def test_the_locale_leaves_the_api_alone(capsys: pytest.CaptureFixture[str]) -> None:
    """A Russian terminal does not change Accept-Language; --language does, in every place of the command line."""
    show = ["call", "campaigns", "get", '{"SelectionCriteria": {}, "FieldNames": ["Id"]}', "--show-request"]
    headers = []
    for arguments in (show, [*show, "--language", "ru"], ["--language", "ru", *show]):
        assert main(arguments) == 0
        headers.append(re.findall("Accept-Language: (.*)", capsys.readouterr().out))
    assert headers == [["en"], ["ru"], ["ru"]]


def test_a_program_that_calls_main_keeps_its_environment(capsys: pytest.CaptureFixture[str]) -> None:
    """After a Russian command the language of the process is what it was."""
    before = dict(os.environ)
    _told(["cal"], capsys)
    assert dict(os.environ) == before
    assert click.UsageError("x").format_message() == "x"
    context = click.Context(click.Command("c"), info_name="c")
    assert context.get_usage().startswith("Usage:")


def test_results_are_the_same_in_every_language(capsys: pytest.CaptureFixture[str]) -> None:
    """JSON and the lines of a table do not depend on the language."""
    outputs = []
    for language in ("en", "ru"):
        assert main(["tables", "--output", "json", "--language", language]) == 0
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1]
    assert json.loads(outputs[0])


def test_advice_has_the_language_of_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a Russian terminal the advice for an error of the API is Russian, whatever language the API was asked for."""
    query = '{"SelectionCriteria": {}, "FieldNames": ["Id"]}'
    monkeypatch.setenv("YADIRECT_TOKEN", "t")
    with ScriptedServer(fault(53)) as server:
        monkeypatch.setenv("YADIRECT_ENDPOINT", server.url)
        told = _told(["call", "campaigns", "get", query], capsys)
        assert server.received[0].headers["Accept-Language"] == "en"
        assert "yadirect-soap: campaigns.get: ошибка 53: " in told
        assert "токен неверен, истёк или отозван" in told
        assert "the token is wrong" in _told(["call", "campaigns", "get", query, "--language", "en"], capsys)


def test_a_terminal_without_cyrillic_gets_escapes(tmp_path: Path) -> None:
    """A stream in ASCII shows Russian letters as escapes, and the command does not fail for them."""
    done = run("cal", settings={**RUSSIAN, "PYTHONIOENCODING": "ascii:strict"})
    assert done.returncode == 2
    assert CYRILLIC.search(done.stderr) or "\\u" in done.stderr
    assert run("cal", settings={**RUSSIAN, "LC_ALL": "C", "PYTHONIOENCODING": ""}).stderr.isascii()
