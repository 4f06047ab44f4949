"""Each code of the service of reports that a client can cause: in both formats, and as the client's error."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pytest

from tests.emulator.emulator_client import EmulatorClient
from yadirect_soap import ApiError, Direct
from yadirect_soap.emulator.domain import error_codes
from yadirect_soap.emulator.domain.account import Account
from yadirect_soap.errors import api_error
from yadirect_soap.protocol.reports import facts
from yadirect_soap.protocol.reports.delivery import Mode

LIMITS = facts.bundled().limits


@dataclass(frozen=True)
class Cause:
    """A request for a report that meets a code: its definition, mode, token and client."""

    definition: Mapping[str, Any]
    mode: Mode = "offline"
    token: str = "demo-token"
    client: str | None = None


Prepare = Callable[[EmulatorClient], Cause]


def _request(**members: Any) -> Prepare:
    return lambda client: Cause(client.definition("CampaignId Clicks", **members))


def _called_by(*, approved: bool = True, **account: Any) -> Prepare:
    def prepare(client: EmulatorClient) -> Cause:
        client.emulator.accounts.add(Account("newcomer", 77, **account))
        client.emulator.accounts.grant("newcomer", "newcomer-token", approved=approved)
        return Cause(client.definition("Clicks"), token="newcomer-token")

    return prepare


def _too_often(client: EmulatorClient) -> Cause:
    definition = client.definition("Clicks")
    for _ in range(LIMITS.requests):
        client.send_report(definition)
    return Cause(definition)


def _too_many(client: EmulatorClient) -> Cause:
    for _ in range(LIMITS.queued):
        client.send_report(client.definition("Clicks"), processingMode="offline")
    return Cause(client.definition("Clicks"))


CAUSES: Mapping[int, Prepare] = MappingProxyType(
    {
        53: lambda client: Cause(client.definition("Clicks"), token="no-such-token"),
        54: _called_by(currency=""),
        56: _too_often,
        58: _called_by(approved=False),
        513: _called_by(enabled=False),
        3000: _called_by(api_access=False),
        4000: _request(DateRangeType="CUSTOM_DATE"),
        4001: _request(SelectionCriteria={"Filter": [{"Field": "Clicks", "Operator": "NOT_IN", "Values": ["1"]}]}),
        4002: _request(Page={"Limit": 0}),
        8000: _request(ReportType="NO_SUCH_REPORT"),
        8312: lambda client: Cause(client.definition("Query", "SEARCH_QUERY_PERFORMANCE_REPORT"), mode="online"),
        8800: lambda client: Cause(client.definition("Clicks"), client="nobody"),
        9000: _too_many,
    }
)
CODES = pytest.mark.parametrize("code", CAUSES, ids=str)
FORMS = pytest.mark.parametrize("form", ["soap", "json"])


@FORMS
@CODES
@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_client_can_cause_it(client: EmulatorClient, code: int, form: str, language: str) -> None:
    """The answer has status 400, the code, its text in the caller's language, and the RequestId of its header."""
    cause = CAUSES[code](client)
    client.token = cause.token
    fields = {"processingMode": cause.mode, "Accept-Language": language}
    if cause.client:
        fields["Client-Login"] = cause.client
    response = client.send_report(cause.definition, form=form, **fields)
    error = client.report_error(response, form)
    assert (response.status, error.code, error.message) == (400, code, error_codes.text(code, language))
    assert error.request_id == response.headers["RequestId"]
    assert language == "en" or not error.detail.isascii() or not error.detail


@FORMS
@CODES
def test_it_is_the_error_of_its_code(client: EmulatorClient, code: int, form: Any) -> None:
    """Through the client, each code is an error of its class, with the code as a number and the service's words."""
    cause = CAUSES[code](client)
    direct = Direct(
        cause.token,
        endpoint=client.emulator.endpoint,
        session=client.emulator.session(),
        transport=form,
        client_login=cause.client,
        check="off",
        retry=None,
    )
    with pytest.raises(ApiError) as caught:
        direct.reports.get(cause.definition, mode=cause.mode).submit()
    assert type(caught.value) is type(api_error(code, ""))
    assert (caught.value.code, caught.value.message) == (code, error_codes.text(code))
    assert (caught.value.operation, bool(caught.value.request_id)) == ("reports.get", True)
