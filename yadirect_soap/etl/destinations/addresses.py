"""Addresses of destinations: `files:./out?format=csv&dialect=excel`."""

from pathlib import Path
from urllib.parse import parse_qsl

from yadirect_soap.errors import ConfigurationError

from ..destination import Destination


def open_destination(address: str) -> Destination:
    """Opens the destination of an address.

    Args:
        address: `files:FOLDER`, with format=jsonl, csv or parquet, and dialect=rfc, excel or tsv for csv; or
            `clickhouse://USER:PASSWORD@HOST:PORT/DATABASE`.

    Raises:
        ConfigurationError: the address is none of these, or cannot be opened.
    """
    scheme, found, rest = address.partition(":")
    if not found or not rest:
        raise ConfigurationError(f"found the destination {address!r:.80}, expected an address such as files:./out")
    if scheme == "clickhouse":
        from .clickhouse import ClickHouseDestination
        from .clickhouse_http import server_of

        return ClickHouseDestination(server_of(address))
    place, _, query = rest.partition("?")
    options = dict(parse_qsl(query, keep_blank_values=True))
    if scheme == "files":
        return _open_files(place, options)
    raise ConfigurationError(f"found the destination {scheme}:, expected one of files, clickhouse")


def _open_files(folder: str, options: dict[str, str]) -> Destination:
    from .file_formats import file_type
    from .files import FilesDestination

    if unknown := sorted(set(options) - {"format", "dialect"}):
        raise ConfigurationError(f"files: found the option {', '.join(unknown)}, expected format and dialect")
    kind = file_type(form=options.get("format", "jsonl"), dialect=options.get("dialect"))
    return FilesDestination(Path(folder), kind)
