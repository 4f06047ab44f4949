"""Columns of results: the paths of members in a table or a CSV file, and the FieldNames that request them.

`DailyBudget.Amount` is the path of a column.  A list or an object is JSON in its cell.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from yadirect_soap import ConfigurationError
from yadirect_soap.comma_lists import split_at_commas
from yadirect_soap.language import _, composed
from yadirect_soap.protocol.contract import nearest
from yadirect_soap.protocol.field_lists import field_lists, paths_of
from yadirect_soap.protocol.model import Kind, Member, Operation, Shape
from yadirect_soap.protocol.scalars import is_list

_FIELD_NAMES = "FieldNames"

Path = tuple[str, ...]
Params = Mapping[str, Any]


def parse(text: str, operation: Operation) -> tuple[Path, ...]:
    """Parses the value of --columns.

    Args:
        text: paths separated by commas: "Id,Name,DailyBudget.Amount".
        operation: the operation whose result has the columns.

    Raises:
        ConfigurationError: no object of the result has all of them; the message suggests the nearest name.
    """
    paths = tuple(tuple(part.split(".")) for part in split_at_commas(text))
    if not paths:
        raise ConfigurationError(_("--columns is a list of members such as Id,Name,DailyBudget.Amount"))
    shapes = [member.shape for member in _lists(operation)]
    if operation.listed is None:
        shapes.append(operation.response)
    for path in paths:
        _check(path, operation, shapes)
    if not any(_has_all(shape, paths) for shape in shapes):
        names = ", ".join(".".join(path) for path in paths)
        raise ConfigurationError(
            _("--columns: {key} returns no objects that have all of {names}", key=operation.key, names=names)
        )
    return paths


def of_params(operation: Operation, params: Params, result: Params | None = None) -> tuple[Path, ...]:
    """Returns the columns of a result: those that FieldNames requested, else all members of its objects.

    Args:
        operation: the operation.
        params: the params of the call.
        result: the result, if it is known; if the operation has no listed member, its only list has the columns.
    """
    fields = list(_fields(operation, params))
    listed = operation.listed or _only_list(operation, result)
    shape = listed.shape if listed else operation.response
    requested = fields or [(member.name,) for member in shape.members]
    return tuple(column for path in requested for column in _expanded(path, shape))


def with_field_names(operation: Operation, params: Params, columns: Sequence[Path]) -> dict[str, Any]:
    """Adds the fields that the columns need to the FieldNames lists of params.

    Args:
        operation: the operation.
        params: the params of the call.
        columns: the columns.

    Returns:
        The params with extended or new lists.

    Raises:
        ConfigurationError: no list can request a column, and the params have no such list.
    """
    lists = {f"{prefix}FieldNames": member for prefix, member in field_lists(operation).items()}
    named = {name: list(params[name]) for name in lists if is_list(params.get(name))}
    if not lists or any(name in params and name not in named for name in lists):
        return dict(params)  # the validation of the params reports what is wrong
    names = dict(named)
    for column in columns:
        field = _field(operation, column)
        if field is None and not named:
            message = _(
                "{key} has no FieldNames for {column}; name them in its params",
                key=operation.key,
                column=".".join(column),
            )
            raise ConfigurationError(composed("--columns: {message}", message=message))
        if field is not None and field[1] not in names.setdefault(field[0], []):
            names[field[0]].append(field[1])
    if _FIELD_NAMES in lists and not names.get(_FIELD_NAMES):  # the API requires it
        values = lists[_FIELD_NAMES].shape.values
        names = {_FIELD_NAMES: ["Id" if "Id" in values else values[0]], **names}
    return {**params, **names}


def rows_of(operation: Operation, result: Params, columns: Sequence[Path] | None = None) -> Sequence[Params]:
    """Returns the objects of a result, as rows.

    Args:
        operation: the operation.
        result: the result.
        columns: the columns that the objects must have; None if no columns were chosen.

    Returns:
        The objects of all lists that have the columns; without columns, those of the only list.  If there is no such
        list, the result itself is the only row.
    """
    if columns is not None:
        lists = [member for member in _lists(operation) if _has_all(member.shape, columns)]
    else:
        listed = operation.listed or _only_list(operation, result)
        lists = [] if listed is None else [listed]
    return [item for member in lists for item in result.get(member.name) or ()] if lists else [result]


def cell(item: Any, path: Path) -> Any:
    """Returns the value at a path; in a list, the list of its values; None if it is absent."""
    for depth, name in enumerate(path):
        if is_list(item):
            return [cell(part, path[depth:]) for part in item]
        if not isinstance(item, Mapping):
            return None
        item = item.get(name)
    return item


def _lists(operation: Operation) -> list[Member]:
    """Returns the members of a result that are lists of objects."""
    return [member for member in operation.response.members if member.many and member.shape.kind is Kind.OBJECT]


def _has_all(shape: Shape, paths: Iterable[Path]) -> bool:
    return all(_exists(path, shape) for path in paths)


def _check(path: Path, operation: Operation, shapes: Iterable[Shape]) -> None:
    """Refuses a path that no shape has; the message suggests a name for the first unknown member."""
    members, known_names = max((_known_part(path, shape) for shape in shapes), key=lambda walk: walk[0])
    if members < len(path):
        message = _(
            "--columns: {key} does not return {path}{hint}",
            key=operation.key,
            path=".".join(path),
            hint=nearest(path[members], known_names),
        )
        raise ConfigurationError(message)


def _known_part(path: Path, shape: Shape) -> tuple[int, list[str]]:
    """Returns how many members of a path exist, and the names that may come next."""
    for count, name in enumerate(path):
        if name not in shape.by_name:
            return count, list(shape.by_name)
        shape = shape.by_name[name].shape
    return len(path), []


def _exists(path: Path, shape: Shape) -> bool:
    return _known_part(path, shape)[0] == len(path)


def _fields(operation: Operation, params: Params) -> Iterator[Path]:
    """Yields the paths of the fields that the params request, as far as the contract knows the paths."""
    if operation.listed is None:
        return
    for prefix in field_lists(operation):
        for name in params.get(f"{prefix}FieldNames") or ():
            paths = ((*prefix_path, name) for prefix_path in paths_of(operation.response, prefix))
            yield from (path for path in paths if _exists(path, operation.listed.shape))


def _only_list(operation: Operation, result: Params | None) -> Member | None:
    filled = [member for member in _lists(operation) if result is not None and result.get(member.name)]
    return filled[0] if len(filled) == 1 else None


def _expanded(path: Path, shape: Shape) -> Iterator[Path]:
    """Yields the columns of a field; a single object has a column for each of its members."""
    for name in path:
        member = shape.by_name[name]
        shape = member.shape
    if member.many or shape.kind is not Kind.OBJECT:
        yield path
    else:
        yield from ((*path, inner.name) for inner in shape.members)


def _field(operation: Operation, column: Path) -> tuple[str, str] | None:
    """Returns the FieldNames list that requests a column, and the name of its field; None if there is none."""
    candidates = [
        (len(prefix_path), f"{prefix}{_FIELD_NAMES}", column[len(prefix_path)])
        for prefix, member in field_lists(operation).items()
        for prefix_path in paths_of(operation.response, prefix)
        if column[: len(prefix_path)] == prefix_path
        and len(column) > len(prefix_path)
        and column[len(prefix_path)] in member.shape.value_set
    ]
    return max(candidates)[1:] if candidates else None
