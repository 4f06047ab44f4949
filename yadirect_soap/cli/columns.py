"""Columns of results: the paths of members that a table or a CSV has, and the FieldNames that bring them.

`DailyBudget.Amount` is the path of a column.  A value that is no single one, such as a list, is JSON in its cell.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from yadirect_soap import ConfigurationError
from yadirect_soap.protocol.contract import nearest
from yadirect_soap.protocol.field_lists import field_lists, paths_of
from yadirect_soap.protocol.model import Kind, Member, Operation, Shape

Path = tuple[str, ...]
Params = Mapping[str, Any]


def named(text: str, operation: Operation) -> tuple[Path, ...]:
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


def asked_for(operation: Operation, params: Params, result: Params | None = None) -> tuple[Path, ...]:
    """The columns of a result by what was asked for: those of FieldNames, else all members of its objects.

    Args:
        operation: what was called.
        params: its params.
        result: what came, where it is there already; its one list of objects tells which columns there are.
    """
    fields = list(_fields(operation, params))
    listed = operation.listed or _only_list(operation, result)
    shape = listed.shape if listed else operation.response
    chosen = fields or [(member.name,) for member in shape.members]
    return tuple(column for path in chosen for column in _expanded(path, shape))


def with_field_names(operation: Operation, params: Params, columns: Sequence[Path]) -> dict[str, Any]:
    """Params with the lists of FieldNames that bring the columns; params that have one stay as they are."""
    lists = field_lists(operation)
    if not lists or any(f"{prefix}FieldNames" in params for prefix in lists):
        return dict(params)
    names: dict[str, dict[str, None]] = {"FieldNames": {}}
    for column in columns:
        prefix, field = _field(operation, column)
        names.setdefault(f"{prefix}FieldNames", {})[field] = None
    if not names["FieldNames"]:
        names["FieldNames"]["Id"] = None  # the list must have one
    return {**params, **{name: list(fields) for name, fields in names.items()}}


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
            paths = ((*place, name) for place in paths_of(operation.response, prefix))
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


def _field(operation: Operation, column: Path) -> tuple[str, str]:
    """The list of FieldNames that brings a column, by what stands before FieldNames, and the name in it."""
    fitting = [
        (len(place), prefix, column[len(place)])
        for prefix, member in field_lists(operation).items()
        for place in paths_of(operation.response, prefix)
        if column[: len(place)] == place and len(column) > len(place) and column[len(place)] in member.shape.value_set
    ]
    if not fitting:
        raise ConfigurationError(
            f"--columns: {operation.key} has no FieldNames for {'.'.join(column)}; name the fields in its params"
        )
    _, prefix, field = max(fitting)
    return prefix, field
