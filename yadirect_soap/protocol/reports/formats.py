"""The two formats of a report's definition and of its errors, and what each of them must be able to do."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Protocol

from yadirect_soap.errors import ApiError

from . import json, xml


class Format(Protocol):
    """How a definition travels.  The modules xml and json are the two that exist.

    Encoding raises scalars.EncodeError, decoding scalars.DecodeFailure, each with the path of the value.
    """

    name: str
    content_type: str
    media_types: frozenset[str]

    def path(self, version: str, /) -> str:
        """The path of the service's address, such as /v5/reports."""

    def encode_definition(self, definition: Mapping[str, Any], /) -> bytes:
        """The body of a request."""

    def decode_definition(self, body: bytes, /) -> dict[str, Any]:
        """The definition in a request's body, for check() to judge."""

    def encode_error(self, error: ApiError, /) -> bytes:
        """The body of a refusal."""

    def decode_error(self, body: bytes, /) -> ApiError:
        """The error that a body tells, by class of its code; DecodeFailure for what tells none."""


FORMATS: Mapping[str, Format] = MappingProxyType({"soap": xml, "json": json})
"""By the names of the wires: over "soap" a definition is bare XML, without an envelope."""
