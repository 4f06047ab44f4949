"""The base of HTTP clients in tests whose responses are there at once."""

from contextlib import AbstractContextManager, nullcontext

from yadirect_soap import Request, Response, StreamedResponse


class WholeResponses:
    """An HttpClient; a subclass has `exchange`, which gives the whole response to a request."""

    def exchange(self, request: Request, /) -> Response:
        """The response to a request."""
        raise NotImplementedError

    def send(
        self, request: Request, /, *, unbounded: bool = False, timeout: float | None = None
    ) -> AbstractContextManager[StreamedResponse]:
        """Gives the response as one piece."""
        response = self.exchange(request)
        return nullcontext(StreamedResponse(response.status, response.headers, iter((response.body,))))

    def close(self) -> None:
        """Has nothing to close."""
