"""The definition of a report from the words of a command line."""

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from yadirect_soap import ConfigurationError, DateRange

from . import contract_arguments
from .command_types import Decorated, argument, option
from .streams import argument_text

_FILTER = re.compile(r"\s*([A-Za-z]+)\s*([!=<>]+|\bnot in\b|\bin\b|\b[A-Z_]{2,}\b)\s*+(.*)")
_LAST = re.compile(r"([1-9][0-9]{0,3})([dw])")
_OPERATORS: Mapping[str, str] = MappingProxyType(
    {
        "=": "EQUALS",
        "!=": "NOT_EQUALS",
        "<": "LESS_THAN",
        ">": "GREATER_THAN",
        "in": "IN",
        "not in": "NOT_IN",
    }
)
_LISTS = frozenset({"IN", "NOT_IN", "STARTS_WITH_ANY_IGNORE_CASE", "DOES_NOT_START_WITH_ALL_IGNORE_CASE"})


_SECTION = "What is asked for"
_OPTIONS = (
    option("--fields", section=_SECTION, required=True, metavar="A,B,...", help="the columns, in this order"),
    option("--last", section=_SECTION, metavar="N", help="the last N days (30d) or weeks (4w) before today"),
    option("--range", section=_SECTION, metavar="NAME", help="a range of the API, such as LAST_MONTH or AUTO"),
    option("--from", "first", section=_SECTION, metavar="DATE", help="the first day, such as 2026-05-01"),
    option("--to", "last_day", section=_SECTION, metavar="DATE", help="the last day (default: the first)"),
    option(
        "--filter",
        "filters",
        section=_SECTION,
        multiple=True,
        metavar="TEXT",
        help="'Clicks > 0' or 'CampaignId in 1,2'; repeatable",
    ),
    option(
        "--order", section=_SECTION, metavar="A,-B,...", help="fields to sort by, - for descending (--order=-Clicks)"
    ),
    option("--goals", section=_SECTION, metavar="ID,...", help="goals of Metrica; each becomes a column"),
    option("--attribution", section=_SECTION, metavar="MODEL,...", help="attribution models, such as LSCCD"),
    option("--vat", section=_SECTION, is_flag=True, help="amounts with VAT (default: without, as in all services)"),
    option("--limit", section=_SECTION, type=int, metavar="N", help="the maximum number of rows"),
    option(
        "--name",
        section=_SECTION,
        metavar="NAME",
        help="the ReportName (default: made from the definition and the day)",
    ),
)


def add(command: Decorated) -> Decorated:
    """Adds TYPE and the options that say what is asked for."""
    for decorate in reversed(_OPTIONS):
        command = decorate(command)
    report_type = argument(
        "type",
        metavar="TYPE",
        shell_complete=contract_arguments.report_types,
        help="such as CAMPAIGN_PERFORMANCE_REPORT",
    )
    return report_type(command)


def definition(given: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The definition that the options ask for; ConfigurationError for words that mean nothing."""
    asked: dict[str, Any] = {
        "ReportType": given["type"],
        "FieldNames": _listed(argument_text(given["fields"], "--fields")),
        "SelectionCriteria": _days(given, today)
        | _filters([argument_text(text, "--filter") for text in given["filters"]]),
        "DateRangeType": given["range"],
        "OrderBy": [_order(name) for name in _listed(given["order"])],
        "Goals": _listed(given["goals"]),
        "AttributionModels": _listed(given["attribution"]),
        "Page": {"Limit": given["limit"]} if given["limit"] is not None else None,
        "ReportName": argument_text(given["name"], "--name") if given["name"] else None,
        "IncludeVAT": "YES" if given["vat"] else "NO",
    }
    return {name: value for name, value in asked.items() if value or name == "SelectionCriteria"}


def _days(given: Mapping[str, Any], today: date) -> dict[str, Any]:
    chosen = [option for option in (given["last"], given["range"], given["first"]) if option]
    if len(chosen) != 1 or (given["last_day"] and not given["first"]):
        raise ConfigurationError("days are told by --last, by --range, or by --from and --to: by one of these")
    if given["range"]:
        return {}
    if given["first"]:
        return {"DateFrom": given["first"], "DateTo": given["last_day"] or given["first"]}
    last = given["last"]
    found = _LAST.fullmatch(last)
    if found is None:
        raise ConfigurationError(f"--last is a number of days (30d) or weeks (4w), not {last!r:.40}")
    return DateRange.before(today, days=int(found[1]) * (7 if found[2] == "w" else 1)).criteria


def _filters(texts: list[str]) -> dict[str, Any]:
    return {"Filter": [_filter(text) for text in texts]} if texts else {}


def _filter(text: str) -> dict[str, Any]:
    found = _FILTER.fullmatch(text.strip())
    operator = _OPERATORS.get(found[2], found[2]) if found else ""
    if found is None or not found[3] or not operator[:1].isalpha():
        known = ", ".join(_OPERATORS)
        raise ConfigurationError(f"--filter is a field, one of {known} and a value, not {text!r:.80}")
    return {
        "Field": found[1],
        "Operator": operator,
        "Values": _listed(found[3]) if operator in _LISTS else [found[3]],
    }


def _order(name: str) -> dict[str, str]:
    backwards = name.startswith("-")
    return {"Field": name.lstrip("-"), "SortOrder": "DESCENDING" if backwards else "ASCENDING"}


def _listed(text: str | None) -> list[str]:
    return [part for part in map(str.strip, (text or "").split(",")) if part]
