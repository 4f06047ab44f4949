"""Receives the authorization code: a server on loopback, to which the browser is redirected after the sign-in."""

import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.escaping import one_line
from yadirect_soap.language import _, reason_of, spoken

from .oauth import SignInRefused

PATH = "/callback"
_LONGEST_REQUEST = 5
"""Seconds that one request may take: who connects and sends nothing must not hold the sign-in up."""
_PAGE = "<!doctype html><meta charset=utf-8><title>yadirect-soap</title><p>{}"


class CallbackServer:
    """Listens on a port of loopback; a context manager.

    Args:
        port: the port of the application's redirect URI.
        state: the state that the redirect must repeat, else it belongs to another sign-in and is refused.

    Raises:
        ConfigurationError: the port is taken.
    """

    def __init__(self, port: int, state: str) -> None:
        self.answer: dict[str, str] = {}
        callback = self

        class Handler(BaseHTTPRequestHandler):
            timeout = _LONGEST_REQUEST

            def do_GET(self) -> None:
                """Takes the redirect; a browser's other requests, such as for an icon, get 404."""
                address = urlsplit(self.path)
                parameters = {name: values[0] for name, values in parse_qs(address.query).items()}
                if address.path != PATH:
                    self._write(404, _("Not found."))
                elif parameters.get("state") != state:
                    self._write(400, _("This is not the sign-in that the terminal waits for. Begin again there."))
                else:
                    callback.answer = parameters
                    is_done = "code" in parameters
                    self._write(
                        200, _("Done. Close this page.") if is_done else _("Access was not allowed. Close this page.")
                    )

            def _write(self, status: int, text: str) -> None:
                body = _PAGE.format(spoken(text)).encode()
                self.send_response(status)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Referrer-Policy", "no-referrer")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                """Writes nothing: the address has the code."""

        try:
            self._server = HTTPServer(("127.0.0.1", port), Handler)
        except OSError as error:
            raise ConfigurationError(
                _(
                    "port {port} of 127.0.0.1 cannot be listened on: {reason}; end the program that uses it, choose "
                    "another port of a redirect URI of the application by --port, or sign in with --device",
                    port=port,
                    reason=reason_of(error),
                )
            ) from None
        self.redirect_uri = f"http://127.0.0.1:{self._server.server_port}{PATH}"

    def wait(self, seconds: float) -> str:
        """Waits for the redirect.

        Args:
            seconds: the longest wait.

        Returns:
            The authorization code.

        Raises:
            SignInRefused: the user did not allow access.
            ConfigurationError: no redirect came in time.
        """
        deadline = time.monotonic() + seconds
        while not self.answer:
            if (left := deadline - time.monotonic()) <= 0:
                raise ConfigurationError(
                    _("nobody signed in within {seconds:.0f} seconds; run `auth login` again", seconds=seconds)
                )
            self._server.timeout = left
            self._server.handle_request()
        if "code" not in self.answer:
            code = one_line(self.answer.get("error", _("no code")), 60)
            detail = one_line(self.answer.get("error_description", ""), 200)
            raise SignInRefused(
                _("the sign-in was refused: {code}{detail}", code=code, detail=f" ({detail})" if detail else ""), code
            )
        return self.answer["code"]

    def __enter__(self) -> "CallbackServer":
        return self

    def __exit__(self, *_: object) -> None:
        self._server.server_close()
