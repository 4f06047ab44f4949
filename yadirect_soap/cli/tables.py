"""`yadirect-soap tables`: lists the tables that can be extracted and synced, and the columns of one."""

from typing import Any

import click

from yadirect_soap.comma_lists import split_at_commas

from . import contract_arguments, output, result_formats
from .command_types import argument, command, option

_OF_ALL = (("Table",), ("Changes",), ("Units",), ("Parent",), ("Optional",))
_OF_ONE = (("Column",), ("Type",), ("Key",), ("Member",))


@command("tables")
@argument("name", required=False, shell_complete=contract_arguments.tables, help="a table; its columns are shown")
@option("--columns", metavar="A,B.C", help="the columns that this choice of members gives")
@option(
    "--output", "format", type=click.Choice(["table", "json", "jsonl", "csv"]), default="table", help="default: table"
)
def tables(name: str | None, columns: str | None, format: str) -> None:
    """List the tables, or the columns of one with their types.

    The column Changes shows how a later sync finds changes, Units what a get costs: the call, and each object.
    Optional tables are read only if they are named.
    """
    rows, shown = (_columns(name, columns), _OF_ONE) if name else (_tables(), _OF_ALL)
    with output.to(output.STDOUT) as write:
        for line in result_formats.lines(format, rows, shown, is_shown=True):
            write(line)


def _tables() -> list[dict[str, Any]]:
    from yadirect_soap.etl.tables import bundled

    return [
        {
            "Table": table.name,
            "Changes": table.changes,
            "Units": f"{table.cost.call} + {table.cost.object}" + (f"/{table.cost.per}" if table.cost.per > 1 else ""),
            "Parent": table.parent,
            "Optional": table.optional,
        }
        for table in bundled().values()
    ]


def _columns(name: str, picked: str | None) -> list[dict[str, Any]]:
    from yadirect_soap.etl.schema import ObjectSchema
    from yadirect_soap.etl.tables import table

    schema = ObjectSchema(table(name), split_at_commas(picked))
    return [
        {
            "Column": column.name,
            "Type": column.kind.value,
            "Key": "yes" if column.key else "",
            "Member": ".".join(column.path),
        }
        for column in schema.columns
    ]
