"""Calls of operations: params to a request, with checks and retries, and the response to a result."""

import copy
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import IO, Any, TypeVar, cast

from yadirect_soap.errors import InvalidParamsError, Violation
from yadirect_soap.forks import ForkLock
from yadirect_soap.language import _
from yadirect_soap.protocol import money_conversion
from yadirect_soap.protocol.messages import Headers, Request, Response, StreamedResponse
from yadirect_soap.protocol.model import Operation

from . import batches, paging, request_body, responses, results
from .caller import Caller
from .item_iterator import ItemIterator, Totals
from .retry_state import RetryState, describing_errors
from .settings import Settings
from .streaming import StreamedPage
from .unknown_log import UnknownLog

_T = TypeVar("_T")

_LARGE = 1 << 18
"""Bytes from which on responses are decoded one at a time."""


class OperationCalls:
    """Calls operations of the contract with the settings of a Direct.

    Args:
        caller: sends the requests.
        settings: where to, how, and with which checks.
    """

    def __init__(self, caller: Caller, settings: Settings) -> None:
        self._caller = caller
        self._settings = settings
        self._unknown_log = UnknownLog()
        self._decode_lock = ForkLock()

    def with_settings(self, caller: Caller, settings: Settings) -> "OperationCalls":
        """Returns the same calls with other settings; both decode in turn, and log an unknown name once."""
        calls = copy.copy(self)
        calls._caller, calls._settings = caller, settings
        return calls

    def call(self, operation: Operation, params: object) -> results.Result:
        """Checks the params and calls the operation once."""
        with describing_errors(operation, self._settings):
            checked_params, body = self.encoded(operation, params)
            return self._result(operation, checked_params, body)

    def call_split(self, operation: Operation, params: object) -> results.Result:
        """Calls the operation as often as its list needs; see Direct.call with split=True."""
        reads = results.gives_items(operation)
        if not reads and operation.listed is None:
            return self.call(operation, params)
        with describing_errors(operation, self._settings):
            if reads:
                return self._all_items(operation, params)
            checked_params = self._checked(operation, params)
            return batches.write(operation, checked_params, partial(self._send_part, operation))

    def call_encoded(self, operation: Operation, params: Mapping[str, Any], body: bytes) -> results.Result:
        """Calls the operation with a body that stands for the params already."""
        with describing_errors(operation, self._settings):
            return self._result(operation, params, body)

    def forward(self, operation: Operation, envelope: bytes, out: IO[bytes]) -> results.CallResponse:
        """Sends an envelope as it is and writes the response to a file; see Direct.forward."""

        def attempt() -> results.CallResponse:
            with self._sent(operation, envelope) as response:
                return responses.save(operation, response, out, self._settings)

        with describing_errors(operation, self._settings):
            return self._retry_state(operation).run(attempt)

    def items(self, operation: Operation, params: object, *, split: bool) -> ItemIterator[dict[str, Any]]:
        """Iterates over the objects of all pages; see Direct.items."""
        with describing_errors(operation, self._settings):
            results.refuse_without_items(operation)
            checked_params = self._checked(operation, params) if split else self.encoded(operation, params)[0]
        return ItemIterator(partial(self._objects, operation, checked_params, split), operation.key)

    def read_page(
        self, operation: Operation, params: object, read: Callable[[Iterator[dict[str, Any]]], _T]
    ) -> tuple[_T, results.CallResponse]:
        """Calls a get once and hands its objects on as they arrive; see Direct.read_page."""
        with describing_errors(operation, self._settings):
            results.refuse_without_items(operation)
            _checked_params, body = self.encoded(operation, params)
            return self._retry_state(operation).run(lambda: self._read_page(operation, body, read))

    def pages(self, operation: Operation, params: object, *, split: bool) -> Iterator[results.Page[dict[str, Any]]]:
        """Iterates over the pages of a get; see Direct.pages."""
        results.refuse_without_items(operation)
        plain_params: Any = request_body.as_plain(operation, {} if params is None else params)
        if not split:
            return paging.iter_pages(partial(self._page, operation), plain_params)
        with describing_errors(operation, self._settings):
            self._checked(operation, plain_params)
        return batches.pages(operation, plain_params, partial(self._page, operation))

    def encoded(self, operation: Operation, params: object) -> tuple[Mapping[str, Any], bytes]:
        """Returns the params in micros, and the body; InvalidParamsError if they do not fit."""
        return request_body.encode_given(operation, params, self._settings)

    def request(self, operation: Operation, body: bytes) -> Request:
        """Returns the request of a call: address, headers with the token, and the body."""
        fields = self._settings.signed(operation) | self._settings.wire.request_headers(operation)
        return Request(self._settings.address(operation), Headers(fields), body)

    def _read_page(
        self, operation: Operation, body: bytes, read: Callable[[Iterator[dict[str, Any]]], _T]
    ) -> tuple[_T, results.CallResponse]:
        ends: list[results.CallResponse] = []

        def items() -> Iterator[dict[str, Any]]:
            ends.append((yield from responses.read_items(operation, response, self._settings)))

        with self._sent(operation, body) as response:
            arriving = self._in_own_money(operation, items())
            value = read(arriving)
            # What follows the objects, such as LimitedBy, is read even where not all of them were taken.
            for _item in arriving:
                pass
        (call_response,) = ends
        self._log_unknown(operation, call_response)
        return value, call_response

    def _in_own_money(self, operation: Operation, items: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Yields the objects with amounts as the settings say."""
        if self._settings.money == "decimal" and operation.listed:
            shape = operation.listed.shape
            return (money_conversion.result_to_decimal(item, shape) for item in items)
        return iter(items)

    def _page(self, operation: Operation, params: Mapping[str, Any]) -> results.Page[dict[str, Any]]:
        return cast("results.Page[dict[str, Any]]", self.call(operation, params))

    def _objects(
        self, operation: Operation, params: Mapping[str, Any], split: bool, totals: Totals
    ) -> Generator[dict[str, Any], None, None]:
        """Yields the objects of all pages and, with split, of all parts of a get; the params are in micros."""
        fetch = partial(self._streamed, totals)
        is_new = batches.without_repeated(operation, params) if split else lambda _item: True
        with describing_errors(operation, self._settings):
            for part in batches.parts_of_read(operation, params) if split else [params]:
                items = paging.iter_items(
                    lambda page: StreamedPage(operation, page, fetch, self._retry_state(operation)), part
                )
                yield from self._in_own_money(operation, filter(is_new, items))

    def _all_items(self, operation: Operation, params: object) -> results.Page[dict[str, Any]]:
        """Reads the objects of all parts and pages into one list."""
        checked_params = self._checked(operation, params)
        if checked_params.get("Page") is not None:
            violation = Violation(
                "$.Page", _("a page"), _("none: with split=True a get returns all objects; or use items()")
            )
            raise InvalidParamsError([violation], operation=operation.key)
        iterator = ItemIterator(partial(self._objects, operation, checked_params, True), operation.key)
        objects = list(iterator)
        call_response = results.CallResponse(
            operation=operation.key,
            raw=Response(200, Headers({})),
            result={operation.listed.name if operation.listed else "": objects},
            request_id=iterator.request_ids[-1] if iterator.request_ids else "",
            units=iterator.units,
            unknown=iterator.unknown,
            request_ids=iterator.request_ids,
            in_decimal=self._settings.money == "decimal",
            fields=results.requested_fields(checked_params),
        )
        return results.Page(objects, call_response)

    def _checked(self, operation: Operation, params: object) -> Mapping[str, Any]:
        """Converts params to micros and checks all of them before the first part is sent; lists may have any length."""
        converted = request_body.in_micros(operation, request_body.as_plain(operation, params), self._settings)
        violations = request_body.violations(operation, converted, self._settings, sizes=False)
        # Whatever the check: with these, parts would lose or repeat objects.
        lossy = batches.violations(operation, converted) if results.gives_items(operation) else []
        if lossy or (violations and self._settings.check == "error"):
            raise InvalidParamsError([*violations, *lossy], operation=operation.key)
        return converted

    def _send_part(self, operation: Operation, params: Mapping[str, Any]) -> results.ItemResults:
        body = request_body.encode(operation, params, self._settings)
        return cast("results.ItemResults", self._result(operation, params, body))

    def _result(self, operation: Operation, params: Mapping[str, Any], body: bytes) -> results.Result:
        call_response = self._retry_state(operation).run(lambda: self._attempt(operation, body))
        self._log_unknown(operation, call_response)
        if results.gives_items(operation):
            call_response = call_response._replace(fields=results.requested_fields(params))
        if self._settings.money == "decimal":
            result = money_conversion.result_to_decimal(call_response.result, operation.response)
            call_response = call_response._replace(result=result, in_decimal=True)
        return results.unpack(operation, call_response, results.count_sent(operation, params))

    def _attempt(self, operation: Operation, body: bytes) -> results.CallResponse:
        with self._sent(operation, body) as streamed:
            response = self._caller.read_response(operation.key, streamed)
            # Only one thread runs Python at a time: large responses read in turn are there sooner than all at once,
            # since less is half done, to be kept and looked through by the garbage collector.
            with self._decode_lock if len(response.body) > _LARGE else nullcontext():
                return responses.read(operation, response, self._settings.wire, strict=self._settings.strict)

    def _sent(self, operation: Operation, body: bytes) -> AbstractContextManager[StreamedResponse]:
        request = self.request(operation, body)
        return self._caller.send(operation.key, request, writes=not results.reads(operation))

    def _streamed(
        self, totals: Totals, operation: Operation, params: Mapping[str, Any]
    ) -> Generator[dict[str, Any], None, results.CallResponse]:
        """Requests a page once and yields its objects as they arrive."""
        body = request_body.encode(operation, params, self._settings)
        with self._sent(operation, body) as response:
            totals.begin(responses.beginning(operation, response))
            call_response = yield from responses.read_items(operation, response, self._settings)
        totals.end(call_response)
        self._log_unknown(operation, call_response)
        return call_response

    def _retry_state(self, operation: Operation) -> RetryState:
        return RetryState(operation.key, self._settings, reads=lambda: results.reads(operation))

    def _log_unknown(self, operation: Operation, call_response: results.CallResponse) -> None:
        login = self._settings.client_login
        self._unknown_log.log(f"{operation.key} for {login}" if login else operation.key, call_response.unknown)
