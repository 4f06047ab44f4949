"""The steps of script.py with the commands of direct-cli, over JSON: one JSON line a step."""

import json
import re
import sys
from typing import Any

import click
from click.testing import CliRunner, Result
from direct_cli._vendor.tapi_yandex_direct import tapi_yandex_direct as transport
from direct_cli.cli import cli

ONE = "700000001"
FIELDS = "Id,Name,StartDate,EndDate,DailyBudget,NegativeKeywords"


def direct(command: str, *options: str, token: str = "demo-token") -> Result:
    """What a command of the terminal prints."""
    return CliRunner().invoke(cli, ["--token", token, "--locale", "en", "campaigns", command, *options])


def tell(step: str, result: Any) -> None:
    """Prints a step."""
    print(json.dumps({"step": step, "result": result}, ensure_ascii=False))


def read_campaigns(*options: str) -> Any:
    """The campaigns that get prints."""
    return json.loads(direct("get", "--format", "json", *options).stdout)


def outcome(command: str, *options: str) -> Any:
    """What became of the campaign that a command is about; an error is a text for the reader."""
    done = direct(command, *options)
    if done.exit_code == 0:
        return json.loads(done.stdout)[0]
    match = re.search(r"Error (?P<Code>\d+): (?P<Message>.*?)\. Details: (?P<Details>.*)", click.unstyle(done.output))
    assert match, done.output
    return {"Errors": [match.groupdict()]}


def refused(done: Result) -> dict[str, str]:
    """What a refusal says."""
    match = re.search(
        r"error_code=(?P<code>\d+), error_string=(?P<text>.*), error_detail=(?P<detail>.*)", click.unstyle(done.output)
    )
    assert match, done.output
    return match.groupdict()


def main(address: str) -> None:
    """Takes the steps; a command is about one campaign, so that several commands make a step."""
    transport.get_direct_api_root = lambda *_, **__: f"{address}/"
    id_options = ["--ids", ONE, "--fields"]
    tell("get", {"Campaigns": read_campaigns(*id_options, FIELDS, "--text-campaign-field-names", "Settings")})
    new = [["--name", "Скамейки & <столы>", "--start-date", "2026-10-01"]]
    new.append(["--name", "Прошлогодняя", "--start-date", "2025-10-01"])
    added = [outcome("add", *options) for options in new]
    tell("add", added)
    renamed = [["--id", ONE, "--name", "Новая"], ["--id", "1", "--name", "Нет такой"]]
    tell("update", [outcome("update", *options) for options in renamed])
    tell("clear", {"Campaigns": read_campaigns(*id_options, "Id,Name,DailyBudget")})
    tell("delete", [outcome("delete", "--id", str(key)) for key in (added[0]["Id"], 1)])
    tell("fault", refused(direct("get", "--limit", "10001", "--fields", "Id")))
    tell("token", refused(direct("get", "--fields", "Id", token="nobodys")))
    tell("pages", [campaign["Id"] for campaign in read_campaigns("--fields", "Id", "--limit", "3", "--fetch-all")])


if __name__ == "__main__":
    main(sys.argv[1])
