"""XML documents of a user: an envelope, or only the element of its Body, which names the operation."""

from collections import Counter
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from lxml import etree

from yadirect_soap.language import _

from ..model import NAMESPACE, Operation, Service
from ..scalars import DecodeFailure
from . import decode, envelope

_UTF8 = frozenset({"", "UTF-8", "UTF8", "US-ASCII", "ASCII"})

Element = etree._Element
"""An element of lxml."""
Role = Literal["request", "response", "fault"]


def as_bytes(element: object) -> bytes:
    """Returns an lxml element as a document; TypeError for anything else."""
    if not etree.iselement(element):
        raise TypeError(f"found {element!r:.40}, expected bytes, an lxml element or a path")
    return etree.tostring(element, encoding="UTF-8", with_tail=False)


class Document(NamedTuple):
    """A document with its place in the contract.

    Attributes:
        role: whether it is a request, a response or a fault.
        operation: its operation; None for a fault.
        element: the element in the Body.
        envelope: the bytes of the whole envelope in UTF-8: as they came, if they were that already.
    """

    role: Role
    operation: Operation | None
    element: etree._Element
    envelope: bytes

    def content(self, unknown: Counter[str]) -> dict[str, Any]:
        """Returns the params or the result; counts in `unknown` what the contract does not have.

        Raises:
            DecodeFailure: a value is not of its kind.
        """
        if self.operation is None:
            raise DecodeFailure(_("a Fault"), _("a request or a response"))
        shape = self.operation.request if self.role == "request" else self.operation.response
        if self.role == "request":
            decode.refuse_invalid_nil(self.element)
        return decode.decode(self.element, shape, unknown)


def read(services: Mapping[str, Service], document: bytes) -> Document:
    """Reads a document in any encoding that it declares.

    Args:
        services: the contract.
        document: an envelope, or the element of its Body alone.

    Raises:
        DecodeFailure: it is not XML, or its element is of no operation of the contract.
    """
    root = envelope.parse(document, declared=True)
    is_envelope = root.tag == f"{{{envelope.SOAP}}}Envelope"
    element = envelope.only_child(root) if is_envelope or envelope.is_soap_12(root) else root
    encoding: str = root.getroottree().docinfo.encoding or ""
    if not is_envelope:
        content = envelope.wrap_element(element)
    elif encoding.upper() in _UTF8:
        content = document
    else:
        content = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    if element.tag == f"{{{envelope.SOAP}}}Fault":
        return Document("fault", None, element, content)
    role, operation = _operation_of(services, element)
    return Document(role, operation, element, content)


def split(document: bytes) -> list[bytes]:
    """Splits a document with several messages in an element of another name; other documents are one message.

    Raises:
        DecodeFailure: it is not XML.
    """
    root = envelope.parse(document, declared=True)
    if _is_message(root) or not len(root) or not all(map(_is_message, root)):
        return [document]
    return [as_bytes(child) for child in root]


def _is_message(element: etree._Element) -> bool:
    namespace = etree.QName(element).namespace or ""
    return namespace in (envelope.SOAP, envelope.SOAP_12) or namespace.startswith(NAMESPACE)


def _operation_of(services: Mapping[str, Service], element: etree._Element) -> tuple[Role, Operation]:
    """Returns the operation whose request or response an element is."""
    name = etree.QName(element)
    namespace = name.namespace or ""
    service = services.get(namespace.removeprefix(NAMESPACE)) if namespace.startswith(NAMESPACE) else None
    for operation in service.operations.values() if service else ():
        if name.localname == local(operation.request.name):
            return "request", operation
        if name.localname == local(operation.response.name):
            return "response", operation
    raise DecodeFailure(
        _("the element {text!r:.120}", text=name.text),
        _("a request or a response of a service, such as {{{namespace}ads}}GetRequest", namespace=NAMESPACE),
    )


def local(qualified: str) -> str:
    """Returns the name of a shape without its namespace."""
    return qualified.rpartition(":")[2]
