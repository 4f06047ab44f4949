"""What of each operation is emulated and what is not, as the page docs/emulator-coverage.md, made from the code.

`make generate` writes it.
"""

import inspect
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

from yadirect_soap.emulator.domain.limits import Limit, limits
from yadirect_soap.emulator.domain.resources import Resource, resources
from yadirect_soap.emulator.operations.crud.selection import criterion_paths
from yadirect_soap.emulator.operations.crud.service_rules import ServiceRules
from yadirect_soap.emulator.operations.services import HANDLERS, SERVICES, VERBS
from yadirect_soap.protocol.contract import Contract, bundled
from yadirect_soap.protocol.facts import Facts
from yadirect_soap.protocol.facts import bundled as facts
from yadirect_soap.protocol.field_lists import listed
from yadirect_soap.protocol.model import Operation, Service

_OWN_NAME = re.compile(r"^[A-Z]\w+\.\w+: ")
_PARENTS = MappingProxyType({"account": "an account", "AdGroupId": "a group", "CampaignId": "a campaign"})
_OPENING = """\
# What the emulator emulates

`make generate` writes this page from the emulator's code, and a test compares it.
An operation that the emulator cannot carry out returns error 3500 with its name; so does a criterion that it cannot
evaluate. A number with `?` is assumed by analogy, because the documentation does not say it. The Reports service has no
WSDL; it is emulated too, but is not in these tables.
"""


def page(contract: Contract | None = None) -> str:
    """The whole page, in Markdown."""
    gaps = _gaps()
    lines = [_OPENING]
    for heading, of in (
        ("Not emulated anywhere", "general"),
        ("Assumptions where the documentation does not say", "assumed"),
    ):
        lines += [f"## {heading}", "", *(f"- {gap}" for gap in gaps[of]), ""]
    for service in sorted((contract or bundled()).values(), key=lambda service: service.name):
        lines += _service(service, gaps["operations"])
    return "\n".join(lines).rstrip() + "\n"


def not_shown(operation_key: str) -> dict[str, str]:
    """The members that an operation accepts and no get shows, each with the reason."""
    members: dict[str, str] = _gaps()["not_shown"].get(operation_key, {})
    return members


def _service(service: Service, gaps: dict[str, list[str]]) -> Iterator[str]:
    yield f"## {service.name}"
    yield ""
    remarks = [*_about(service), *(f"Different from the API: {gap}." for gap in gaps.get(service.name, ()))]
    yield from (f"- {line}" for line in remarks)
    if remarks:
        yield ""
    yield from _limits(service)
    yield "| Operation | Carried out by | Objects | Units | Different from the API |"
    yield "|---|---|---|---|---|"
    for operation in service.operations.values():
        yield _row(operation, [*_refused(operation), *_unseen(operation), *gaps.get(operation.key, ())], facts())
    yield ""


def _about(service: Service) -> Iterator[str]:
    """What holds for a service's objects, by resources.toml and its own rules."""
    resource = resources().get(service.name)
    if resource is None:
        return
    if service.name in SERVICES and SERVICES[service.name] != ServiceRules():
        yield f"Its rules are in `emulator/operations/services/{service.name}.py`."
    if resource.withdrawn:
        yield f"Refused with error 3500, because the API accepts no new ones: {_names(resource.withdrawn)}."
    if resource.same is not None:
        yield f"For an object that already exists the result is its id, with warning {resource.same.warn}."
    yield from _states(resource)


def _limits(service: Service) -> Iterator[str]:
    """The numeric limits of a service's objects."""
    rows = [row for row in limits().values() if row.service == service.name]
    if not rows:
        return
    yield "| Member | What is counted | Limit | Error |"
    yield "|---|---|---|---|"
    for row in sorted(rows, key=lambda row: (row.path, row.kind)):
        member = f"`{row.path}`" if row.path else "the object"
        counted = f"{row.kind} in {_PARENTS[row.per]}" if row.per else row.kind
        yield f"| {member} | {counted} | [{_bounds(row)}]({row.page}){'?' * row.assumed} | {row.code} |"
    yield ""


def _bounds(row: Limit) -> str:
    """A limit in words: at most 56."""
    if row.min is None:
        bounds = f"at most {row.max}"
    else:
        bounds = f"at least {row.min}" if row.max is None else f"from {row.min} to {row.max}"
    steps = f" in steps of {row.step}" if row.step > 1 else ""
    own = f", or the account's `{row.restriction}`" if row.restriction else ""
    return f"{bounds}{steps}{own}"


def _states(resource: Resource) -> Iterator[str]:
    for verb, transition in resource.transitions.items():
        errors = ", ".join(f"{state} {code}" for state, code in transition.refuse.items())
        refused = f"; refused: {errors}" if errors else ""
        yield f"`{verb}` changes the state to {transition.to}; if it is so already, warning {transition.warn}{refused}."


def _row(operation: Operation, gaps: Iterable[str], known: Facts) -> str:
    cells = [f"`{operation.name}`", _by_whom(operation), _objects(operation, known), _points(operation, known)]
    return f"| {' | '.join([*cells, '; '.join(gaps)])} |"


def _by_whom(operation: Operation) -> str:
    """What carries an operation out."""
    if (handler := HANDLERS.get(operation.key)) is not None:
        return _handler_text(handler)
    verb = VERBS.get(operation.name)
    if verb is None or (operation.name == "add" and resources()[operation.service].first is None):
        return "not carried out: error 3500"
    return f"the verb `{operation.name}`"


def _handler_text(handler: Any) -> str:
    """The first line of a handler's docstring without the operation's name."""
    line = (inspect.getdoc(handler) or "").partition("\n")[0].removesuffix(".").replace("|", "or")
    text = _OWN_NAME.sub("", line)
    return f"its own function: {text[:1].lower()}{text[1:]}"


def unjudged(operation: Operation) -> list[str]:
    """The criteria of an operation that are refused."""
    if operation.name != "get" or operation.key in HANDLERS or "SelectionCriteria" not in operation.request.by_name:
        return []
    shape, resource = listed(operation.response).shape, resources()[operation.service]
    criteria = operation.request.by_name["SelectionCriteria"].shape.members
    return [member.name for member in criteria if not criterion_paths(shape, resource, member.name)]


def _refused(operation: Operation) -> Iterator[str]:
    """The criteria that are refused, in words."""
    if names := unjudged(operation):
        yield f"criteria {_names(names)} (error 3500)"


def _unseen(operation: Operation) -> Iterator[str]:
    """The members that are accepted and not shown."""
    for member, why in not_shown(operation.key).items():
        yield f"`{member}` is accepted, and no get shows it: {why}"


def _objects(operation: Operation, known: Facts) -> str:
    if operation.key not in known.limits:
        return ""
    guess = "?" if operation.key in known.assumed_limits else ""
    by = known.limits_by(operation.key)
    text = ", ".join(f"{limit} {name}" for name, limit in by.items()) if by else str(known.limit(operation.key))
    return text + guess


def _points(operation: Operation, known: Facts) -> str:
    cost = known.cost(operation.key)
    per_object = f"{cost.object}/{cost.per}" if cost.per > 1 else str(cost.object)
    return f"{cost.call} + {per_object}{'?' if operation.key in known.assumed_costs else ''}"


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))


def _gaps() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def write(root: Path) -> None:
    """Writes the page below the root of a checkout."""
    (root / "docs" / "emulator-coverage.md").write_text(page(), encoding="utf-8", newline="\n")
