"""The definition of a report from the words of a command line."""

import argparse
import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from yadirect_soap import ConfigurationError, DateRange

from .streams import argument_text

_FILTER = re.compile(r"\s*([A-Za-z]+)\s*([!=<>]+|\bnot in\b|\bin\b|\b[A-Z_]{2,}\b)\s*(.*?)\s*")
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


def add_to(parser: argparse.ArgumentParser) -> None:
    """Adds the options that say what is asked for."""
    parser.add_argument("type", metavar="TYPE", help="such as CAMPAIGN_PERFORMANCE_REPORT")
    parser.add_argument("--fields", required=True, metavar="A,B,...", help="the columns, in their order")
    days = parser.add_mutually_exclusive_group()
    days.add_argument("--last", metavar="N", help="so many days (30d) or weeks (4w) before today")
    days.add_argument("--range", metavar="NAME", help="one of the API's, such as LAST_MONTH or AUTO")
    parser.add_argument("--from", dest="first", metavar="DATE", help="the first day, such as 2026-05-01")
    parser.add_argument("--to", dest="last_day", metavar="DATE", help="the last day (default: the first)")
    parser.add_argument(
        "--filter", action="append", default=[], metavar="TEXT", help="'Clicks > 0' or 'CampaignId in 1,2'; repeatable"
    )
    parser.add_argument("--order", metavar="A,-B,...", help="fields to sort by, - for descending (--order=-Clicks)")
    parser.add_argument("--goals", metavar="ID,...", help="goals of Metrica, each a column")
    parser.add_argument("--attribution", metavar="MODEL,...", help="attribution models, such as LSCCD")
    parser.add_argument("--vat", action="store_true", help="amounts with VAT (default: without, as in all services)")
    parser.add_argument("--limit", type=int, metavar="N", help="so many rows at most")
    parser.add_argument("--name", help="the ReportName (default: made of the definition and of the day)")


def definition(arguments: argparse.Namespace, today: date) -> dict[str, Any]:
    """The definition that the options ask for; ConfigurationError for words that mean nothing."""
    given: dict[str, Any] = {
        "ReportType": arguments.type,
        "FieldNames": _listed(argument_text(arguments.fields, "--fields")),
        "SelectionCriteria": _days(arguments, today)
        | _filters([argument_text(text, "--filter") for text in arguments.filter]),
        "DateRangeType": arguments.range,
        "OrderBy": [_order(name) for name in _listed(arguments.order)],
        "Goals": _listed(arguments.goals),
        "AttributionModels": _listed(arguments.attribution),
        "Page": {"Limit": arguments.limit} if arguments.limit is not None else None,
        "ReportName": argument_text(arguments.name, "--name") if arguments.name else None,
        "IncludeVAT": "YES" if arguments.vat else "NO",
    }
    return {name: value for name, value in given.items() if value or name == "SelectionCriteria"}


def _days(arguments: argparse.Namespace, today: date) -> dict[str, Any]:
    chosen = [option for option in (arguments.last, arguments.range, arguments.first) if option]
    if len(chosen) != 1 or (arguments.last_day and not arguments.first):
        raise ConfigurationError("days are told by --last, by --range, or by --from and --to: by one of these")
    if arguments.range:
        return {}
    if arguments.first:
        return {"DateFrom": arguments.first, "DateTo": arguments.last_day or arguments.first}
    found = _LAST.fullmatch(arguments.last)
    if found is None:
        raise ConfigurationError(f"--last is a number of days (30d) or weeks (4w), not {arguments.last!r:.40}")
    return DateRange.before(today, days=int(found[1]) * (7 if found[2] == "w" else 1)).criteria


def _filters(texts: list[str]) -> dict[str, Any]:
    return {"Filter": [_filter(text) for text in texts]} if texts else {}


def _filter(text: str) -> dict[str, Any]:
    found = _FILTER.fullmatch(text)
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
