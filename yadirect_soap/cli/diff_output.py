"""Changes of the contract as text for people and as JSON for programs."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from yadirect_soap.escaping import one_line
from yadirect_soap.protocol.drift.beyond_wsdl import BeyondWsdl
from yadirect_soap.protocol.drift.change import Change, Effect, Severity, worst

from . import output

_OPERATIONS_SHOWN = 5


def tell(changes: Sequence[Change], form: str, *, at_hand: str, source: str | None, beyond_wsdl: BeyondWsdl) -> None:
    """Prints changes as "text" or "json", and what the contract adds to the WSDLs; None is the API as a source."""
    if form == "json":
        print(output.as_json(_report(changes, at_hand, source) | {"beyond_wsdl": beyond_wsdl._asdict()}))
    else:
        lines = [*_lines(changes, at_hand, source or "the API's own descriptions"), *_additions(beyond_wsdl)]
        print("\n".join(lines))


def breaks(changes: Sequence[Change]) -> bool:
    """Whether a change breaks something."""
    return worst(changes) is Effect.BREAKING


def _report(changes: Sequence[Change], at_hand: str, source: str | None) -> dict[str, object]:
    return {
        "at_hand": at_hand,
        "from": source,
        "effect": str(worst(changes)),
        "changes": [
            {
                "document": change.document,
                "place": change.path,
                "kind": change.kind,
                "text": change.text,
                "effect": str(change.effect),
                "requests": _judged(change.requests),
                "answers": _judged(change.responses),
                "operations": list(change.operations),
            }
            for change in changes
        ],
    }


def _judged(severity: Severity) -> dict[str, str]:
    return {"effect": str(severity.effect), "meaning": severity.meaning}


def _lines(changes: Sequence[Change], at_hand: str, source: str) -> Iterator[str]:
    if not changes:
        yield f"No changes from {at_hand} to {source}."
        return
    for document, inside in groupby(changes, key=attrgetter("document")):
        yield one_line(document)
        for change in inside:
            yield from (f"  {one_line(line)}" for line in _change(change))
        yield ""
    count = sum(change.effect is Effect.BREAKING for change in changes)
    of_them = f"{count} of them breaking" if count else "none of them breaking"
    yield f"{len(changes)} change{'s'[: len(changes) > 1]} from {at_hand} to {source}, {of_them}."


def _additions(beyond_wsdl: BeyondWsdl) -> Iterator[str]:
    if beyond_wsdl.dropped:
        yield f"These WSDLs now have {one_line(', '.join(beyond_wsdl.dropped))}, which the contract added before."
    if count := len(beyond_wsdl.carried):
        names = "members and values that are" if count > 1 else "member or value that is"
        yield f"The contract adds {count} {names} live and in no WSDL: see `contract changes`."


def _change(change: Change) -> Iterator[str]:
    text = f": {change.text}" if change.text else ""
    yield f"{change.path}: {change.kind}{text}"
    for direction, severity in (("requests", change.requests), ("answers", change.responses)):
        if severity.effect is not Effect.NONE:
            yield f"    {severity.effect} for {direction}: {severity.meaning}"
    if change.operations and change.operations != (change.path,):
        more = len(change.operations) - _OPERATIONS_SHOWN
        shown = ", ".join(change.operations[:_OPERATIONS_SHOWN])
        yield f"    in {shown}{f' and {more} more' if more > 0 else ''}"
