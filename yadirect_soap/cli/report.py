"""`yadirect-soap report TYPE --fields ...`: a report into a file or a pipe."""

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from yadirect_soap import ConfigurationError, Direct, Report

from . import client_options, output, progress, report_options, streams

_DESCRIPTION = """\
Orders a report, waits for it and writes it.  Given again on the same day (in the same hour, where the days hold today),
the same command finds the report that it ordered before, so that an interrupted one is taken up.  Examples:

  yadirect-soap report CAMPAIGN_PERFORMANCE_REPORT --fields Date,CampaignName,Clicks,Cost --last 30d --out may.tsv
  yadirect-soap report CUSTOM_REPORT --fields Date,AdId,Cost --from 2026-01-01 --to 2026-05-31 --split --out a.parquet
  yadirect-soap report SEARCH_QUERY_PERFORMANCE_REPORT --fields Query,Clicks --range LAST_7_DAYS \\
      --filter "Clicks > 0" --filter "CampaignId in 700000001,700000002" --order=-Clicks --format jsonl
"""
_ENDINGS: Mapping[str, str] = MappingProxyType({".tsv": "tsv", ".csv": "csv", ".jsonl": "jsonl", ".parquet": "parquet"})


def add_to(commands: Any) -> None:
    """Adds the command to the parser."""
    parser = commands.add_parser(
        "report",
        help="order a report and write it",
        description=_DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    report_options.add_to(parser)
    parser.add_argument("--out", default="-", metavar="FILE", help="where to write it; - is stdout (default: -)")
    parser.add_argument(
        "--format", choices=tuple(_ENDINGS.values()), help="default: by the ending of FILE (before .gz), else tsv"
    )
    parser.add_argument(
        "--csv-dialect",
        choices=("plain", "excel-en", "excel-ru"),
        default="plain",
        help="for --format csv: plain, or what Excel opens with English or Russian settings (default: plain)",
    )
    parser.add_argument("--mode", choices=("auto", "online", "offline"), default="auto", help="default: auto")
    parser.add_argument("--split", action="store_true", help="ask in pieces for more rows than a report can have")
    parser.add_argument("--unique-name", action="store_true", help="have it built anew, whatever was built before")
    parser.add_argument(
        "--deadline", type=float, default=3600.0, metavar="SECONDS", help="how long to wait (default: 3600)"
    )
    client_options.add_to(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Carries out the command."""
    form = _format(arguments)
    with Direct.from_env(**client_options.settings(arguments)) as direct, progress.Line(arguments.out) as line:
        reports = direct.reports
        asked = reports.get(
            report_options.definition(arguments, reports.today()),
            mode=arguments.mode,
            split=arguments.split,
            unique_name=arguments.unique_name,
            deadline=arguments.deadline,
            progress=line.show,
        )
        try:
            _write(asked, arguments.out, form, arguments.csv_dialect)
        except KeyboardInterrupt as error:
            if not arguments.unique_name:
                error.add_note(f"the same command takes report {asked.name!r} up again")
            raise
    return 0


def _format(arguments: argparse.Namespace) -> str:
    """The format that is asked for, or that the name of the file tells."""
    path = Path(arguments.out)
    is_packed = path.suffix.lower() == ".gz"
    form: str = (
        arguments.format or output.form_of(str(path.with_suffix("")) if is_packed else arguments.out, _ENDINGS) or "tsv"
    )
    if form == "parquet" and (arguments.out == output.STDOUT or is_packed):
        raise ConfigurationError("parquet goes into a file that is not gzipped")
    if form != "csv" and arguments.csv_dialect != "plain":
        raise ConfigurationError(f"--csv-dialect {arguments.csv_dialect} is for --format csv, not for {form}")
    return form


def _write(asked: Report, out: str, form: Any, dialect: Any) -> None:
    if out == output.STDOUT:
        streams.check_stdout()
        asked.write(sys.stdout.buffer, format=form, dialect=dialect)
        sys.stdout.buffer.flush()
    elif form == "parquet":
        asked.to_parquet(out)
    else:
        asked.to_file(out, format=form, dialect=dialect)
