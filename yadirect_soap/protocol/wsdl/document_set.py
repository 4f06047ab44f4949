"""A complete set of descriptions: each file describes what its name says, and everything referred to is in the set.

A DocumentSet is a mapping by file name: `ads.wsdl` is a Service, `general.xsd` a Schema.  The schema of report
definitions (reports.xsd) does not belong to it: no service refers to it.  Nothing here opens a file or a connection.
"""

from collections.abc import Iterable, Iterator, Mapping

from yadirect_soap.errors import DecodeError
from yadirect_soap.language import _, composed, in_words

from . import canonical
from .description import ComplexType, Content, Description, Element, Enumeration, Schema, Service
from .parse import UnsupportedDescription, parse

DocumentSet = Mapping[str, Description]
NamedType = ComplexType | Enumeration

_HTML = (b"<!doctype html", b"<html")
_SHOWN = 200
_MESSAGE = "message "
_DEEPEST = 100
"""The maximum depth of types inside each other: ten times the real one."""


def read_member(file: str, document: bytes) -> Description:
    """Parses the document with a file name; DecodeError if it is broken or describes something else."""
    if is_html(document):
        raise DecodeError(_("an HTML page, not a WSDL"), path=file)
    try:
        description = parse(document)
    except UnsupportedDescription as error:
        raise DecodeError(in_words(error), path=file) from error
    name, _dot, suffix = file.rpartition(".")
    expected = composed("{value} {name}", value="service" if suffix == "wsdl" else "schema", name=name)
    actual = f"{'service' if isinstance(description, Service) else 'schema'} {schema_of(description).namespace}"
    if actual != expected:
        raise DecodeError(_("describes the {actual}, not the {expected}", actual=actual, expected=expected), path=file)
    return description


def is_html(document: bytes) -> bool:
    """Whether a document is an HTML page, such as a captcha or a proxy's page."""
    return document[:_SHOWN].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_HTML)


def missing_schemas(documents: DocumentSet) -> list[str]:
    """Returns the file names of schemas that are referred to but missing."""
    named = {
        reference.partition(":")[0] for description in documents.values() for _, reference in _references(description)
    }
    present = {schema.namespace for schema in schemas(documents)}
    return sorted(f"{name}.xsd" for name in named - present - {"xsd"})


def check(documents: DocumentSet) -> None:
    """Raises DecodeError if something that is referred to is missing, or a type contains itself."""
    types, elements = types_of(documents), elements_of(documents)
    for file, description in documents.items():
        for source, reference in _references(description):
            targets = elements if source.startswith(_MESSAGE) else types
            if reference not in targets and not reference.startswith("xsd:"):
                raise DecodeError(
                    _("{source} refers to {reference}, which is missing", source=source, reference=reference), path=file
                )
        for message in _undeclared_messages(description):
            raise DecodeError(
                _("an operation refers to the message {message}, which is missing", message=message), path=file
            )
    _refuse_circles(types)


def schemas(documents: DocumentSet) -> Iterator[Schema]:
    """Yields the schemas of the services, and the shared ones."""
    for description in documents.values():
        yield schema_of(description)


def schema_of(description: Description) -> Schema:
    """Returns the schema in a service, or the schema itself."""
    return description.schema if isinstance(description, Service) else description


def types_of(documents: DocumentSet) -> dict[str, NamedType]:
    """Returns every named type, by its qualified name: `ads:AdUpdateItem`."""
    return {f"{schema.namespace}:{named.name}": named for schema in schemas(documents) for named in schema.types}


def elements_of(documents: DocumentSet) -> dict[str, Element]:
    """Returns every global element, by its qualified name."""
    return {
        f"{schema.namespace}:{element.name}": element for schema in schemas(documents) for element in schema.elements
    }


def referenced_types(kind: NamedType | Element) -> Iterator[str]:
    """Yields the types that a type or an element refers to: its base, those of its fields."""
    if isinstance(kind, Enumeration):
        yield kind.base
        return
    content = kind.content if isinstance(kind, ComplexType) else kind.type
    if isinstance(content, Content):
        yield from filter(None, [content.base])
        yield from (field.type for field in content.fields)
    else:
        yield content


def canonical_files(documents: DocumentSet) -> dict[str, bytes]:
    """Returns the files of a set in canonical form."""
    return {file: canonical.write(description) for file, description in documents.items()}


def _references(description: Description) -> Iterator[tuple[str, str]]:
    """Yields every reference to a type or to the element of a message, with its place."""
    schema = schema_of(description)
    for named in (*schema.types, *schema.elements):
        yield from ((f"{schema.namespace}:{named.name}", reference) for reference in referenced_types(named))
    if isinstance(description, Service):
        yield from ((f"{_MESSAGE}{message.name}", message.element) for message in description.messages)


def _undeclared_messages(description: Description) -> Iterable[str]:
    if not isinstance(description, Service):
        return ()
    declared = {message.name for message in description.messages}
    used = {name for operation in description.operations for name in (operation.input, operation.output)}
    return sorted(
        (used | {fault.message for operation in description.operations for fault in operation.faults}) - declared
    )


def _refuse_circles(types: Mapping[str, NamedType]) -> None:
    """Refuses a type that contains itself, and too many types inside each other, because reading them would not end."""
    closed: set[str] = set()

    def follow(name: str, above: tuple[str, ...]) -> None:
        if name in above:
            raise DecodeError(_("the type {name} contains itself", name=name))
        if len(above) == _DEEPEST:
            raise DecodeError(_("the type {above} is more than {deepest} types deep", above=above[0], deepest=_DEEPEST))
        if name in types and name not in closed:
            for reference in referenced_types(types[name]):
                follow(reference, (*above, name))
            closed.add(name)

    for name in types:
        follow(name, ())
