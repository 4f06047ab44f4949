"""Sends a request in XML and writes its response; the response to a read may have any size."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from yadirect_soap import DecodeError, Direct, DirectError, ItemsError, Page
from yadirect_soap.language import _, composed, joined

from . import documents

if TYPE_CHECKING:
    from yadirect_soap import XmlRequest
    from yadirect_soap.protocol.soap.message_schema import MessageSchema

_MAX_SHOWN = 5
"""The number of violations in an error."""


class Sent(NamedTuple):
    """The outcome of a request that got a response.

    Attributes:
        summary: operation, RequestId and units.
        failure: the error of failed items, or of a response that the schema does not allow; None if there is none.
    """

    summary: str
    failure: DirectError | None


def is_write(request: "XmlRequest") -> bool:
    """Whether a request changes data."""
    from yadirect_soap.protocol import facts

    return not facts.bundled().is_read(request.operation.service, request.operation.name)


def send(direct: Direct, request: "XmlRequest", out: str, schema: "MessageSchema | None") -> Sent:
    """Sends a request and writes the response unchanged into a file, completely or not at all, or to stdout.

    Args:
        direct: the client that sends it.
        request: a checked request.
        out: the file; - is stdout.
        schema: the schema for the response; None does not validate it.

    Raises:
        ConfigurationError: the file cannot be written; nothing was sent.
        DirectError: there is no response.
    """
    failure: DirectError | None = None
    with documents.open_output(out) as target, _seekable(target, out) as file:
        if is_write(request):
            response = direct.send_xml(request.body)
            file.write(response.body)
            called: Any = response.result.response
            try:
                if not isinstance(response.result, Page):
                    response.result.raise_for_errors()
            except ItemsError as error:
                failure = error
        else:
            called = direct.forward(request.operation, request.body, file)
        failure = failure or _invalid(file, schema, called)
    summary = _("{operation}: request {request_id}", operation=called.operation, request_id=called.request_id)
    if called.units:
        units = _("{spent} units spent, {left} left", spent=called.units.spent, left=called.units.left)
        summary = composed("{summary}, {units}", summary=summary, units=units)
    return Sent(summary, failure)


def schema_for(direct: Direct) -> "MessageSchema":
    """Returns the schema of all messages of the contract."""
    from yadirect_soap.protocol.soap.message_schema import MessageSchema

    return MessageSchema(direct.contract.directory, direct.contract)


@contextmanager
def _seekable(target: BinaryIO, out: str) -> Iterator[BinaryIO]:
    """Yields a file that each attempt can rewrite: the target, or a temporary file that is then copied to a stream."""
    if not documents.is_stream(out):
        yield target
        return
    with TemporaryFile() as file:
        yield file
        file.seek(0)
        shutil.copyfileobj(file, target)


def _invalid(file: BinaryIO, schema: "MessageSchema | None", called: Any) -> DirectError | None:
    """Returns the error of a response that the schema does not allow; None if it is valid."""
    if schema is None:
        return None
    with _read_back(file) as content:
        violations = list(schema.streamed_violations(documents.chunks(content)))
    if not violations:
        return None
    texts = [str(violation) for violation in violations[:_MAX_SHOWN]]
    if len(violations) > _MAX_SHOWN:
        texts.append(_("{count} in all", count=len(violations)))
    shown = joined("; ", texts)
    message = _("the response was written, and does not fit the schema of the contract: {shown}", shown=shown)
    return DecodeError(message, operation=called.operation, request_id=called.request_id)


@contextmanager
def _read_back(file: BinaryIO) -> Iterator[BinaryIO]:
    file.flush()
    if file.readable():
        file.seek(0)
        yield file
        return
    with Path(file.name).open("rb") as content:
        yield content
