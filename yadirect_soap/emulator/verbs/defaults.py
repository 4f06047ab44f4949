"""What an object has where nobody has said anything: the defaults of resources.toml."""

from collections.abc import Mapping
from typing import Any

from ..resources import Resource
from ..store import Document


def filled(document: Document, defaults: Mapping[str, Any]) -> Document:
    """A document with the defaults that it lacks, inside its objects too."""
    result = dict(document)
    for name, value in defaults.items():
        if name not in result:
            result[name] = filled({}, value) if isinstance(value, Mapping) else value
        elif isinstance(value, Mapping) and isinstance(result[name], Mapping):
            result[name] = filled(result[name], value)
    return result


def with_defaults(document: Document, resource: Resource) -> Document:
    """A new document with everything that a new object of its kind has."""
    inside = {name: values for name, values in resource.within.items() if name in document}
    return filled(filled(document, inside), resource.defaults)
