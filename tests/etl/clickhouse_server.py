"""`clickhouse_server.py USER PASSWORD` answers ClickHouse's HTTP interface by chdb, the same engine.

It knows what the destination asks: statements in the body or in the address, the headers of user, password and
database.  chdb has no input(); the data of an insert from it is a file here.
"""

import re
import sys
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from chdb import session

_INPUT = re.compile(
    r"FROM input\((?P<structure>'[^']*(?:\\'[^']*)*')\)(?P<settings>.*) FORMAT (?P<format>\w+)$", re.DOTALL
)
_LOCK = threading.Lock()


class Handler(BaseHTTPRequestHandler):
    """One request at a time."""

    database: Any = None
    account: tuple[str, str]
    """User and password."""
    folder: Path

    def do_POST(self) -> None:
        """Carries a statement out, and answers with its rows or with the error's text and HTTP 4xx or 5xx."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        query = parse_qs(urlsplit(self.path).query).get("query", [""])[0]
        if (self.headers["X-ClickHouse-User"], self._password()) != self.account:
            self._answer(403, b"Code: 516. DB::Exception: Authentication failed. (AUTHENTICATION_FAILED)")
            return
        try:
            with _LOCK:
                self._answer(200, self._carry_out(query, body))
        except Exception as error:  # noqa: BLE001  whatever it is, the caller gets its text
            self._answer(500, str(error).encode())

    def _carry_out(self, query: str, body: bytes) -> bytes:
        name = self.headers["X-ClickHouse-Database"]
        self.database.query(f"USE `{name}`")
        if not query:
            return bytes(self.database.query(body.decode()).bytes())
        if match := _INPUT.search(query):
            path = self.folder / "data"
            path.write_bytes(body)
            source = f"FROM file('{path}', '{match['format']}', {match['structure']}){match['settings']}"
            return bytes(self.database.query(query[: match.start()] + source).bytes())
        return bytes(self.database.query(f"{query}\n{body.decode()}\n").bytes())

    def _password(self) -> str:
        return (self.headers["X-ClickHouse-Key"] or "").encode("latin-1").decode()

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing is told."""


def main(user: str, password: str) -> None:
    """Answers that user on a free port of loopback, which is printed, until stdin ends."""
    with tempfile.TemporaryDirectory() as folder:
        Handler.database = session.Session()
        Handler.database.query("CREATE DATABASE direct")
        Handler.folder = Path(folder)
        Handler.account = user, password
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(server.server_port, flush=True)  # noqa: T201  it is a program
        sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
