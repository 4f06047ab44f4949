"""The context of one request, which the stations of stations.py fill and read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from yadirect_soap.errors import ApiError
from yadirect_soap.protocol import headers
from yadirect_soap.protocol.facts import Cost
from yadirect_soap.protocol.headers import Units
from yadirect_soap.protocol.messages import Headers, Request
from yadirect_soap.protocol.model import Operation
from yadirect_soap.protocol.reports.delivery import Delivery as ReportOptions

from ..call_log.parsed_calls import ReportCall, ServiceCall
from ..domain import error_codes
from ..domain.account import Account
from ..domain.operation_keys import REPORTS
from ..http.routes import ReportsRoute, ServiceRoute
from ..reports.service import ReportResult


@dataclass(eq=False, slots=True, repr=False)
class RequestContext:
    """A request, and the members that stations set.  A member can be read after the station that sets it.

    - `request`, `language`: the request, and the language of the response, "ru" or "en".
    - `request_id`: the number of the response; inject_faults gives a new one each time the call is carried out.
    - `route`, `call`: its route, and its decoded body, which is decoded when it is read (route).
    - `departures`: what strict mode found in the request (log_call).
    - `user`, `actor`, `account`: the login whose token came, the account that acts, which is the user or the one that
      it represents, and the account whose objects are meant: an agency acts for its clients (authenticate).
    - `operation`, `params`: the operation; the params of a report are its definition (decode).
    - `report_options`: how a report is to be built and written (decode).
    - `cost`: the price, as far as it is known (decode, validate).
    - `result`, `report`: the result of the call (act).
    - `units`: the units that were spent and that remain (charge); None if nothing is charged.
    - `outcome`, `error_code`: the outcome for the log, "ok" or "error 8000", and the code of the error, 0 for none.
    """

    request: Request
    language: str = field(init=False)
    request_id: str = ""
    route: ServiceRoute | ReportsRoute = field(init=False)
    call: ServiceCall | ReportCall = field(init=False)
    user: Account = field(init=False)
    actor: Account = field(init=False)
    account: Account = field(init=False)
    operation: Operation | None = None
    params: Mapping[str, Any] = field(init=False)
    report_options: ReportOptions = field(init=False)
    cost: Cost | None = None
    result: dict[str, Any] = field(init=False)
    report: ReportResult = field(init=False)
    units: Units | None = None
    departures: tuple[str, ...] = ()
    outcome: str = ""
    error_code: int = 0

    def __post_init__(self) -> None:
        self.language = headers.language(self.headers.get(headers.ACCEPT_LANGUAGE))

    @property
    def headers(self) -> Headers:
        """The header fields of the request."""
        return self.request.headers

    @property
    def is_report(self) -> bool:
        """Whether the request is for a report, and not for an operation of a service."""
        return isinstance(self.route, ReportsRoute)

    @property
    def service(self) -> str:
        """The name of the service: "ads", or "reports"."""
        return self.route.service if isinstance(self.route, ServiceRoute) else "reports"

    @property
    def name(self) -> str:
        """The key of the operation for the log, "ads.add", or "ads" if it is not known."""
        if self.is_report:
            return REPORTS
        return self.operation.key if self.operation else self.service

    def fault(self, code: int, english: str = "", russian: str = "") -> ApiError:
        """Returns the error that refuses the request, to be raised, with a detail in the language of the response."""
        return error_codes.bilingual_fault(code, english, russian or english, self.language)
