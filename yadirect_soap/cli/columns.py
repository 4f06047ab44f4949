"""Columns of results: the paths of members in a table or a CSV, and the FieldNames that request them.

`DailyBudget.Amount` is the path of a column.  A value that is no single one, such as a list, is JSON in its cell.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from yadirect_soap import ConfigurationError
from yadirect_soap.language import _, composed
from yadirect_soap.protocol.contract import nearest
from yadirect_soap.protocol.field_lists import field_lists, paths_of
from yadirect_soap.protocol.model import Kind, Member, Operation, Shape
from yadirect_soap.protocol.scalars import is_list

_FIELD_NAMES = "FieldNames"

Path = tuple[str, ...]
Params = Mapping[str, Any]


def parse(text: str, operation: Operation) -> tuple[Path, ...]:
    """The columns that a text names.

    Args:
        text: paths with commas between them: "Id,Name,DailyBudget.Amount".
        operation: whose result has them.

    Raises:
        ConfigurationError: no object of the result has all of them; the message names the nearest.
    """
    paths = tuple(tuple(part.strip().split(".")) for part in text.split(",") if part.strip())
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
    """The columns of a result by what was asked for: those of FieldNames, else all members of its objects.

    Args:
        operation: what was called.
        params: its params.
        result: what came, where it is there already; its one list of objects tells which columns there are.
    """
    fields = list(_fields(operation, params))
    listed = operation.listed or _only_list(operation, result)
    shape = listed.shape if listed else operation.response
    requested = fields or [(member.name,) for member in shape.members]
    return tuple(column for path in requested for column in _expanded(path, shape))


def with_field_names(operation: Operation, params: Params, columns: Sequence[Path]) -> dict[str, Any]:
    """Adds to the lists of FieldNames what the columns need.

    Args:
        operation: what is called.
        params: its params.
        columns: the columns.

    Returns:
        The params with their lists, or with new ones.

    Raises:
        ConfigurationError: no list has the field of a column, and the params have no list of their own.
    """
    lists = {f"{prefix}FieldNames": member for prefix, member in field_lists(operation).items()}
    named = {name: list(params[name]) for name in lists if is_list(params.get(name))}
    if not lists or any(name in params and name not in named for name in lists):
        return dict(params)  # the check will tell what is wrong with them
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
    if _FIELD_NAMES in lists and not names.get(_FIELD_NAMES):  # one must be there
        values = lists[_FIELD_NAMES].shape.values
        names = {_FIELD_NAMES: ["Id" if "Id" in values else values[0]], **names}
    return {**params, **names}


def rows_of(operation: Operation, result: Params, columns: Sequence[Path] | None = None) -> Sequence[Params]:
    """The objects that a result is about.

    Args:
        operation: what was called.
        result: what came.
        columns: the columns that the objects have; None where no columns were named.

    Returns:
        The objects of the lists that have the columns, without columns those of the only list; else the result itself.
    """
    if columns is not None:
        lists = [member for member in _lists(operation) if _has_all(member.shape, columns)]
    else:
        listed = operation.listed or _only_list(operation, result)
        lists = [] if listed is None else [listed]
    return [item for member in lists for item in result.get(member.name) or ()] if lists else [result]


def cell(item: Any, path: Path) -> Any:
    """The value under a path, which in a list is the list of its values; None where it is absent."""
    for depth, name in enumerate(path):
        if is_list(item):
            return [cell(part, path[depth:]) for part in item]
        if not isinstance(item, Mapping):
            return None
        item = item.get(name)
    return item


def _lists(operation: Operation) -> list[Member]:
    """The lists of objects of a result."""
    return [member for member in operation.response.members if member.many and member.shape.kind is Kind.OBJECT]


def _has_all(shape: Shape, paths: Iterable[Path]) -> bool:
    return all(_leads_somewhere(path, shape) for path in paths)


def _check(path: Path, operation: Operation, shapes: Iterable[Shape]) -> None:
    """Refuses a path that no shape has; the message names the member nearest to the first that is missing."""
    members, known_names = max((_walked(path, shape) for shape in shapes), key=lambda walk: walk[0])
    if members < len(path):
        message = _(
            "--columns: {key} does not return {path}{hint}",
            key=operation.key,
            path=".".join(path),
            hint=nearest(path[members], known_names),
        )
        raise ConfigurationError(message)


def _walked(path: Path, shape: Shape) -> tuple[int, list[str]]:
    """How many members of a path exist, and the names of those that may follow them."""
    for count, name in enumerate(path):
        if name not in shape.by_name:
            return count, list(shape.by_name)
        shape = shape.by_name[name].shape
    return len(path), []


def _leads_somewhere(path: Path, shape: Shape) -> bool:
    return _walked(path, shape)[0] == len(path)


def _fields(operation: Operation, params: Params) -> Iterator[Path]:
    """The paths that lists of FieldNames name, as far as the contract knows where they stand."""
    if operation.listed is None:
        return
    for prefix in field_lists(operation):
        for name in params.get(f"{prefix}FieldNames") or ():
            paths = ((*prefix_path, name) for prefix_path in paths_of(operation.response, prefix))
            yield from (path for path in paths if _leads_somewhere(path, operation.listed.shape))


def _only_list(operation: Operation, result: Params | None) -> Member | None:
    filled = [member for member in _lists(operation) if result is not None and result.get(member.name)]
    return filled[0] if len(filled) == 1 else None


def _expanded(path: Path, shape: Shape) -> Iterator[Path]:
    """The columns of a field: a single object has one for each of its members."""
    for name in path:
        member = shape.by_name[name]
        shape = member.shape
    if member.many or shape.kind is not Kind.OBJECT:
        yield path
    else:
        yield from ((*path, inner.name) for inner in shape.members)


def _field(operation: Operation, column: Path) -> tuple[str, str] | None:
    """The list of FieldNames that brings a column, and the name in it; None where there is none."""
    candidates = [
        (len(prefix_path), f"{prefix}{_FIELD_NAMES}", column[len(prefix_path)])
        for prefix, member in field_lists(operation).items()
        for prefix_path in paths_of(operation.response, prefix)
        if column[: len(prefix_path)] == prefix_path
        and len(column) > len(prefix_path)
        and column[len(prefix_path)] in member.shape.value_set
    ]
    return max(candidates)[1:] if candidates else None
