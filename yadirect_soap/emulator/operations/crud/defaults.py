"""The defaults of new objects, from resources.toml."""

from collections.abc import Mapping
from typing import Any

from ...domain.resources import Resource
from ...storage.store import Document


def filled(document: Document, defaults: Mapping[str, Any]) -> Document:
    """Returns a document with the defaults of its missing members, also inside its objects."""
    result = dict(document)
    for name, value in defaults.items():
        if name not in result:
            result[name] = filled({}, value) if isinstance(value, Mapping) else value
        elif isinstance(value, Mapping) and isinstance(result[name], Mapping):
            result[name] = filled(result[name], value)
    return result


def with_defaults(document: Document, resource: Resource) -> Document:
    """Returns a document with all defaults of its kind of object."""
    inside = {name: values for name, values in resource.within.items() if name in document}
    return filled(filled(_switched(document, resource), inside), resource.defaults)


def _switched(document: Document, resource: Resource) -> Document:
    """Returns a document whose lists of switches have every option; its own values stay."""
    result = dict(document)
    for kind, lists in resource.switches.items():
        for name, positions in lists.items() if kind in result else ():
            chosen = {switch["Option"]: switch["Value"] for switch in result[kind].get(name) or ()}
            switches = [{"Option": option, "Value": value} for option, value in {**positions, **chosen}.items()]
            result[kind] = {**result[kind], name: switches}
    return result
