"""The two wires that carry the same operations, and what each of them must be able to do."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Protocol

from yadirect_soap.errors import ApiError

from . import json, soap
from .model import Operation, Service


class Reading(Protocol):
    """The reading of one response, item by item, while its bytes come."""

    result: dict[str, Any]

    def items(self, chunks: Iterable[bytes], /) -> Iterator[Any]:
        """The items; when these have all been read, `result` holds what stands beside them.

        Raises as decode_result does, but perhaps after items that came before the place.
        """


class Wire(Protocol):
    """How operations travel.  The modules soap and json are the two that exist.

    Encoding raises scalars.EncodeError, decoding scalars.DecodeFailure, each with the path of the value; decode_result
    raises the error that a response tells as ApiError, and counts in `unknown` what the contract does not know.
    """

    name: str
    content_type: str
    media_types: frozenset[str]

    def path(self, version: str, service: str, /) -> str:
        """The path of a service's address, such as /v5/ads."""

    def request_headers(self, operation: Operation, /) -> dict[str, str]:
        """The headers that the wire adds to a request."""

    def encode_request(self, operation: Operation, params: Mapping[str, Any], /) -> bytes:
        """The body of a call."""

    def carries_empty_lists(self, operation: Operation, /) -> bool:
        """Whether params of the operation may hold an empty list."""

    def encode_fitting(self, operation: Operation, params: Mapping[str, Any], /) -> bytes | None:
        """The body of a call whose params are found to fit the contract while they are written; None for check()."""

    def decode_request(self, service: Service, body: bytes, /) -> tuple[Operation | None, dict[str, Any]]:
        """The operation and the params of a call's body; no operation where the service has none of that name."""

    def encode_result(self, operation: Operation, result: Mapping[str, Any], /) -> bytes:
        """The body of a response."""

    def decode_result(self, operation: Operation, body: bytes, unknown: Counter[str], /) -> dict[str, Any]:
        """The result that a response's body holds."""

    def read_items(self, operation: Operation, unknown: Counter[str], /) -> Reading:
        """Reads the items of a response as its bytes come, for an operation whose result is about one list."""

    def encode_fault(self, error: ApiError, /) -> bytes:
        """The body of a refusal."""


WIRES: Mapping[str, Wire] = MappingProxyType({"soap": soap, "json": json})
