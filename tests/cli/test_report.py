"""yadirect-soap report: words to a definition, a report to a file or a pipe, an exit code for each end."""

import csv
import gzip
import io
import json
import signal
from datetime import date

import click
import pytest
from pyarrow import parquet

from tests.cli.terminal import started
from tests.client.reports.service import FIELDS, ROWS, queued, refused, report, text
from tests.client.servers import HTML, ScriptedServer, answer
from yadirect_soap import ConfigurationError, Progress
from yadirect_soap.cli import main, progress, report_options
from yadirect_soap.protocol.reports.check import check
from yadirect_soap.protocol.reports.delivery import CONTENT_TYPE

TODAY = date(2026, 5, 27)
COMMAND = ("report", "CAMPAIGN_PERFORMANCE_REPORT", "--fields", ",".join(FIELDS))
MAY = (*COMMAND, "--from", "2026-05-01", "--to", "2026-05-31")


def _asked(*words):
    command = report_options.add(click.Command("report"))
    arguments = ["CUSTOM_REPORT", "--fields", "Date, Clicks", *words]
    return report_options.definition(command.make_context("report", arguments).params, TODAY)


DAYS = {
    "days": (("--last", "30d"), {"DateFrom": "2026-04-27", "DateTo": "2026-05-26"}),
    "weeks": (("--last", "2w"), {"DateFrom": "2026-05-13", "DateTo": "2026-05-26"}),
    "of one's own": (
        ("--from", "2026-05-01", "--to", "2026-05-02"),
        {"DateFrom": "2026-05-01", "DateTo": "2026-05-02"},
    ),
    "a single one": (("--from", "2026-05-01"), {"DateFrom": "2026-05-01", "DateTo": "2026-05-01"}),
    "of the service": (("--range", "AUTO"), {}),
}


@pytest.mark.parametrize(("words", "criteria"), DAYS.values(), ids=DAYS)
def test_days_are_told_in_words(words, criteria):
    """Days before today, days of one's own and the service's ranges become criteria."""
    assert _asked(*words)["SelectionCriteria"] == criteria


FILTERS = {
    "Clicks > 0": ("Clicks", "GREATER_THAN", ["0"]),
    "Cost<1000000": ("Cost", "LESS_THAN", ["1000000"]),
    "Age = AGE_18_24": ("Age", "EQUALS", ["AGE_18_24"]),
    "Device != MOBILE": ("Device", "NOT_EQUALS", ["MOBILE"]),
    "CampaignId in 1, 2": ("CampaignId", "IN", ["1", "2"]),
    "AdId not in 1,2": ("AdId", "NOT_IN", ["1", "2"]),
    "Placement = a, b": ("Placement", "EQUALS", ["a, b"]),
    "Keyword STARTS_WITH_ANY_IGNORE_CASE buy,sell": ("Keyword", "STARTS_WITH_ANY_IGNORE_CASE", ["buy", "sell"]),
    "Keyword STARTS_WITH_IGNORE_CASE buy a shelf": ("Keyword", "STARTS_WITH_IGNORE_CASE", ["buy a shelf"]),
}


@pytest.mark.parametrize(("words", "told"), FILTERS.items(), ids=FILTERS)
def test_a_filter_is_told_in_words(words, told):
    """A field, a sign or an operator of the API, and values become a filter that the check takes."""
    definition = _asked("--range", "TODAY", "--filter", words)
    [chosen] = definition["SelectionCriteria"]["Filter"]
    assert tuple(chosen.values()) == told
    assert check({**definition, "ReportName": "x", "Format": "TSV"}) == []


def test_the_rest_is_told_by_options():
    """Order, goals, attribution, VAT, a limit and a name are options."""
    words = ("--range", "TODAY", "--order=Date,-Clicks", "--goals", "1,2", "--attribution", "LC", "--vat")
    assert _asked(*words, "--limit", "5", "--name", "x") == {
        "ReportType": "CUSTOM_REPORT",
        "FieldNames": ["Date", "Clicks"],
        "SelectionCriteria": {},
        "DateRangeType": "TODAY",
        "OrderBy": [{"Field": "Date", "SortOrder": "ASCENDING"}, {"Field": "Clicks", "SortOrder": "DESCENDING"}],
        "Goals": ["1", "2"],
        "AttributionModels": ["LC"],
        "Page": {"Limit": 5},
        "ReportName": "x",
        "IncludeVAT": "YES",
    }


NO_SENSE = {
    "no days": (),
    "two ranges": ("--range", "TODAY", "--from", "2026-05-01"),
    "an end alone": ("--to", "2026-05-01"),
    "an end of a range": ("--range", "TODAY", "--to", "2026-05-01"),
    "months": ("--last", "2m"),
    "no days at all": ("--last", "0d"),
    "an unknown sign": ("--range", "TODAY", "--filter", "Clicks ~ 1"),
    "a sign of two": ("--range", "TODAY", "--filter", "Clicks >= 1"),
    "an equals sign too many": ("--range", "TODAY", "--filter", "CampaignType == TEXT_CAMPAIGN"),
    "no value": ("--range", "TODAY", "--filter", "Clicks >"),
    "no field": ("--range", "TODAY", "--filter", "> 1"),
    "many blanks and a second line": ("--range", "TODAY", "--filter", f"Clicks >{' ' * 50_000}1\n2"),
}


@pytest.mark.parametrize("words", NO_SENSE.values(), ids=NO_SENSE)
def test_words_without_sense_are_refused(words):
    """Words that mean nothing, or two things, are a ConfigurationError."""
    with pytest.raises(ConfigurationError):
        _asked(*words)


@pytest.fixture
def service(monkeypatch):
    """Runs commands against a server of these steps."""
    monkeypatch.setenv("YADIRECT_TOKEN", "secret")

    def run(arguments, *steps):
        with ScriptedServer(*steps) as server:
            return main([*arguments, "--endpoint", server.url]), server

    return run


def test_stdout_takes_the_report(service, capfdbinary):
    """Without --out the report goes to stdout as TSV, and nothing is told on the way."""
    code, _ = service(MAY, queued(retry_in=0), report())
    captured = capfdbinary.readouterr()
    assert (code, captured.err) == (0, b"")
    assert captured.out == b"".join(text().splitlines(keepends=True)[1:-1])


def test_csv_can_be_for_excel(service, tmp_path):
    """--csv-dialect excel-ru writes what Excel with Russian settings opens."""
    path = tmp_path / "r.csv"
    assert service((*MAY, "--out", str(path), "--csv-dialect", "excel-ru"), report())[0] == 0
    assert path.read_text(encoding="utf-8-sig").splitlines()[1] == '2026-05-01;"Search ""A""";12;3500000;1,50'
    assert path.read_bytes().startswith(b"\xef\xbb\xbfDate;")


@pytest.mark.parametrize("name", ["r.tsv", "r.jsonl", "r.parquet"])
def test_a_dialect_is_for_csv_alone(service, tmp_path, name):
    """A dialect for another format than CSV is refused, and nothing is sent."""
    code, server = service((*MAY, "--out", str(tmp_path / name), "--csv-dialect", "excel-ru"), report())
    assert code != 0
    assert (server.received, list(tmp_path.iterdir())) == ([], [])


def test_a_file_has_the_format_of_its_name(service, tmp_path):
    """The ending of the file decides: TSV, CSV, JSON lines, gzipped or not, Parquet."""
    names = ("r.tsv", "r.csv", "r.jsonl", "r.csv.gz", "r.parquet")
    for name in names:
        assert service((*MAY, "--out", str(tmp_path / name)), report())[0] == 0
    assert (tmp_path / "r.tsv").read_text(encoding="utf-8").splitlines()[0] == "\t".join(FIELDS)
    table = list(csv.reader(io.StringIO((tmp_path / "r.csv").read_text(encoding="utf-8"))))
    assert table == [
        FIELDS,
        ["2026-05-01", 'Search "A"', "12", "3500000", "1.50"],
        ["2026-05-02", "Сети", "0", "0", ""],
    ]
    assert gzip.decompress((tmp_path / "r.csv.gz").read_bytes()) == (tmp_path / "r.csv").read_bytes()
    lines = (tmp_path / "r.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[1]) == dict(zip(FIELDS, ["2026-05-02", "Сети", 0, 0, None], strict=True))
    assert '"Ctr": 1.50' in lines[0]
    assert parquet.read_table(tmp_path / "r.parquet").num_rows == len(ROWS)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


@pytest.mark.parametrize("out", ["-", "r.gz"])
def test_parquet_goes_into_a_file(service, out):
    """Parquet is not written to stdout nor gzipped."""
    assert service((*MAY, "--format", "parquet", "--out", out), report())[0] == 2


SHORT = answer(text(total=3), content_type="text/tab-separated-values")
ENDS = {
    "another type's field": (2, report(), ("--fields", "AdId"), "$.FieldNames[0]: found AdId"),
    "no such split": (2, report(), ("--split", "--fields", "Clicks"), "split needs Date"),
    "refused": (3, refused(53), (), "reports.get: error 53"),
    "failed": (3, refused(1002, status=502), (), "longer than the service allows"),
    "a gateway": (5, answer(b"", status=404, content_type=HTML), (), "which is not from the API"),
    "not ready": (4, queued(retry_in=60), ("--deadline", "30"), "not ready within 30 seconds"),
    "not whole": (5, SHORT, (), "is incomplete"),
}


@pytest.mark.parametrize(("code", "step", "more", "told"), ENDS.values(), ids=ENDS)
def test_each_end_has_its_exit_code(service, capsys, tmp_path, code, step, more, told):
    """Each kind of failure has its exit code and one message on stderr, and leaves no file."""
    assert service((*MAY, *more, "--out", str(tmp_path / "r.tsv")), step)[0] == code
    captured = capsys.readouterr()
    assert told in captured.err
    assert "Traceback" not in captured.err
    assert list(tmp_path.iterdir()) == []


def test_the_same_command_asks_for_the_same_report(service):
    """Two runs on one day send the same request, so that the second finds what the first ordered."""
    bodies = {service(MAY, report())[1].received[0].body for _ in range(2)}
    assert len(bodies) == 1
    assert service((*MAY, "--unique-name"), report())[1].received[0].body not in bodies


def test_an_interrupted_command_says_how_to_go_on():
    """Ctrl-C exits with 130, and says that the same command takes the report up again."""
    with ScriptedServer(queued(retry_in=60)) as server:
        settings = {"YADIRECT_TOKEN": "secret", "YADIRECT_ENDPOINT": server.url}
        with started(*MAY, settings=settings) as process:
            while not server.received:
                assert process.poll() is None
                server.closing.wait(0.01)
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (130, "")
    assert "the same command continues with report 'CAMPAIGN_PERFORMANCE_REPORT" in err
    assert "Traceback" not in err


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["Ctrl-C", "SIGTERM"])
@pytest.mark.parametrize("name", ["r.tsv", "r.csv.gz", "r.parquet"])
def test_what_is_interrupted_leaves_no_file(tmp_path, name, sent, code):
    """Ended in the midst of its rows, by Ctrl-C or SIGTERM, a command leaves nothing, and says how to go on."""
    with ScriptedServer(_endless) as server:
        settings = {"YADIRECT_TOKEN": "secret", "YADIRECT_ENDPOINT": server.url}
        with started(*MAY, "--out", str(tmp_path / name), settings=settings) as process:
            while not list(tmp_path.iterdir()):
                assert process.poll() is None
                server.closing.wait(0.01)
            process.send_signal(sent)
            out, err = process.communicate(timeout=30)
    assert (process.returncode, out, list(tmp_path.iterdir())) == (code, "", [])
    assert "the same command continues with report 'CAMPAIGN_PERFORMANCE_REPORT" in err
    assert "Traceback" not in err


def _endless(handler):
    """Begins a report, and does not end it."""
    handler.head(200, {"Content-Type": CONTENT_TYPE, "Content-Length": "1000000"})
    handler.wfile.write(text())
    handler.script.closing.wait(30)


def test_the_queue_is_told():
    """While it is queued, a report's line says how many are; later, how many rows have come."""
    assert progress.in_words(Progress("x", "queued", 5.0, reports_in_queue=2)) == "in the queue of 2"
    assert progress.in_words(Progress("x", "downloading", 35.0, rows=120_000)) == "downloading, 120,000 rows"
