"""The two wires, SOAP and JSON, which carry the same operations, and their interface."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, Protocol

from yadirect_soap.errors import ApiError

from . import json, soap
from .model import Operation, Service


class Reading(Protocol):
    """Reads one response item by item, as its bytes arrive."""

    result: dict[str, Any]

    def items(self, chunks: Iterable[bytes], /) -> Iterator[Any]:
        """Yields the items; after the last one, `result` has the rest of the response.

        Raises the errors of decode_result, but maybe after some items.
        """


class Wire(Protocol):
    """The interface of a wire; the modules soap and json implement it.

    Encoding raises scalars.EncodeError, decoding scalars.DecodeFailure, each with the path of the value; decode_result
    raises the error in a response as ApiError, and counts in `unknown` what the contract does not have.
    """

    name: str
    content_type: str
    media_types: frozenset[str]

    def path(self, version: str, service: str, /) -> str:
        """Returns the path of a service's address, such as /v5/ads."""

    def request_headers(self, operation: Operation, /) -> dict[str, str]:
        """Returns the headers that the wire adds to a request."""

    def encode_request(self, operation: Operation, params: Mapping[str, Any], /) -> bytes:
        """Returns the body of a call."""

    def carries_empty_lists(self, operation: Operation, /) -> bool:
        """Whether params of the operation may contain an empty list."""

    def encode_fitting(self, operation: Operation, params: Mapping[str, Any], /) -> bytes | None:
        """Returns the body of a call, and validates its params in the same pass; None if check() must do it."""

    def decode_request(self, service: Service, body: bytes, /) -> tuple[Operation | None, dict[str, Any]]:
        """Returns the operation and the params of a call; no operation if a JSON body names none of the service."""

    def encode_result(self, operation: Operation, result: Mapping[str, Any], /) -> bytes:
        """Returns the body of a response."""

    def decode_result(self, operation: Operation, body: bytes, unknown: Counter[str], /) -> dict[str, Any]:
        """Returns the result in the body of a response."""

    def read_items(self, operation: Operation, unknown: Counter[str], /) -> Reading:
        """Reads the items of a response as its bytes arrive, for an operation whose result is one list."""

    def encode_fault(self, error: ApiError, /) -> bytes:
        """Returns the body of an error."""


WIRES: Mapping[str, Wire] = MappingProxyType({"soap": soap, "json": json})
