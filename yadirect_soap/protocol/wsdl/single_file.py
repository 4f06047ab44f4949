"""Writes a WSDL with all its schemas inside, for programs that load one file and follow no import.

.NET serves such a file at `?singleWsdl`.
"""

from typing import TYPE_CHECKING

from lxml import etree

from .parse import import_locations, parsed_root
from .subset import PREFIXES

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


def single_file(directory: "Traversable", service: str) -> bytes:
    """Returns a WSDL with all schemas inside its types.

    An import stays, as XML Schema demands it for each namespace that a schema refers to, but has no location.

    Args:
        directory: the folder of a contract.
        service: a service in it, such as `ads`.

    Returns:
        The WSDL; its service has the address of the file.
    """
    document = (directory / f"{service}.wsdl").read_bytes()
    root = parsed_root(document)
    types = root.find("wsdl:types", PREFIXES)
    assert types is not None  # noqa: S101  subset.py demands them
    names = list(import_locations(document))
    for name in names:  # which gets longer
        imported = (directory / f"{name}.xsd").read_bytes()
        names += [more for more in import_locations(imported) if more not in names]
        # After the service's own schema: zeep and others number their prefixes in this order.
        types.append(parsed_root(imported))
    for element in types.iterfind(".//xsd:import", PREFIXES):
        if "schemaLocation" in element.attrib:
            del element.attrib["schemaLocation"]
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)
