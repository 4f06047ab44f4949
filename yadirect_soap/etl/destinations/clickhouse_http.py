"""ClickHouseHttp: sends statements to ClickHouse over HTTP; also writes identifiers and literals of its SQL."""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, BinaryIO
from urllib.parse import parse_qsl, unquote, urlsplit

import requests

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.escaping import one_line
from yadirect_soap.language import _
from yadirect_soap.protocol.masked_text import without_credentials

_TIMEOUT = (10.0, 600.0)
"""The timeouts in seconds: to connect, and between two bytes of a response, which a large insert delays."""
_OK = 200
_REST_OF_ROW = re.compile(" before: '.*'")
_JSON = (
    "date_time_output_format = 'iso', output_format_json_quote_64bit_integers = 0, "
    "output_format_json_quote_decimals = 1"
)
"""Settings that return integers as numbers, decimals as texts, and times in the API's format."""


@dataclass(frozen=True)
class Server:
    """The address of a ClickHouse server, and its user; repr() does not show the password."""

    url: str
    database: str
    user: str = "default"
    password: str = field(default="", repr=False)


def server_of(address: str, environ: Mapping[str, str] | None = None) -> Server:
    """Parses the address of a server.

    Args:
        address: `clickhouse://USER:PASSWORD@HOST:PORT/DATABASE`, of which only the host is required; with
            `?secure=true` over TLS.  The default port is 8123, or 8443 over TLS.
        environ: The environment; CLICKHOUSE_USER and CLICKHOUSE_PASSWORD are used if the address has no user or
            password, so that the password need not be on the command line.  None for that of the process.

    Raises:
        ConfigurationError: The address has another format; the error does not show the password.
    """
    variables = os.environ if environ is None else environ
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
        options = dict(parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query)))
    except ValueError:
        host, port, options = None, None, {}
    secure = options.pop("secure", "false").lower()
    if not host or options or secure not in {"true", "false"} or "/" in parts.path.strip("/"):
        masked_address = without_credentials(address)
        raise ConfigurationError(
            _(
                "found {shown!r:.120}, expected clickhouse://HOST:PORT/DATABASE or with ?secure=true",
                shown=masked_address,
            )
        )
    scheme, default_port = ("https", 8443) if secure == "true" else ("http", 8123)
    host = f"[{host}]" if ":" in host else host
    return Server(
        url=f"{scheme}://{host}:{port or default_port}/",
        database=unquote(parts.path.strip("/")) or "default",
        user=unquote(parts.username or "") or variables.get("CLICKHOUSE_USER", "default"),
        password=unquote(parts.password or "") or variables.get("CLICKHOUSE_PASSWORD", ""),
    )


class ClickHouseHttp:
    """A thread-safe HTTP client of a ClickHouse server.

    Args:
        server: The server.
    """

    def __init__(self, server: Server) -> None:
        self.server = server
        self._session = requests.Session()
        # A password from .netrc, or a proxy for the web, is not meant for a database.
        self._session.trust_env = False

    def run(self, statement: str, *, data: bytes | BinaryIO | None = None) -> None:
        """Runs a statement.

        Args:
            statement: The SQL; for an insert, without the data.
            data: The data of an insert, in the format that the statement names.

        Raises:
            OSError: The server refuses the statement, or cannot be reached.
        """
        with self._response(statement, data):
            pass

    def select(self, statement: str) -> Iterator[list[Any]]:
        """Yields the rows of a select, with integers, texts, and None; decimals are texts.  Raises as run() does."""
        with self._response(f"{statement} SETTINGS {_JSON} FORMAT JSONCompactEachRow", None) as response:
            for line in response.iter_lines(chunk_size=1 << 16):
                if line:
                    yield json.loads(line)

    def check(self) -> None:
        """Raises ConfigurationError if the server cannot be reached, or refuses user, password or database."""
        try:
            self.run("SELECT 1")
        except OSError as error:
            raise ConfigurationError(
                _(
                    "clickhouse at {url}, database {database}: {error}",
                    url=self.server.url,
                    database=self.server.database,
                    error=error,
                )
            ) from None

    def close(self) -> None:
        """Closes the connections."""
        self._session.close()

    @contextmanager
    def _response(self, statement: str, data: bytes | BinaryIO | None) -> Iterator[requests.Response]:
        """Sends a statement as the body, since it may be long; the statement of an insert is in the address."""
        fields = {
            "X-ClickHouse-User": self.server.user.encode(),
            "X-ClickHouse-Key": self.server.password.encode(),
            "X-ClickHouse-Database": self.server.database.encode(),
        }
        params: dict[str, str] = {"wait_end_of_query": "1"} if data is not None else {"max_query_size": str(1 << 24)}
        if data is not None:
            params["query"] = statement
        body = statement.encode() if data is None else data
        try:
            with self._session.post(
                self.server.url, params=params, data=body, headers=fields, timeout=_TIMEOUT, stream=True
            ) as response:
                if response.status_code != _OK:
                    # Further lines have the row that was not read, value by value; the first may have its rest.
                    first = _REST_OF_ROW.sub("", next(iter(response.text.splitlines()), ""))
                    raise OSError(
                        _(
                            "refused with HTTP {status_code}: {text}",
                            status_code=response.status_code,
                            text=one_line(first, 500),
                        )
                    )
                yield response
        except requests.RequestException as error:
            raise OSError(_("no answer ({kind})", kind=type(error).__name__)) from None


def identifier(name: str) -> str:
    """Returns a name as a quoted identifier."""
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"


def literal(value: int | str) -> str:
    """Returns a number or a text as a literal."""
    if isinstance(value, int):
        return str(value)
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def literals(values: Iterable[int | str]) -> str:
    """Returns literals separated by commas."""
    return ", ".join(map(literal, values))
