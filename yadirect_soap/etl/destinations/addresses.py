"""Addresses of destinations: `files:./out?format=csv`, `duckdb:direct.duckdb`, `postgresql://user@host/database`."""

import getpass
import os
import warnings
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.extras import needed
from yadirect_soap.language import _
from yadirect_soap.protocol.masked_text import without_credentials

from ..destination import Destination

_DATASET = "dataset"
_MEMORY_LIMIT = "memory_limit"
_DUCKDB_SETTINGS: Mapping[str, str | int] = MappingProxyType({_MEMORY_LIMIT: "40MB", "threads": 1})
"""Limits for DuckDB, whose default is four fifths of the machine's memory; beyond the limit it uses a temporary folder
next to the file.  One thread, because each needs a share of the memory and packages are small."""
_DUCKDB_HEADERS = 3 * 4096
"""The bytes of the headers with which DuckDB begins a file; one with fewer has no tables."""
_HIGHER_MEMORY_LIMITS = ("256MB", "1GB", "4GB")
"""The next limits, which are tried in turn if a package with long rows does not fit."""


def open_destination(address: str) -> Destination:
    """Opens the destination of an address.

    Args:
        address: One of
            `files:FOLDER`, with format=jsonl, csv, tsv or parquet, and dialect=plain, excel-ru or excel-en for csv;
            `duckdb:FILE` or `sqlite:FILE`;
            `postgresql://USER:PASSWORD@HOST:PORT/DATABASE` or `postgres://...`, whose password may be in PGPASSWORD;
            `clickhouse://HOST:PORT/DATABASE`;
            `mssql+pyodbc://...` or another address of SQLAlchemy with its driver;
            `dlt:NAME` for any other destination of dlt, which then reads its own configuration.
            With dlt, dataset=NAME is the schema of the tables.

    Raises:
        ConfigurationError: the address is none of these, or cannot be opened.
    """
    scheme, colon, rest = address.partition(":")
    if not colon or not rest.strip("/"):
        raise ConfigurationError(
            _(
                "found the destination {address!r:.80}, expected an address such as files:./out",
                address=without_credentials(address),
            )
        )
    if "+" in scheme:
        return _open_sqlalchemy(address)
    if scheme not in _OPENERS:
        raise ConfigurationError(
            _(
                "found the destination {scheme}:, expected one of {schemes}, an address of SQLAlchemy with its driver (mssql+pyodbc://...)",
                scheme=scheme,
                schemes=", ".join(_OPENERS),
            )
        )
    return _OPENERS[scheme](address)


def _open_files(address: str) -> Destination:
    from .file_formats import file_type
    from .files import FilesDestination

    folder, options = _name_and_options(address, "format", "dialect")
    kind = file_type(form=options.get("format", "jsonl"), dialect=options.get("dialect"))
    return FilesDestination(Path(folder), kind)


def _open_clickhouse(address: str) -> Destination:
    from .clickhouse import ClickHouseDestination
    from .clickhouse_http import server_of

    return ClickHouseDestination(server_of(address))


def _open_duckdb(address: str) -> Destination:
    from .dlt_errors import causes
    from .dlt_pipeline import DATASET, DltDestination
    from .dlt_setup import imported_dlt

    path, options = _name_and_options(address, _DATASET)
    _remove_if_unfinished(Path(path))
    dlt = imported_dlt()
    from dlt.destinations.impl.duckdb.configuration import DuckDbCredentials
    from duckdb import OutOfMemoryException

    credentials = DuckDbCredentials(path)
    settings = credentials.global_config = dict(_DUCKDB_SETTINGS)
    limits = iter(_HIGHER_MEMORY_LIMITS)

    def get_more_memory(error: Exception) -> bool:
        """Increases the limit for new connections after an error of too little memory; False after the highest one."""
        if not any(isinstance(cause, OutOfMemoryException) for cause in causes(error)):
            return False
        limit = next(limits, "")
        if limit:
            settings[_MEMORY_LIMIT] = limit
        return bool(limit)

    destination = dlt.destinations.duckdb(credentials)
    dataset = options.get(_DATASET, DATASET)
    return DltDestination(
        destination, dataset=dataset, display_name=address, loads_once=True, get_more_memory=get_more_memory
    )


def _remove_if_unfinished(path: Path) -> None:
    """Removes a file without the headers of DuckDB, which a full disk left: DuckDB would refuse it for ever."""
    with suppress(OSError):
        if path.is_file() and path.stat().st_size < _DUCKDB_HEADERS:
            beginning = path.read_bytes()
            if not beginning or beginning[8:12] == b"DUCK":
                path.unlink()


def _open_sqlite(address: str) -> Destination:
    path, _options = _name_and_options(address)
    return _open_sqlalchemy(f"sqlite:///{Path(path).absolute()}", display_name=address)


def _open_postgresql(address: str) -> Destination:
    from .dlt_pipeline import DATASET, DltDestination
    from .dlt_setup import imported_dlt

    imported_dlt()
    with needed(_("loading PostgreSQL"), "postgres", of="dlt"):
        import psycopg2  # noqa: F401
    from .dlt_postgresql import Postgresql, advisory_lock, check_rights, refuse_nul

    display_name = without_credentials(address)
    url, dataset = _without_dataset(address)
    try:
        parts = urlsplit(url)
        is_complete = bool(parts.hostname and parts.path.strip("/")) and parts.port != 0
    except ValueError:
        is_complete = False
    if not is_complete:
        raise ConfigurationError(
            _(
                "found the destination {shown!r:.80}, expected postgresql://USER@HOST:PORT/DATABASE, where USER and "
                "PORT may be left out",
                shown=display_name,
            )
        )
    if parts.password is None:
        # dlt requires a user and a password in the address.  The default user is that of psql; with `trust` on the
        # server, or with a .pgpass, no password is needed.
        user, _at, host = parts.netloc.rpartition("@")
        user = user or _percent_encoded(os.environ.get("PGUSER") or _system_user())
        password = os.environ.get("PGPASSWORD", "")
        parts = parts._replace(netloc=f"{user}:{_percent_encoded(password)}@{host}")
    # A database with the encoding SQL_ASCII would otherwise give texts that psycopg2 cannot decode.
    options = {"client_encoding": "utf8", **dict(parse_qsl(parts.query, keep_blank_values=True))}
    url = urlunsplit(parts._replace(scheme="postgresql", query=urlencode(options)))
    return DltDestination(
        Postgresql(url),
        dataset=dataset or DATASET,
        display_name=display_name,
        loads_once=True,
        lock=advisory_lock,
        check_rows=refuse_nul,
        check_rights=check_rights,
    )


def _open_sqlalchemy(address: str, *, display_name: str = "") -> Destination:
    from ..columns import Kind
    from .dlt_pipeline import DATASET, DltDestination
    from .dlt_setup import imported_dlt

    url, dataset = _without_dataset(address)
    sqlite = url.startswith("sqlite")
    # JSON would be encoded twice; SQLite has no decimals, and would convert them to floats.
    types = {Kind.JSON: "text", **({Kind.DECIMAL: "text"} if sqlite else {})}
    dlt = imported_dlt()
    with needed(_("loading a database by SQLAlchemy"), "sqlalchemy", of="dlt"):
        import sqlalchemy  # noqa: F401
    destination = dlt.destinations.sqlalchemy(url)
    # Warnings about dlt's own statements.
    for warning in ("implicitly coercing SELECT object to scalar subquery", "Table .* already exists within the given"):
        warnings.filterwarnings("ignore", warning)
    name = dataset or ("main" if sqlite else DATASET)
    return DltDestination(
        destination, dataset=name, display_name=display_name or without_credentials(address), types=types
    )


def _open_dlt(address: str) -> Destination:
    from .dlt_pipeline import DATASET, DltDestination

    name, options = _name_and_options(address, _DATASET)
    return DltDestination(name, dataset=options.get(_DATASET, DATASET), display_name=address)


def _name_and_options(address: str, *known: str) -> tuple[str, dict[str, str]]:
    """Splits an address into the name after the scheme and the options; ConfigurationError for an unknown option."""
    scheme, _colon, rest = address.partition(":")
    name, _mark, query = rest.partition("?")
    options = dict(parse_qsl(query, keep_blank_values=True))
    if unknown := sorted(options.keys() - set(known)):
        expected = " and ".join(known) or "none"
        raise ConfigurationError(
            _(
                "{scheme}: found the option {option}, expected {expected}",
                scheme=scheme,
                option=", ".join(unknown),
                expected=expected,
            )
        )
    return name, options


def _without_dataset(url: str) -> tuple[str, str]:
    """Returns an address without the option dataset, and the value of this option."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    dataset = options.pop(_DATASET, "")
    return (urlunsplit(parts._replace(query=urlencode(options))) if dataset else url), dataset


def _system_user() -> str:
    try:
        return getpass.getuser()
    except (ImportError, KeyError, OSError):
        # In a container the user may be a number without a name; the server then reports that the user is missing.
        return ""


def _percent_encoded(text: str) -> str:
    from urllib.parse import quote

    return quote(text, safe="")


_OPENERS: Mapping[str, Callable[[str], Destination]] = MappingProxyType(
    {
        "files": _open_files,
        "duckdb": _open_duckdb,
        "sqlite": _open_sqlite,
        "postgresql": _open_postgresql,
        "postgres": _open_postgresql,
        "clickhouse": _open_clickhouse,
        "dlt": _open_dlt,
    }
)
