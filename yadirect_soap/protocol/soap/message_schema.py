"""Validates messages against the XML Schema of a contract, whole envelopes and bare wrappers alike.

Every violation has the line and the XPath of its element, so that whoever wrote the XML finds the place.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from lxml import etree

from yadirect_soap.language import in_words

from ..scalars import DecodeFailure
from ..wsdl.schema_files import ENVELOPE, schema_files
from . import envelope, streamed_validation, tree_validation
from .xsd_violations import XsdViolation

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


class MessageSchema:
    """The compiled schema of some services.  Threads must not share it while they validate.

    Args:
        directory: the folder of a contract, with `ads.wsdl`, `general.xsd` and so on.
        services: the services whose messages are valid.
    """

    def __init__(self, directory: "Traversable", services: Iterable[str]) -> None:
        written = schema_files(directory, services)
        parser = etree.XMLParser(no_network=True, resolve_entities=False)
        parser.resolvers.add(_Files(written))
        self._schema = etree.XMLSchema(etree.fromstring(written[ENVELOPE], parser, base_url=ENVELOPE))

    def streamed_violations(self, pieces: Iterable[bytes]) -> Iterator[XsdViolation]:
        """Validates an envelope, or the element of its Body alone, in memory that does not grow with it.

        Args:
            pieces: the bytes of a document, in the encoding that it declares.

        Returns:
            An iterator of violations in the order of the document.  A step of an XPath has an index from the second
            element of a name on.  After the 1000th violation the rest is not read.
        """
        return streamed_validation.violations(self._schema, pieces)

    def violations(self, document: bytes) -> list[XsdViolation]:
        """Validates an envelope, or the element of its Body alone, which is read as UTF-8.

        Args:
            document: a whole XML document.

        Returns:
            The violations in the order of the document, as tree_validation has them; [] if it is valid.
        """
        try:
            root = envelope.parse(document)
        except DecodeFailure as failure:
            cause = failure.__cause__
            line = getattr(cause, "lineno", None) or 0
            return [XsdViolation(line, "", in_words(failure))]
        return self.violations_of(root)

    def violations_of(self, root: etree._Element) -> list[XsdViolation]:
        """Validates the document of an element that was parsed already; see violations()."""
        return tree_validation.violations(self._schema, root)


class _Files(etree.Resolver):
    """Opens the schemas that an import names, which are in memory."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__()
        self._files = files

    def resolve(self, system_url: str, public_id: str, context: Any = None) -> Any:
        """Returns the schema of a location; nothing is ever read from a disk or a network."""
        content = self._files.get(system_url.rpartition("/")[2], b"")
        return self.resolve_string(content, context, base_url=system_url)
