"""Report definitions and errors in JSON; implements formats.Format."""

from collections.abc import Mapping
from typing import Any

from yadirect_soap.errors import ApiError
from yadirect_soap.language import _

from .. import json as wire
from ..scalars import DecodeFailure
from . import shapes

name = "json"
content_type = wire.content_type
media_types = wire.media_types


def path(version: str) -> str:
    """Returns the path of the service's address: /json/v5/reports."""
    return wire.path(version, "reports")


def encode_definition(definition: Mapping[str, Any]) -> bytes:
    """Returns the body of a request; EncodeError for what JSON cannot carry exactly."""
    return wire.dump({"params": wire.to_json(definition)})


def decode_definition(body: bytes) -> dict[str, Any]:
    """Returns the definition in the body of a request; texts are read as numbers where the definition has these."""
    request = wire.load(body)
    params = request.get("params") if isinstance(request, dict) else None
    if not isinstance(params, dict):
        raise DecodeFailure(_("a body without params"), '{"params": {...}}')
    definition: dict[str, Any] = wire.read_texts(params, shapes.definition())
    return definition


def encode_error(error: ApiError) -> bytes:
    """Returns the body of an error; its code is a text, as in the API."""
    fields = {"request_id": error.request_id, "error_code": str(error.code)}
    return wire.dump({"error": fields | {"error_string": error.message, "error_detail": error.detail}})


def decode_error(body: bytes) -> ApiError:
    """Returns the error in a body; its code may be an int or a text."""
    document = wire.load(body)
    fields = document.get("error") if isinstance(document, dict) else None
    if not isinstance(fields, dict):
        raise DecodeFailure(_("a body without an error"), '{"error": {...}}')
    return wire.read_error(fields)
