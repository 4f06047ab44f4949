"""Middleware: functions around the HTTP client; each passes a request on and its response back.

A middleware is a context manager, so that it also sees how reading the response ended:

    @contextmanager
    def count(context, request, send):
        with send(request) as response:
            yield response
        CALLS[context.operation, response.status] += 1
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.protocol.messages import Request, StreamedResponse


class CallContext(NamedTuple):
    """The operation that a request calls, and the client for which.

    Attributes:
        operation: `ads.update`; `reports.get` for reports; the file name for a WSDL.
        writes: whether the operation changes data.
        client_login: the client of an agency; None if none is set.
    """

    operation: str
    writes: bool
    client_login: str | None


Next = Callable[[Request], AbstractContextManager[StreamedResponse]]
"""Passes a request to the next middleware, or to the HTTP client after the last one."""


class Middleware(Protocol):
    """A function around each request, `(context, request, send)`; it is called once for each attempt."""

    def __call__(
        self, context: CallContext, request: Request, send: Next, /
    ) -> AbstractContextManager[StreamedResponse]:
        """Sends the request, unchanged or changed, and yields the response.

        Args:
            context: what the request is for.
            request: its address, headers and body.
            send: passes a request on; calling it again repeats the request.

        Returns:
            A context manager of the response: its status, headers and pieces.
        """


def chain(middleware: Sequence[Middleware], context: CallContext, last: Next) -> Next:
    """Chains all middleware into one function, the first outermost."""
    send = last
    for layer in reversed(middleware):
        send = _link(layer, context, send)
    return send


def checked(middleware: object) -> tuple[Middleware, ...]:
    """Converts the setting `middleware` to a tuple; ConfigurationError if it is not a sequence of functions."""
    layers = (
        tuple(middleware) if isinstance(middleware, Sequence) and not isinstance(middleware, str) else (middleware,)
    )
    for layer in layers:
        if not callable(layer):
            raise ConfigurationError(
                _("middleware is a list of functions (context, request, send), not {layer!r:.40}", layer=layer)
            )
    if not isinstance(middleware, Sequence):
        raise ConfigurationError(_("middleware is a list: write middleware=[...]"))
    return layers


def _link(middleware: Middleware, context: CallContext, send: Next) -> Next:
    return lambda request: middleware(context, request, send)
