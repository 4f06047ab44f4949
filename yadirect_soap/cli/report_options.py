"""The options of `report`, and the definition of the report that they describe."""

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from yadirect_soap import ConfigurationError, DateRange
from yadirect_soap.comma_lists import split_at_commas
from yadirect_soap.language import _

from . import contract_arguments
from .command_types import Decorated, argument, option
from .option_types import WholeNumber
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


_SECTION = _("The report")
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
    option("--limit", section=_SECTION, type=WholeNumber(1), metavar="N", help="the maximum number of rows"),
    option(
        "--name",
        section=_SECTION,
        metavar="NAME",
        help="the ReportName (default: made from the definition and the day)",
    ),
)


def add(command: Decorated) -> Decorated:
    """Adds the argument TYPE and the options of the definition."""
    for decorate in reversed(_OPTIONS):
        command = decorate(command)
    report_type = argument(
        "type",
        metavar="TYPE",
        shell_complete=contract_arguments.report_types,
        help="such as CAMPAIGN_PERFORMANCE_REPORT",
    )
    return report_type(command)


def definition(options: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Returns the definition of the report; raises ConfigurationError for a wrong value."""
    fields: dict[str, Any] = {
        "ReportType": options["type"],
        "FieldNames": split_at_commas(argument_text(options["fields"], "--fields") or ""),
        "SelectionCriteria": _days(options, today)
        | _filters([argument_text(text, "--filter") for text in options["filters"]]),
        "DateRangeType": options["range"],
        "OrderBy": [_order(name) for name in split_at_commas(options["order"] or "")],
        "Goals": split_at_commas(options["goals"] or ""),
        "AttributionModels": split_at_commas(options["attribution"] or ""),
        "Page": {"Limit": options["limit"]} if options["limit"] is not None else None,
        "ReportName": argument_text(options["name"], "--name") if options["name"] else None,
        "IncludeVAT": "YES" if options["vat"] else "NO",
    }
    return {name: value for name, value in fields.items() if value or name == "SelectionCriteria"}


def _days(options: Mapping[str, Any], today: date) -> dict[str, Any]:
    chosen = [option for option in (options["last"], options["range"], options["first"]) if option]
    if len(chosen) != 1 or (options["last_day"] and not options["first"]):
        raise ConfigurationError(_("name the days by --last, by --range, or by --from and --to: only one of these"))
    if options["range"]:
        return {}
    if options["first"]:
        return {"DateFrom": options["first"], "DateTo": options["last_day"] or options["first"]}
    last = options["last"]
    match = _LAST.fullmatch(last)
    if match is None:
        raise ConfigurationError(_("--last is a number of days (30d) or weeks (4w), not {last!r:.40}", last=last))
    return DateRange.before(today, days=int(match[1]) * (7 if match[2] == "w" else 1)).criteria


def _filters(texts: list[str]) -> dict[str, Any]:
    return {"Filter": [_filter(text) for text in texts]} if texts else {}


def _filter(text: str) -> dict[str, Any]:
    match = _FILTER.fullmatch(text.strip())
    operator = _OPERATORS.get(match[2], match[2]) if match else ""
    if match is None or not match[3] or not operator[:1].isalpha():
        known = ", ".join(_OPERATORS)
        raise ConfigurationError(
            _("--filter is a field, one of {known} and a value, not {text!r:.80}", known=known, text=text)
        )
    return {
        "Field": match[1],
        "Operator": operator,
        "Values": split_at_commas(match[3]) if operator in _LISTS else [match[3]],
    }


def _order(name: str) -> dict[str, str]:
    is_descending = name.startswith("-")
    return {"Field": name.lstrip("-"), "SortOrder": "DESCENDING" if is_descending else "ASCENDING"}
