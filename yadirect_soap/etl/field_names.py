"""Computes the params of a get that request the members of columns: FieldNames, TextAdFieldNames and the like."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from yadirect_soap.errors import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.protocol.field_lists import Path, field_lists, paths_of
from yadirect_soap.protocol.model import Operation, Shape
from yadirect_soap.protocol.shape_cache import cached_on_shape

from .tables import Table


def field_names(table: Table, paths: Iterable[Path]) -> dict[str, Any]:
    """Returns the params of a get that request the members at paths.

    Args:
        table: The table.
        paths: The paths of its columns, such as `("TextAd", "Title")`.

    Returns:
        The lists by their names: `{"FieldNames": ["Id"], "TextAdFieldNames": ["Title"]}`.

    Raises:
        ConfigurationError: No list can request the member at a path.
    """
    if table.dictionary:
        return {"DictionaryNames": [table.dictionary]}
    fields_by_list: dict[str, dict[str, None]] = {}
    operation = table.operation
    for path in paths:
        named = _named(operation.response, operation, path)
        if not named:
            raise ConfigurationError(
                _("{name}: {path} is in the contract, and no get gives it", name=table.name, path=".".join(path))
            )
        for prefix, fields in named.items():
            fields_by_list.setdefault(prefix, {}).update(dict.fromkeys(fields))
    return {f"{prefix}FieldNames": sorted(fields) for prefix, fields in sorted(fields_by_list.items())}


def requestable_members(table: Table) -> frozenset[str]:
    """Returns the members of an object that get can return."""
    names = [member.name for member in table.shape.members]
    if table.dictionary:
        return frozenset(names)
    operation = table.operation
    return frozenset(name for name in names if _named(operation.response, operation, (name,)))


@cached_on_shape
def _named(response: Shape, operation: Operation, path: Path) -> Mapping[str, tuple[str, ...]]:
    """Returns the lists that request the member at a path and all members in it, with their values."""
    lists = {prefix: member.shape for prefix, member in field_lists(operation).items()}
    where = {prefix: paths_of(response, prefix) for prefix in lists}
    for cut in range(len(path) - 1, -1, -1):
        naming = [prefix for prefix in lists if path[:cut] in where[prefix] and path[cut] in lists[prefix].value_set]
        if naming:
            named = dict.fromkeys(naming, (path[cut],))
            break
    else:
        named = {}
    inside = (prefix for prefix in lists if any(reached[: len(path)] == path for reached in where[prefix]))
    published = {prefix: lists[prefix].published_values for prefix in inside}
    return MappingProxyType(named | {prefix: values for prefix, values in published.items() if values})
