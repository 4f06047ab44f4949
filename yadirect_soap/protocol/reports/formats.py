"""The two formats of report definitions and errors, and their interface."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Protocol

from yadirect_soap.errors import ApiError

from . import json, xml


class Format(Protocol):
    """The interface of a format; the modules xml and json implement it.

    Encoding raises scalars.EncodeError, decoding scalars.DecodeFailure, each with the path of the value.
    """

    name: str
    content_type: str
    media_types: frozenset[str]

    def path(self, version: str, /) -> str:
        """Returns the path of the service's address, such as /v5/reports."""

    def encode_definition(self, definition: Mapping[str, Any], /) -> bytes:
        """Returns the body of a request."""

    def decode_definition(self, body: bytes, /) -> dict[str, Any]:
        """Returns the definition in the body of a request, not checked."""

    def encode_error(self, error: ApiError, /) -> bytes:
        """Returns the body of an error."""

    def decode_error(self, body: bytes, /) -> ApiError:
        """Returns the error in a body, by class of its code; DecodeFailure if the body is no error."""


FORMATS: Mapping[str, Format] = MappingProxyType({"soap": xml, "json": json})
"""The formats by the names of the wires: over "soap" a definition is bare XML without an envelope."""
