"""Calls whose request is XML already: an envelope or the element of its Body, from a file or another program."""

import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Union

from yadirect_soap.errors import ConfigurationError, InvalidParamsError, Violation
from yadirect_soap.language import _, in_words, reason_of
from yadirect_soap.protocol.contract import Contract
from yadirect_soap.protocol.headers import Units
from yadirect_soap.protocol.model import Operation
from yadirect_soap.protocol.scalars import DecodeFailure

from . import call_logging, request_body, results
from .settings import Settings

if TYPE_CHECKING:
    from yadirect_soap.protocol.soap.documents import Document, Element

XmlSource = Union[bytes, bytearray, "Element", str, "os.PathLike[str]"]
"""Bytes, an lxml element, or a path."""


class XmlResponse(NamedTuple):
    """The response to a request that was sent as XML.

    Attributes:
        result: the result as call() returns it: a Page, ItemResults or OperationResult.
    """

    result: "results.Page[dict[str, Any]] | results.ItemResults | results.OperationResult"

    @property
    def body(self) -> bytes:
        """The envelope as it came, in UTF-8."""
        return self.result.raw.body

    @property
    def element(self) -> "Element":
        """The element in the Body, parsed anew; `element.getroottree()` is the whole envelope."""
        from yadirect_soap.protocol.soap import envelope  # noqa: PLC0415  lxml is loaded by those who call

        return envelope.unwrap(self.body)

    @property
    def units(self) -> Units | None:
        """Units spent, left and the daily limit; None if the response has none."""
        return self.result.units

    @property
    def request_id(self) -> str:
        """The API's RequestId, "" if none came."""
        return self.result.request_id


class XmlRequest(NamedTuple):
    """A request in XML that was read and checked.

    Attributes:
        operation: what it calls, in the contract.
        params: its params as a dict, as call() takes them.
        body: the envelope that is sent, in UTF-8.
    """

    operation: Operation
    params: Mapping[str, Any]
    body: bytes


def read(contract: Contract, source: object) -> "tuple[Operation, Document]":
    """Reads a request; InvalidParamsError if it is none of the contract, ConfigurationError for another type."""
    from yadirect_soap.protocol.soap import documents  # noqa: PLC0415  lxml is loaded by those who call

    try:
        document = documents.read(contract, _content(source))
    except DecodeFailure as failure:
        raise InvalidParamsError([_violation(failure)]) from None
    if document.operation is None or document.role != "request":
        found = f"a {document.role}" + (f" of {document.operation.key}" if document.operation else "")
        raise InvalidParamsError([Violation("$", found, _("a request"))])
    return document.operation, document


def checked(operation: Operation, document: "Document", settings: Settings) -> XmlRequest:
    """Decodes the params and checks them as the settings say.

    Raises:
        InvalidParamsError: they cannot be decoded, or, with check="error", do not fit contract and limits.
    """
    try:
        params = document.content(Counter())
    except DecodeFailure as failure:
        raise InvalidParamsError([_violation(failure)], operation=operation.key) from None
    violations = request_body.violations(operation, params, settings)
    if violations and settings.check == "error":
        raise InvalidParamsError(violations, operation=operation.key)
    if violations:
        call_logging.log_invalid_params(operation.key, violations)
    return XmlRequest(operation, params, document.envelope)


def _content(source: object) -> bytes:
    if isinstance(source, bytes | bytearray):
        return bytes(source)
    if isinstance(source, str) and source.lstrip().startswith("<"):
        raise ConfigurationError(
            _("found XML as a str, expected bytes, an lxml element or a path: write text.encode()")
        )
    if isinstance(source, str | os.PathLike):
        try:
            return Path(source).read_bytes()
        except (OSError, ValueError) as error:
            raise ConfigurationError(
                _("{file!r}: cannot be read: {reason}", file=os.fspath(source), reason=reason_of(error))
            ) from None
    from yadirect_soap.protocol.soap import documents  # noqa: PLC0415  lxml is loaded by those who call

    try:
        return documents.as_bytes(source)
    except TypeError as error:
        raise ConfigurationError(in_words(error)) from None


def _violation(failure: DecodeFailure) -> Violation:
    return Violation(failure.json_path, failure.found, failure.expected)
