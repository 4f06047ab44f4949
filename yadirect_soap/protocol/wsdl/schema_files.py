"""The schemas of a contract as files that need nothing else: one per service, the shared ones, and that of envelopes.

Any engine of XML Schema compiles `ads.xsd`, or `envelope.xsd`, which validates whole messages.
"""

from collections.abc import Iterable, Mapping
from importlib import resources

from yadirect_soap.errors import ConfigurationError

from . import canonical
from .description import Schema, Service, namespace_uri
from .parse import import_locations, parse

ENVELOPE = "envelope.xsd"
"""The file of the schema of SOAP 1.1 envelopes, which imports the services."""


def schema_files(files: Mapping[str, bytes], services: Iterable[str]) -> dict[str, bytes]:
    """Writes the schemas of some services.

    Args:
        files: the files of a contract by name: `ads.wsdl`, `general.xsd`.
        services: names of services, each with its WSDL in `files`.

    Returns:
        The schemas by file name: `ads.xsd`, `general.xsd`, `envelope.xsd`.  Schemas that no service uses are left out.
    """
    schemas = {name: _schema_of_service(files, name) for name in services}
    written = {f"{name}.xsd": canonical.write(schema) for name, schema in schemas.items()}
    missing = _imported(written.values())
    while missing:
        name = missing.pop()
        if f"{name}.xsd" not in written:
            written[f"{name}.xsd"] = canonical.write(parse(files[f"{name}.xsd"]))
            missing |= _imported([written[f"{name}.xsd"]])
    return written | {ENVELOPE: _envelope(schemas)}


def _schema_of_service(files: Mapping[str, bytes], name: str) -> Schema:
    service = parse(files[f"{name}.wsdl"])
    if not isinstance(service, Service):
        raise ConfigurationError(f"{name}.wsdl: found a schema, expected a service")
    return service.schema


def _imported(documents: Iterable[bytes]) -> set[str]:

    return {name for document in documents for name in import_locations(document)}


def _envelope(services: Iterable[str]) -> bytes:
    """The schema of envelopes, with an import of each service."""
    template = (resources.files(__package__) / ENVELOPE).read_text("utf-8")
    imports = "\n".join(
        f'  <xsd:import namespace="{namespace_uri(name)}" schemaLocation="{name}.xsd"/>' for name in sorted(services)
    )
    return template.replace("  <!-- imports -->", imports).encode()
