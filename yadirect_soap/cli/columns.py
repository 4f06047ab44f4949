"""Columns of results: the paths of members that a table or a CSV has, and the FieldNames that bring them.

`DailyBudget.Amount` is the path of a column.  A value that is no single one, such as a list, is JSON in its cell.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from yadirect_soap import ConfigurationError
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
        ConfigurationError: the contract knows no member of that path; the message tells the nearest.
    """
    paths = [tuple(part.strip().split(".")) for part in text.split(",") if part.strip()]
    if not paths:
        raise ConfigurationError("--columns is a list of members such as Id,Name,DailyBudget.Amount")
    for path in paths:
        _check(path, operation)
    return tuple(paths)


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
    given = {name: list(params[name]) for name in lists if is_list(params.get(name))}
    if not lists or any(name in params and name not in given for name in lists):
        return dict(params)  # the check will tell what is wrong with them
    names = dict(given)
    for column in columns:
        field = _field(operation, column)
        if field is None and not given:
            message = f"{operation.key} has no FieldNames for {'.'.join(column)}; name them in its params"
            raise ConfigurationError(f"--columns: {message}")
        if field is not None and field[1] not in names.setdefault(field[0], []):
            names[field[0]].append(field[1])
    if _FIELD_NAMES in lists and not names.get(_FIELD_NAMES):  # one must be there
        values = lists[_FIELD_NAMES].shape.values
        names = {_FIELD_NAMES: ["Id" if "Id" in values else values[0]], **names}
    return {**params, **names}


def rows_of(operation: Operation, result: Params) -> Sequence[Params]:
    """The objects that a result is about; the result itself where it is about no list, or about several."""
    listed = operation.listed or _only_list(operation, result)
    return [result] if listed is None else list(result.get(listed.name) or ())


def cell(item: Any, path: Path) -> Any:
    """The value under a path; None where it is absent."""
    for name in path:
        if not isinstance(item, Mapping):
            return None
        item = item.get(name)
    return item


def _check(path: Path, operation: Operation) -> None:
    tops = [operation.response, *(member.shape for member in operation.response.members if member.many)]
    if any(_leads_somewhere(path, shape) for shape in tops):
        return
    known = {member.name for shape in tops for member in shape.members}
    wrong = next((name for name in path if name not in known), path[-1])
    message = f"--columns: {operation.key} gives no {'.'.join(path)}{nearest(wrong, known)}"
    raise ConfigurationError(message)


def _leads_somewhere(path: Path, shape: Shape) -> bool:
    for name in path:
        member = shape.by_name.get(name)
        if member is None:
            return False
        shape = member.shape
    return True


def _fields(operation: Operation, params: Params) -> Iterator[Path]:
    """The paths that lists of FieldNames name, as far as the contract knows where they stand."""
    if operation.listed is None:
        return
    for prefix in field_lists(operation):
        for name in params.get(f"{prefix}FieldNames") or ():
            paths = ((*prefix_path, name) for prefix_path in paths_of(operation.response, prefix))
            yield from (path for path in paths if _leads_somewhere(path, operation.listed.shape))


def _only_list(operation: Operation, result: Params | None) -> Member | None:
    lists = [member for member in operation.response.members if member.many and member.shape.kind is Kind.OBJECT]
    filled = [member for member in lists if result is not None and result.get(member.name)]
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
