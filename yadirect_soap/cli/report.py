"""`yadirect-soap report TYPE --fields ...`: writes a report into a file or a pipe."""

import sys
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import click

from yadirect_soap import ConfigurationError
from yadirect_soap.language import _

from . import client_options, output, progress, report_options, streams
from .command_types import command, option
from .option_types import Number

if TYPE_CHECKING:
    from yadirect_soap import Report

_EXAMPLES = """\b
Examples:
  yadirect-soap report CAMPAIGN_PERFORMANCE_REPORT \\
      --fields Date,CampaignName,Clicks,Cost --last 30d --out may.tsv
  yadirect-soap report CUSTOM_REPORT --fields Date,AdId,Cost \\
      --from 2026-01-01 --to 2026-05-31 --split --out ads.parquet
  yadirect-soap report SEARCH_QUERY_PERFORMANCE_REPORT --fields Query,Clicks \\
      --range LAST_7_DAYS --filter "Clicks > 0" --order=-Clicks --format jsonl
"""
_ENDINGS: Mapping[str, str] = MappingProxyType({".tsv": "tsv", ".csv": "csv", ".jsonl": "jsonl", ".parquet": "parquet"})


@command("report", no_args_is_help=True, epilog=_EXAMPLES)
@report_options.add
@option("--out", default=output.STDOUT, metavar="FILE", help="the file to write; - is stdout (default: -)")
@option(
    "--output",
    "--format",
    "format",
    type=click.Choice(tuple(_ENDINGS.values())),
    help="default: by the ending of FILE (before .gz), else tsv",
)
@option(
    "--csv-dialect",
    "dialect",
    type=click.Choice(["plain", "excel-en", "excel-ru"]),
    default="plain",
    help="for --format csv: plain, or for Excel with English or Russian settings (default: plain)",
)
@option("--mode", type=click.Choice(["auto", "online", "offline"]), default="auto", help="default: auto")
@option("--split", is_flag=True, help="read more rows than one report can have, in parts")
@option("--unique-name", is_flag=True, help="always build a new report")
@option("--deadline", type=Number(0), default=3600.0, metavar="SECONDS", help="the maximum wait (default: 3600)")
@client_options.add
def report(out: str, format: str | None, dialect: str, *, unique_name: bool, **options: Any) -> None:
    """Request a report, wait until it is ready, and write it.

    The same command on the same day (in the same hour, if the days include today) gets the report that it requested
    before. So run an interrupted command again.
    """
    from yadirect_soap import Direct

    format = _format(out, format, dialect)
    with Direct.from_env(**client_options.settings(options)) as direct, progress.Lines(out) as lines:
        reports = direct.reports
        requested = reports.get(
            report_options.definition(options, reports.today()),
            mode=options["mode"],
            split=options["split"],
            unique_name=unique_name,
            deadline=options["deadline"],
            progress=progress.of_report(lines, options["type"]),
        )
        try:
            _write(requested, out, format, dialect)
        except KeyboardInterrupt as error:
            if not unique_name:
                error.add_note(_("the same command continues with report {name!r}", name=requested.name))
            raise


def _format(out: str, chosen: str | None, dialect: str) -> str:
    """Returns the chosen format, or that of the file's suffix."""
    path = Path(out)
    is_packed = path.suffix.lower() == ".gz"
    format: str = chosen or output.format_of(str(path.with_suffix("")) if is_packed else out, _ENDINGS) or "tsv"
    if format == "parquet" and (out == output.STDOUT or is_packed):
        raise ConfigurationError(_("parquet goes into a file that is not gzipped"))
    if format != "csv" and dialect != "plain":
        raise ConfigurationError(
            _("--csv-dialect {dialect} is for --format csv, not for {form}", dialect=dialect, form=format)
        )
    return format


def _write(report: "Report", out: str, format: Any, dialect: Any) -> None:
    if out == output.STDOUT:
        streams.check_stdout()
        report.write(sys.stdout.buffer, format=format, dialect=dialect)
        sys.stdout.buffer.flush()
    elif format == "parquet":
        report.to_parquet(out)
    else:
        report.to_file(out, format=format, dialect=dialect)
