"""Validates messages against the XSD in the WSDLs of a contract; every violation has its line and its XPath.

The XSD has what is live and in no WSDL, too, so that it can be sent.
"""

import io
import re
import threading
from typing import TYPE_CHECKING, Any

from lxml import etree

from ..wsdl.extension import extended_file
from . import tree_validation
from .xsd_violations import XsdViolation

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

XSD = "http://www.w3.org/2001/XMLSchema"


class Schemas:
    """The schemas of a folder of WSDLs, each compiled when it is first needed. Threads may share it.

    Args:
        directory: the folder of `ads.wsdl` and so on.
    """

    def __init__(self, directory: "Traversable") -> None:
        self._directory = directory
        self._lock = threading.Lock()
        self._schemas: dict[str, tuple[etree.XMLSchema, threading.Lock]] = {}

    def violations(self, service: str, element: etree._Element) -> list[XsdViolation]:
        """Everything in which a message of a service breaks the schema.

        Args:
            service: `ads`.
            element: the message: the element in the Body.

        Returns:
            The violations in the order of the document, as tree_validation has them; [] if it is valid.
        """
        schema, lock = self._of(service)
        with lock:  # the log belongs to the schema, and lxml validates without the lock of the interpreter
            found = list(dict.fromkeys(tree_validation.violations(schema, element)))
        # libxml2 writes * for an element of the default namespace, which many stacks give to the message.
        root = f"/{etree.QName(element).localname}"
        return [violation._replace(path=re.sub(r"^/\*(?=/|$)", root, violation.path)) for violation in found]

    def _of(self, service: str) -> tuple[etree.XMLSchema, threading.Lock]:
        with self._lock:
            if service not in self._schemas:
                self._schemas[service] = _compiled(self._directory, f"{service}.wsdl"), threading.Lock()
            return self._schemas[service]


def _compiled(directory: "Traversable", file: str) -> etree.XMLSchema:
    parser = etree.XMLParser(no_network=True, resolve_entities=False)
    parser.resolvers.add(_FolderResolver(directory))
    (schema,) = etree.fromstring(extended_file((directory / file).read_bytes()), parser).iter(f"{{{XSD}}}schema")
    # A schema of its own has the prefixes that the WSDL around it declares.
    return etree.XMLSchema(etree.parse(io.BytesIO(etree.tostring(schema)), parser))


class _FolderResolver(etree.Resolver):
    """Reads an imported schema in the folder of the WSDL."""

    def __init__(self, directory: "Traversable") -> None:
        self._directory = directory

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:  # type: ignore[override]  # the stubs lack context
        name = (system_url or "").rpartition("/")[2]
        read: Any = self.resolve_string  # the stubs demand a base_url
        return read(extended_file((self._directory / name).read_bytes()), context)
