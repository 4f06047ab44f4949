"""ClickHouseHttp: sends statements to ClickHouse over HTTP, and writes texts and numbers in its SQL."""

import json
import os
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
"""Seconds to connect, and between two bytes of a response: a large insert is answered when it is done."""
_OK = 200
_JSON = (
    "date_time_output_format = 'iso', output_format_json_quote_64bit_integers = 0, "
    "output_format_json_quote_decimals = 1"
)
"""Integers as numbers, decimals as texts, moments as the API writes them."""


@dataclass(frozen=True)
class Server:
    """Where a ClickHouse is, and who asks; the password is in no repr."""

    url: str
    database: str
    user: str = "default"
    password: str = field(default="", repr=False)


def server_of(address: str, environ: Mapping[str, str] | None = None) -> Server:
    """The server of an address.

    Args:
        address: `clickhouse://USER:PASSWORD@HOST:PORT/DATABASE`, of which only the host is needed; with `?secure=true`
            over TLS.  The port is 8123, or 8443 over TLS.
        environ: Variables: CLICKHOUSE_USER and CLICKHOUSE_PASSWORD stand in for what the address leaves out, so that
            no password need be in a list of processes; those of the process if it is left out.

    Raises:
        ConfigurationError: It is no such address; the text shows no password.
    """
    known = os.environ if environ is None else environ
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
    scheme, usual = ("https", 8443) if secure == "true" else ("http", 8123)
    host = f"[{host}]" if ":" in host else host
    return Server(
        url=f"{scheme}://{host}:{port or usual}/",
        database=unquote(parts.path.strip("/")) or "default",
        user=unquote(parts.username or "") or known.get("CLICKHOUSE_USER", "default"),
        password=unquote(parts.password or "") or known.get("CLICKHOUSE_PASSWORD", ""),
    )


class ClickHouseHttp:
    """Sends statements.  Safe to share among threads.

    Args:
        server: Where to.
    """

    def __init__(self, server: Server) -> None:
        self.server = server
        self._session = requests.Session()
        # Another server's password in a .netrc, or a proxy of the web, is not meant for a database.
        self._session.trust_env = False

    def run(self, statement: str, *, data: bytes | BinaryIO | None = None) -> None:
        """Carries a statement out.

        Args:
            statement: SQL; of an insert all but the data.
            data: The data of an insert, in the format that the statement names.

        Raises:
            OSError: The server refused it, or cannot be reached.
        """
        with self._response(statement, data):
            pass

    def select(self, statement: str) -> Iterator[list[Any]]:
        """The rows of a select, as they come: integers, texts, None; decimals as texts.  Raises as run() does."""
        with self._response(f"{statement} SETTINGS {_JSON} FORMAT JSONCompactEachRow", None) as response:
            for line in response.iter_lines(chunk_size=1 << 16):
                if line:
                    yield json.loads(line)

    def check(self) -> None:
        """Raises ConfigurationError where the server cannot be reached, or does not take user, password or database."""
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
        """A statement alone is the body, since it may be long; that of an insert is in the address."""
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
                    raise OSError(
                        _(
                            "refused with HTTP {status_code}: {text}",
                            status_code=response.status_code,
                            text=one_line(response.text, 500),
                        )
                    )
                yield response
        except requests.RequestException as error:
            raise OSError(_("no answer ({kind})", kind=type(error).__name__)) from None


def quoted(name: str) -> str:
    """A name as an identifier."""
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"


def literal(value: int | str) -> str:
    """A number or a text as a value."""
    if isinstance(value, int):
        return str(value)
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def literals(values: Iterable[int | str]) -> str:
    """Values with commas between them."""
    return ", ".join(map(literal, values))
