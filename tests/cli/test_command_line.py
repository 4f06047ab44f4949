"""The command line as a whole: where options may stand, what help shows, what a mistake is told as."""

import json
import re
import stat
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete

from tests.cli.terminal import environment, run
from tests.client.servers import ScriptedServer, result
from yadirect_soap import Settings
from yadirect_soap.cli import main
from yadirect_soap.cli.command_types import Command, CommandGroup
from yadirect_soap.cli.commands import COMMANDS, COMPLETION, command_line

ROOT = command_line()
QUERY = '{"SelectionCriteria": {}, "FieldNames": ["Id"]}'
GET = ("call", "campaigns", "get", QUERY)
FOUND = result("campaigns.get", {"Campaigns": [{"Id": 1}]})
MORE = result("campaigns.get", {"Campaigns": [{"Id": 1}], "LimitedBy": 1})


def _contexts(group: CommandGroup, above: click.Context) -> Iterator[click.Context]:
    yield above
    for name in group.list_commands(above):
        command = group.get_command(above, name)
        assert command is not None
        context = click.Context(command, above, name)
        if isinstance(command, CommandGroup):
            yield from _contexts(command, context)
        else:
            yield context


CONTEXTS = list(_contexts(ROOT, click.Context(ROOT, info_name="yadirect-soap", **ROOT.context_settings)))


def _usage(arguments: Sequence[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What stderr has of a command line that exits with 2."""
    with pytest.raises(SystemExit) as exited:
        main(arguments)
    assert exited.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    return err


# --- help -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda context: context.command_path)
def test_output_names_the_format_everywhere(context: click.Context) -> None:
    """An option for a format is --output, whatever other name it has."""
    for parameter in context.command.params:
        assert "--format" not in parameter.opts or "--output" in parameter.opts


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda context: context.command_path)
def test_help_fits_a_terminal(context: click.Context) -> None:
    """No line of any help is longer than 80 characters, and no command is without a text."""
    text = context.get_help()
    assert [line for line in text.splitlines() if len(line) > 80] == []
    assert context.command.help


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda context: context.command_path)
def test_a_command_is_what_its_table_says(context: click.Context) -> None:
    """Each row of a table leads to the command of its name, which explains all of its parameters."""
    assert context.command.name == context.info_name
    assert isinstance(context.command, Command | CommandGroup)
    for parameter in context.command.get_params(context):
        record = parameter.get_help_record(context)
        assert record is not None
        assert record[1], parameter.name


@pytest.mark.parametrize("context", CONTEXTS, ids=lambda context: context.command_path)
def test_help_does_not_speak_of_python(context: click.Context) -> None:
    """Help has no values, keyword arguments, types and exceptions of Python, which a terminal does not have."""
    text = " ".join(context.get_help().split())
    assert re.findall(r"\b(?:None|True|False|Decimal|Timeouts|\w+Error)\b|\b\w+=True", text) == []


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    """--help has a line for each command."""
    with pytest.raises(SystemExit):
        main(["--help"])
    out = capsys.readouterr().out
    assert [name for name, row in COMMANDS.items() if f"  {name} " not in out or row.help not in out] == []


@pytest.mark.parametrize("arguments", [(), ("call",), ("report",), ("completion",)], ids=" ".join)
def test_without_arguments_there_is_help(arguments: Sequence[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A command that needs arguments and gets none shows its help on stderr, and exits with 2."""
    err = _usage(arguments, capsys)
    assert err.startswith(" ".join(("Usage: yadirect-soap", *arguments)))
    assert "Global options:" in err


@pytest.mark.parametrize(
    ("arguments", "usage"),
    [
        (("help",), "Usage: yadirect-soap [OPTIONS]"),
        (("help", "call"), "Usage: yadirect-soap call"),
        (("help", "contract", "diff"), "Usage: yadirect-soap contract diff"),
        (("contract", "help"), "Usage: yadirect-soap contract [OPTIONS]"),
        (("contract", "ads", "--help"), "Usage: yadirect-soap contract show"),
        (("contract", "-h"), "Usage: yadirect-soap contract [OPTIONS]"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_help_is_a_word_too(arguments: Sequence[str], usage: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`help` before a command is its --help."""
    with pytest.raises(SystemExit) as exited:
        main(arguments)
    assert exited.value.code == 0
    assert capsys.readouterr().out.startswith(usage)


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--help"], {"requests", "zeep", "lxml", "rich", "yadirect_soap.client", "yadirect_soap.protocol"}),
        (["call", "--help"], {"requests", "zeep", "lxml", "rich"}),
        (["emulator", "--help"], {"requests", "zeep", "lxml", "rich", "yadirect_soap.client"}),
    ],
    ids=["all commands", "call", "emulator"],
)
def test_help_imports_little(arguments: Sequence[str], unwanted: set[str]) -> None:
    """Help loads neither requests nor zeep, lxml and rich, and the list of commands loads none of them."""
    script = (
        "import sys\nfrom yadirect_soap.cli import main\n"
        f"try: main({list(arguments)!r})\nexcept SystemExit: pass\n"
        f"print(sorted(set(sys.modules) & {unwanted!r}), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment(), capture_output=True, encoding="utf-8", check=True
    )
    assert done.stderr == "[]\n"


def test_the_package_imports_no_terminal() -> None:
    """`import yadirect_soap` and its client load neither click nor rich."""
    script = "import sys, yadirect_soap; yadirect_soap.Direct; print({'click', 'rich'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment(), capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout == "set()\n"


# --- mistakes -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("cal", "ads", "get"), "no command 'cal'; did you mean 'call'?"),
        (("zzz",), "no command 'zzz'; there are demo, call,"),
        (("call", "ads", "get", "--client-logn", "x"), "Did you mean"),
        (("completion", "bahs"), "'bahs' is not one of 'bash', 'zsh', 'fish'"),
        (("emulator", "--no-seed", "--seed", "x.toml"), "--no-seed, --seed and --snapshot exclude each other"),
        (("call", "ads", "get", "--log-file"), "'--log-file' requires an argument"),
        (
            ("call", "ads", "get", "--token-file", ""),
            "'--token-file': it is empty; give a value or leave the option out",
        ),
        (("--log-file=", "units"), "'--log-file': it is empty"),
        (("report", "CUSTOM_REPORT", "--fields", "Date", "--filter", ""), "'--filter': it is empty"),
    ],
    ids=["command", "no command at all", "option", "choice", "excluded", "no value", "empty", "of all", "of several"],
)
def test_a_mistake_is_told_with_the_remedy(
    arguments: Sequence[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong with the arguments is one line below the usage, with the nearest name or the choices."""
    err = _usage(arguments, capsys)
    assert words in err.splitlines()[-1]
    assert "--help' for help" in err


# --- options anywhere -----------------------------------------------------------------------------------------

ANYWHERE = {
    "behind": (*GET, "--transport", "json", "-v", "--quiet"),
    "before": ("--transport", "json", "-v", "--quiet", *GET),
    "between": ("-v", "call", "--transport=json", "campaigns", "--quiet", "get", QUERY),
    "a value that is a command": ("--client-login", "call", "--transport", "json", "-v", "--quiet", *GET),
}


@pytest.mark.parametrize("arguments", ANYWHERE.values(), ids=ANYWHERE)
def test_options_stand_anywhere(arguments: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Options of a command and of all commands stand before its name, behind it, and among its arguments."""
    monkeypatch.setenv("YADIRECT_TOKEN", "secret")
    with ScriptedServer(result("campaigns.get", {"Campaigns": []}, wire="json")) as server:
        monkeypatch.setenv("YADIRECT_ENDPOINT", server.url)
        assert main(arguments) == 0
        assert server.received[0].path == "/json/v501/campaigns"


def test_quiet_leaves_notes_out(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """With --quiet a note is not told; an error is."""
    monkeypatch.setenv("YADIRECT_TOKEN", "secret")
    with ScriptedServer(MORE) as server:
        monkeypatch.setenv("YADIRECT_ENDPOINT", server.url)
        assert main(["--quiet", *GET]) == 0
        assert capsys.readouterr().err == ""
        assert main(["--quiet", *GET[:3], "{"]) == 2
        assert "text that is not JSON" in capsys.readouterr().err


def test_every_setting_with_an_option_is_one_of_a_call() -> None:
    """A call has the options that the fields of Settings name, with their help; --language is one of every command."""
    [call] = [context for context in CONTEXTS if context.info_name == "call"]
    options = {option.name: option for option in call.command.get_params(call) if isinstance(option, click.Option)}
    for name, about in Settings.table().items():
        if about.option:
            assert options[name].opts == [about.option]
            assert (about.option_help or about.help) in str(options[name].help) or name == "language"


# --- the log --------------------------------------------------------------------------------------------------


def _settings(server: ScriptedServer) -> dict[str, str]:
    return {"YADIRECT_TOKEN": "secret", "YADIRECT_ENDPOINT": server.url}


def test_a_log_goes_into_a_file_of_its_owner(tmp_path: Path) -> None:
    """--log-file appends a line for each call to a file that only its owner reads, and leaves stderr alone."""
    file = tmp_path / "calls.log"
    with ScriptedServer(FOUND) as server:
        done = [run(*GET, "--log-file", str(file), settings=_settings(server)) for _ in range(2)]
    assert [(one.returncode, one.stderr) for one in done] == [(0, "")] * 2
    assert file.read_text("utf-8").count("campaigns.get client=- status=200") == 2
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_log_is_lines_of_json() -> None:
    """With --log-format json each line of the log is an object with time, level, logger and message."""
    with ScriptedServer(FOUND) as server:
        done = run("-v", "--log-format", "json", *GET, settings=_settings(server))
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["level"] for line in lines] == ["INFO"]
    assert lines[0]["logger"] == "yadirect_soap"
    assert lines[0]["message"].startswith("campaigns.get client=- status=200")
    assert lines[0]["time"].endswith("+00:00")


def test_a_log_that_cannot_be_opened_sends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A --log-file that cannot be written exits with 2, names it, and nothing is sent."""
    monkeypatch.setenv("YADIRECT_TOKEN", "secret")
    with ScriptedServer(FOUND) as server:
        monkeypatch.setenv("YADIRECT_ENDPOINT", server.url)
        assert main([*GET, "--log-file", str(tmp_path / "missing" / "x.log")]) == 2
        assert server.received == []
    assert "x.log cannot be opened: No such file or directory" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that is always full")
def test_a_log_on_a_full_disk_stops_nothing() -> None:
    """The command is carried out, and one line says that the log has gaps."""
    with ScriptedServer(FOUND) as server:
        done = run(*GET, "--log-file", "/dev/full", settings=_settings(server))
    assert done.returncode == 0
    assert done.stderr == (
        "yadirect-soap: --log-file: /dev/full cannot be written: No space left on device; "
        "the command goes on, and the log has gaps\n"
    )


# --- completion -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_gets_its_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each shell has a script that asks this program by its variable."""
    assert main(["completion", shell]) == 0
    out = capsys.readouterr().out
    assert f"_YADIRECT_SOAP_COMPLETE={shell}_complete" in out
    assert "yadirect-soap" in out


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("yadirect-soap co", ["contract", "completion"]),
        ("yadirect-soap call --tr", ["--transport"]),
        ("yadirect-soap call ads get --transport ", ["soap", "json"]),
        ("yadirect-soap call negativek", ["negativekeywordsharedsets"]),
        ("yadirect-soap call ads mod", ["moderate"]),
        ("yadirect-soap contract ads sus", ["suspend"]),
        ("yadirect-soap contract reports cu", ["CUSTOM_REPORT"]),
        ("yadirect-soap report SEARCH", ["SEARCH_QUERY_PERFORMANCE_REPORT"]),
        ("yadirect-soap tables keywordb", ["keywordbids"]),
        ("yadirect-soap extract camp", ["campaigns"]),
        ("yadirect-soap contract re", ["reports", "refresh", "retargetinglists"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_shell_completes(words: str, expected: Sequence[str]) -> None:
    """Commands, options, choices, and names that the contract knows are completed."""
    *arguments, incomplete = words.split(" ")[1:]
    complete = ShellComplete(command_line(), {}, "yadirect-soap", COMPLETION)
    assert [item.value for item in complete.get_completions(arguments, incomplete)] == expected


def test_a_shell_completes_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind @ the names of files are completed; an option of a file leaves that to the shell."""
    (tmp_path / "query.json").touch()
    (tmp_path / "queries").mkdir()
    monkeypatch.chdir(tmp_path)
    complete = ShellComplete(command_line(), {}, "yadirect-soap", COMPLETION)
    params = complete.get_completions(["call", "ads", "get"], "@que")
    assert [item.value for item in params] == ["@queries/", "@query.json"]
    inside = complete.get_completions(["call", "ads", "get"], f"@{tmp_path}/q")
    assert [item.value for item in inside] == [f"@{tmp_path}/queries/", f"@{tmp_path}/query.json"]
    assert [item.type for item in complete.get_completions(["call", "ads", "get", "--out"], "")] == ["file"]


def test_a_process_completes(tmp_path: Path) -> None:
    """A shell's script gets the completions from a process of its own."""
    settings = {"_YADIRECT_SOAP_COMPLETE": "bash_complete", "COMP_WORDS": "yadirect-soap com", "COMP_CWORD": "1"}
    done = run(settings=settings)
    assert (done.stdout, done.stderr) == ("plain,completion\n", "")


def test_completion_is_silent_about_errors() -> None:
    """An error would stand in the line that the user types: a shell gets no completions, and no message."""
    settings = {"COMP_WORDS": "yadirect-soap call a", "COMP_CWORD": "2", "YADIRECT_WSDL": "/nonexistent"}
    done = run(settings={"_YADIRECT_SOAP_COMPLETE": "bash_complete", **settings})
    assert (done.stdout, done.stderr) == ("", "")


# --- settings -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--timeout", "soon"), "--timeout is a number of seconds, more than 0, not 'soon'"),
        (("--concurrency", "9"), "--concurrency is a whole number from 1 to 5, not 9"),
        (("--units-reserve", "2"), "--units-reserve is a share from 0 to 1, not 2.0"),
        (("--client-login", "a b"), "--client-login: not a login: 'a b'"),
        (("--language", "ru", "--endpoint", "nowhere"), "endpoint — корневой адрес"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_value_that_is_none_sends_nothing(
    arguments: Sequence[str], words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An option's text that is no value of its setting exits with 2 and names the option or the setting."""
    monkeypatch.setenv("YADIRECT_TOKEN", "secret")
    with ScriptedServer(FOUND) as server:
        monkeypatch.setenv("YADIRECT_ENDPOINT", server.url)
        assert main([*GET, *arguments]) == 2
        assert server.received == []
    assert words in capsys.readouterr().err


def test_a_variable_with_no_language_sends_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A language that the API does not have exits with 2, and the message names the variable and the languages."""
    monkeypatch.setenv("YADIRECT_TOKEN", "secret")
    monkeypatch.setenv("YADIRECT_LANGUAGE", "xx")
    with ScriptedServer(FOUND) as server:
        monkeypatch.setenv("YADIRECT_ENDPOINT", server.url)
        assert main(GET) == 2
        assert server.received == []
    assert capsys.readouterr().err == "yadirect-soap: YADIRECT_LANGUAGE is one of 'en', 'ru', 'tr', not 'xx'\n"


def test_an_option_of_the_agency_is_a_header(monkeypatch: pytest.MonkeyPatch) -> None:
    """--use-operator-units makes the agency pay."""
    monkeypatch.setenv("YADIRECT_TOKEN", "secret")
    with ScriptedServer(FOUND) as server:
        monkeypatch.setenv("YADIRECT_ENDPOINT", server.url)
        assert main([*GET, "--use-operator-units", "--timeout", "7.5"]) == 0
        assert server.received[0].headers["Use-Operator-Units"] == "true"
