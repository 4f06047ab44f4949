"""`yadirect-soap extract`: reads one complete table into a file or to stdout."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from yadirect_soap.comma_lists import split_at_commas
from yadirect_soap.language import ngettext

from . import client_options, contract_arguments, notices, output, progress, streams
from .command_types import argument, command, option

_EXAMPLES = """\b
Examples:
  yadirect-soap extract ads --columns Id,State,TextAd.Title --out ads.parquet
  yadirect-soap extract campaigns --out campaigns.csv --csv-dialect excel-ru
  yadirect-soap extract keywords | jq .keyword
"""


@command("extract", epilog=_EXAMPLES)
@argument(
    "name", metavar="TABLE", shell_complete=contract_arguments.tables, help="a table; `yadirect-soap tables` lists them"
)
@option("--columns", metavar="A,B.C", help="members by their paths (default: all but figures)")
@option("--out", default="-", metavar="FILE", help="the file to write, completely or not at all; - is stdout (default)")
@option(
    "--output",
    "--format",
    "format",
    type=click.Choice(["jsonl", "csv", "tsv", "parquet"]),
    help="default: by the ending of the file",
)
@option(
    "--csv-dialect",
    "dialect",
    type=click.Choice(["plain", "excel-en", "excel-ru"]),
    help="for --format csv: plain, or for Excel with English or Russian settings (default: plain)",
)
@option("--names", type=click.Choice(["snake", "api"]), default="snake", help="names of columns (default: snake)")
@client_options.add
def extract(name: str, columns: str | None, out: str, **options: Any) -> None:
    """Read one complete table; no state is stored.

    If a row is deleted during the run, no other row is missed. After FILE comes FILE.done.json, with rows and sha256.
    """
    from yadirect_soap import Direct, etl
    from yadirect_soap.etl.destinations.file_formats import file_type, writing
    from yadirect_soap.etl.destinations.files import write_file
    from yadirect_soap.etl.snapshot import schemas_of
    from yadirect_soap.etl.tables import table

    kind = file_type(
        None if out == output.STDOUT else Path(out), form=options.pop("format"), dialect=options.pop("dialect")
    )
    requested, picked = table(name), split_at_commas(columns)
    names = options.pop("names")
    with Direct.from_env(**client_options.settings(options)) as direct, progress.Lines(out) as lines:
        (schema,) = schemas_of([requested], picked, money=direct.settings.money, names=names)
        batches = _shown(etl.snapshot(direct, [requested.name], columns=picked, column_names=names), lines)
        if out != output.STDOUT:
            written = write_file(Path(out), batches, schema, kind)
            notices.note(ngettext("{count:,} row in {out}", "{count:,} rows in {out}", written.rows, out=out))
            return
        streams.check_stdout()
        with writing(sys.stdout.buffer, schema, kind) as write:
            for batch in batches:
                write(batch.rows)


def _shown(batches: Iterator[Any], lines: progress.Lines) -> Iterator[Any]:
    rows = 0
    for batch in batches:
        rows += len(batch.rows)
        lines.show(batch.table.name, ngettext("{count:,} row", "{count:,} rows", rows))
        yield batch
