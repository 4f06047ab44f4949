"""What a request for a report asks for and in whose name, or the fault that refuses it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from yadirect_soap.errors import ApiError, Violation
from yadirect_soap.protocol import headers
from yadirect_soap.protocol import validation as structure
from yadirect_soap.protocol.messages import Request
from yadirect_soap.protocol.reports import check, facts, shapes
from yadirect_soap.protocol.reports import delivery as deliveries
from yadirect_soap.protocol.reports.days import DateRange
from yadirect_soap.protocol.reports.delivery import Delivery
from yadirect_soap.protocol.reports.formats import Format
from yadirect_soap.protocol.scalars import DecodeFailure

from ..domain import error_codes
from ..domain.accounts import Account, Accounts
from ..operations.services.changes import Correction
from ..pipeline import error_details
from ..pipeline.authentication import authorise, check_address
from .date_ranges import moscow, named, oldest, oldest_query, since
from .sql_query import Definition

_CODES: Mapping[str, int] = MappingProxyType({"$.Page": 4002, "$.SelectionCriteria.Filter": 4001})
"""The codes of conflicts by where they are; all others are 4000."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A request on its way through the service."""

    request: Request
    form: Format
    request_id: str
    language: str

    def fault(self, code: int, english: str, russian: str) -> ApiError:
        """A refusal, to be raised, in the caller's language."""
        return error_codes.fault(code, russian if self.language == "ru" else english, language=self.language)


def account(arrival: Arrival, accounts: Accounts) -> Account:
    """Whose statistics are meant.  Unlike the other services, this one answers 53 where there is no token at all."""
    fields = arrival.request.headers
    if headers.read_authorization(fields.get(headers.AUTHORIZATION, "")) is None:
        raise arrival.fault(53, "Token not entered", "Не указан токен")
    caller = authorise("reports", fields, accounts, arrival.language)
    check_address(caller, arrival.request.peer, arrival.language)
    return caller.account


def delivery(arrival: Arrival) -> Delivery:
    """How the report is to be built and written."""
    try:
        return deliveries.read_delivery(arrival.request.headers)
    except ValueError as error:
        raise arrival.fault(8000, str(error), str(error)) from error


def definition(arrival: Arrival) -> Definition:
    """The definition, found good: what is not shaped like one is 8000, what contradicts itself 4000 to 4002."""
    try:
        read = arrival.form.decode_definition(arrival.request.body)
    except DecodeFailure as error:
        place = error.place.removeprefix("$").removeprefix(".")
        said = f"{place}: {error}" if place else str(error)
        raise arrival.fault(8000, said, said) from error
    except RecursionError as error:
        raise arrival.fault(8000, "the definition is nested too deeply", "слишком глубокая вложенность") from error
    if found := structure.check(read, shapes.definition()):
        raise _complaint(arrival, found[0], 8000)
    if found := check.check(read):
        code = next((code for place, code in _CODES.items() if found[0].path.startswith(place)), 4000)
        raise _complaint(arrival, found[0], code)
    for goal in read.get("Goals") or ():
        if not (goal.isascii() and goal.isdigit()):
            raise arrival.fault(4000, f"{goal!r:.40} is no goal's id", f"{goal!r:.40} — не идентификатор цели")
    return read


def period(arrival: Arrival, read: Definition, now: float, corrections: Iterable[Correction]) -> DateRange:
    """The days of a definition; of those that are no longer kept, CUSTOM_DATE is refused, and others are cut short."""
    today = moscow(now).date()
    first = oldest(today)
    if "Query" in facts.bundled().report_types[read["ReportType"]].groups:
        first = max(first, oldest_query(today))
    if read["DateRangeType"] != facts.bundled().own_dates:
        return since(named(read["DateRangeType"], today, _restated_since(today, corrections)), first)
    criteria = read["SelectionCriteria"]
    asked = DateRange(date.fromisoformat(criteria["DateFrom"]), date.fromisoformat(criteria["DateTo"]))
    if asked.first < first:
        english = f"DateFrom: there are no statistics before {first}"
        raise arrival.fault(4000, english, f"DateFrom: статистика доступна начиная с {first}")
    return asked


def _complaint(arrival: Arrival, found: Violation, code: int) -> ApiError:
    return error_codes.fault(code, error_details.detail(found, arrival.language), language=arrival.language)


def _restated_since(today: date, corrections: Iterable[Correction]) -> date | None:
    """The first day that was corrected yesterday."""
    made_yesterday = (made for made in corrections if (today - moscow(made.at).date()).days == 1)
    return min((date.fromisoformat(made.from_day) for made in made_yesterday), default=None)
