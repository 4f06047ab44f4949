"""Reports through a gateway: a definition goes in, rows come out, or the advice to ask again."""

import pytest

from tests.gateway.conftest import Open
from yadirect_soap.emulator import Emulator
from yadirect_soap.gateway import Options

DEFINITION = (
    '<ReportDefinition xmlns="http://api.direct.yandex.com/v5/reports"><SelectionCriteria/>'
    "<FieldNames>CampaignId</FieldNames><FieldNames>Clicks</FieldNames><ReportName>Clicks</ReportName>"
    "<ReportType>CAMPAIGN_PERFORMANCE_REPORT</ReportType><DateRangeType>LAST_7_DAYS</DateRangeType>"
    "<Format>TSV</Format><IncludeVAT>NO</IncludeVAT></ReportDefinition>"
)
PATH = "/v501/reports"


@pytest.mark.parametrize("mode", ["auto", "online", "offline"])
def test_a_definition_is_answered_with_rows(open_gateway: Open, emulator: Emulator, mode: str) -> None:
    """The answer is the TSV with the names of the columns, whether the report was built at once or in the queue."""
    caller = open_gateway(sleep=lambda seconds: emulator.clock.advance(seconds=seconds))
    reply = caller.request("POST", PATH, DEFINITION.encode("utf-16"), processingMode=mode)
    head, *rows = reply.body.decode().splitlines()
    assert (reply.status, head) == (200, "CampaignId\tClicks")
    assert reply.fields["Content-Type"] == "text/tab-separated-values; charset=utf-8"
    assert rows
    bare = caller.request("POST", PATH, DEFINITION.encode(), processingMode=mode, skipColumnHeader="true")
    assert bare.body.decode().splitlines() == rows


def test_a_report_that_is_not_ready_is_asked_for_again(open_gateway: Open) -> None:
    """A report that takes longer than the gateway waits is answered with 202 and retryIn."""
    reply = open_gateway(Options(report_wait=0)).request("POST", PATH, DEFINITION.encode(), processingMode="offline")
    assert reply.status == 202
    assert int(reply.fields["retryIn"]) > 0


@pytest.mark.parametrize(
    ("body", "fields", "says"),
    [
        (DEFINITION.replace("Clicks</Field", "Nothing</Field"), {}, "FieldNames contains an invalid enumeration value"),
        ("<html/>", {}, "expected ReportDefinition"),
        (DEFINITION, {"processingMode": "never"}, "never"),
    ],
    ids=["field", "no-definition", "mode"],
)
def test_a_wrong_definition_is_an_error_of_reports(
    open_gateway: Open, emulator: Emulator, body: str, fields: dict[str, str], says: str
) -> None:
    """What is wrong is an error document in the form of the Reports service, with a gateway's id or the API's."""
    reply = open_gateway().request("POST", PATH, body.encode(), **fields)
    assert reply.status == 400
    assert reply.root.tag == "{http://api.direct.yandex.com/v5/reports}reportDownloadError"
    assert says in reply.body.decode()
