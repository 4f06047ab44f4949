"""`yadirect-soap units`: shows the units that are left per login, and what a plan of calls would cost."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from yadirect_soap import ApiError, ConfigurationError, InvalidParamsError, UnknownNameError, Violation
from yadirect_soap.comma_lists import split_at_commas
from yadirect_soap.language import _, composed, in_words, ngettext, spoken

from . import client_options, output, params, progress, result_formats
from .command_types import command, option

if TYPE_CHECKING:
    from yadirect_soap import Direct

_FORMATS = ("table", "json", "jsonl", "csv")
_COLUMNS = (("Login",), ("Payer",), ("Left",), ("Limit",), ("Spent",))
_CONCURRENCY = 5
"""The number of concurrent calls; each client has its own limit."""
_EXAMPLES = """\b
Examples:
  yadirect-soap units
  yadirect-soap units --clients all --output csv > units.csv
  yadirect-soap units --plan calls.jsonl
A plan has a call a line:
  {"service": "ads", "operation": "update", "params": {...}}
"""


@command("units", epilog=_EXAMPLES)
@option("--clients", metavar="all|A,B", help="all clients of an agency, or these logins (default: one login)")
@option(
    "--plan", metavar="FILE", help="also show the least and the most units that the calls in this file cost; - is stdin"
)
@option(
    "--output", "format", type=click.Choice(["table", "json", "jsonl", "csv"]), default="table", help="default: table"
)
@client_options.add
def units(clients: str | None, plan: str | None, format: str, **options: Any) -> int:
    """Show how many units are left of the daily limit, and who pays.

    It makes one call of dictionaries.get per login, which costs 1 unit. A client that the API refuses is named on
    stderr, and the exit code is then 1.
    """
    from yadirect_soap import Direct

    with output.to(output.STDOUT) as write:
        with Direct.from_env(**client_options.settings(options)) as direct, progress.Lines() as lines:
            planned = params.each_line(plan, partial(_call_cost, direct)) if plan else None
            outcomes = list(_rows(direct, _logins(direct, clients), lines))
        rows = [outcome for outcome in outcomes if not isinstance(outcome, ApiError)]
        cost = {} if planned is None else _plan_columns(planned)
        columns = [*_COLUMNS, *((name,) for name in cost)]
        for line in result_formats.lines(format, [row | cost for row in rows], columns, is_shown=True):
            write(line)
    refusals = [outcome for outcome in outcomes if isinstance(outcome, ApiError)]
    for refusal in refusals:
        print(f"yadirect-soap: {spoken(in_words(refusal))}", file=sys.stderr)
    if planned is not None:
        _note_plan_cost(planned, rows)
    return int(bool(refusals))


def _logins(direct: "Direct", clients: str | None) -> list[str | None]:
    """Returns the logins whose units are shown; None is the login of the settings."""
    if clients is None:
        return [None]
    if clients != "all":
        logins = dict.fromkeys(split_at_commas(clients))
        if not logins:
            raise ConfigurationError(_("--clients: found no login, expected all, or logins with commas between them"))
        return list(logins)
    clients_of_agency = direct.items(
        "agencyclients", "get", {"SelectionCriteria": {"Archived": "NO"}, "FieldNames": ["Login"]}
    )
    return [client["Login"] for client in clients_of_agency]


def _rows(direct: "Direct", logins: list[str | None], lines: progress.Lines) -> Iterator[dict[str, Any] | ApiError]:
    """Yields a row for each login, or the API's error; without --clients, the error is raised."""

    def row_or_error(login: str | None) -> dict[str, Any] | ApiError:
        try:
            return _row(direct, login)
        except ApiError as error:
            if login is None:
                raise
            return error

    pool = ThreadPoolExecutor(_CONCURRENCY)
    try:
        for count, row in enumerate(pool.map(row_or_error, logins), 1):
            lines.show(
                "units", _("{done:,} of {total:,}", done=count, total=len(logins)), done=count, total=len(logins)
            )
            yield row
    finally:
        pool.shutdown(cancel_futures=True)


def _row(direct: "Direct", login: str | None) -> dict[str, Any]:
    client = direct if login is None else direct.with_client_login(login)
    balance = client.call("dictionaries", "get", {"DictionaryNames": ["Constants"]}).units
    if balance is None:
        raise ConfigurationError(_("the response has no header Units: is the endpoint the API's?"))
    who = {"Login": login or balance.login, "Payer": balance.login}
    return {**who, "Left": balance.left, "Limit": balance.limit, "Spent": balance.spent}


# --- a plan ---------------------------------------------------------------------------------------------------


def _call_cost(direct: "Direct", call: Mapping[str, Any]) -> tuple[int, int]:
    """Returns the minimum and maximum cost of a call of a plan; the params are checked as before sending.

    Raises:
        InvalidParamsError: The call is wrong, or the documentation has no price of it.
    """
    from yadirect_soap.protocol import estimate, facts
    from yadirect_soap.protocol.json import type_in_words

    service, name, values = _text(call, "service"), _text(call, "operation"), call.get("params", {})
    try:
        operation = direct.contract.operation(service, name)
    except UnknownNameError as error:
        raise InvalidParamsError([Violation("$", error.args[0], _("an operation of the contract"))]) from None
    if not isinstance(values, Mapping):
        raise InvalidParamsError([Violation("$.params", type_in_words(values), _("a JSON object"))])
    direct.build_request(operation.service, operation.name, values)
    try:
        price = estimate.estimate(operation, values, facts.bundled())
    except KeyError:
        expected = _("an operation whose price the documentation has")
        raise InvalidParamsError([Violation("$.operation", operation.key, expected)]) from None
    return price.units, price.max_units


def _text(call: Mapping[str, Any], name: str) -> str:
    text = call.get(name)
    if not isinstance(text, str):
        expected = composed("{example}", example='{"service": "ads", "operation": "update", "params": {...}}')
        raise InvalidParamsError([Violation(f"$.{name}", _("no {name}", name=name), expected)])
    return text


def _plan_columns(planned: Sequence[tuple[int, int]]) -> dict[str, int]:
    """Returns the columns that a plan adds: its minimum and maximum cost in units."""
    return {"PlanMin": sum(call[0] for call in planned), "PlanMax": sum(call[1] for call in planned)}


def _note_plan_cost(planned: Sequence[tuple[int, int]], rows: Iterable[Mapping[str, Any]]) -> None:
    """Prints to stderr what the plan costs, and which logins have too few units."""
    from . import notices

    lowest, highest = _plan_columns(planned).values()
    cost: str = composed("{units:,}", units=lowest)
    if lowest != highest:
        cost = _("{lowest:,} to {highest:,}", lowest=lowest, highest=highest)
    calls = ngettext("{count:,} call", "{count:,} calls", len(planned))
    notices.note(_("the plan of {calls} costs {cost} units", calls=calls, cost=cost))
    for row in rows:
        if row["Left"] < highest:
            login_units = {"login": row["Login"], "units": row["Left"]}
            if row["Left"] >= lowest:
                notices.note(_("{login}: {units:,} units are left, which may not suffice", **login_units))
            else:
                notices.note(_("{login}: {units:,} units are left, which do not suffice", **login_units))
