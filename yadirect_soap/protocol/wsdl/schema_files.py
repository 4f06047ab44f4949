"""The schemas of a contract as files that need nothing else: one per service, the shared ones, and that of envelopes.

Any engine of XML Schema compiles `ads.xsd`, or `envelope.xsd`, which validates whole messages.  They have what is live
and in no WSDL, too.
"""

from collections.abc import Iterable
from importlib import resources
from typing import TYPE_CHECKING

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _

from . import canonical, extension
from .description import Schema, Service, namespace_uri
from .parse import import_locations, parse

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

ENVELOPE = "envelope.xsd"
"""The file of the schema of SOAP 1.1 envelopes, which imports the services."""


def schema_files(directory: "Traversable", services: Iterable[str]) -> dict[str, bytes]:
    """Writes the schemas of some services.

    Args:
        directory: the folder of a contract, with `ads.wsdl`, `general.xsd` and so on.
        services: names of services in it.

    Returns:
        The schemas by file name: `ads.xsd`, `general.xsd`, `envelope.xsd`.  Schemas that no service uses are left out.
    """
    schemas = {name: _schema_of_service(directory, name) for name in services}
    written = {f"{name}.xsd": canonical.write(schema) for name, schema in schemas.items()}
    missing = _imported(written.values())
    while missing:
        name = missing.pop()
        if f"{name}.xsd" not in written:
            written[f"{name}.xsd"] = canonical.write(
                extension.extended(parse((directory / f"{name}.xsd").read_bytes()))
            )
            missing |= _imported([written[f"{name}.xsd"]])
    return written | {ENVELOPE: _envelope(schemas)}


def _schema_of_service(directory: "Traversable", name: str) -> Schema:
    service = extension.extended(parse((directory / f"{name}.wsdl").read_bytes()))
    if not isinstance(service, Service):
        raise ConfigurationError(_("{name}.wsdl: found a schema, expected a service", name=name))
    return service.schema


def _imported(documents: Iterable[bytes]) -> set[str]:

    return {name for document in documents for name in import_locations(document)}


def _envelope(services: Iterable[str]) -> bytes:
    """Returns the schema of envelopes, with an import of each service."""
    template = (resources.files(__package__) / ENVELOPE).read_text("utf-8")
    imports = "\n".join(
        f'  <xsd:import namespace="{namespace_uri(name)}" schemaLocation="{name}.xsd"/>' for name in sorted(services)
    )
    return template.replace("  <!-- imports -->", imports).encode()
