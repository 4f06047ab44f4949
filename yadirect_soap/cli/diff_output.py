"""Prints changes of the contract, as text or as JSON."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter
from types import MappingProxyType

from yadirect_soap.escaping import one_line
from yadirect_soap.language import _, cleaned, composed, ngettext, spoken
from yadirect_soap.protocol.drift.beyond_wsdl import BeyondWsdl
from yadirect_soap.protocol.drift.change import Change, Effect, Severity, worst

from . import output

_OPERATIONS_SHOWN = 5
_EFFECTS = MappingProxyType({Effect.ADDITIVE: _("additive"), Effect.BREAKING: _("breaking")})


def print_changes(
    changes: Sequence[Change], format: str, *, at_hand: str, source: str | None, beyond_wsdl: BeyondWsdl
) -> None:
    """Prints changes, and the members that the contract adds to the WSDLs.

    Args:
        changes: the changes.
        format: "text" or "json".
        at_hand: the folder of the current WSDLs.
        source: the source of the new WSDLs; None for the API.
        beyond_wsdl: the members and values that are live and in no WSDL.
    """
    if format == "json":
        print(output.as_json(_report(changes, at_hand, source) | {"beyond_wsdl": beyond_wsdl._asdict()}))
    else:
        lines = [*_lines(changes, at_hand, source or _("the API's own WSDLs")), *_additions(beyond_wsdl)]
        print("\n".join(map(spoken, lines)))


def breaks(changes: Sequence[Change]) -> bool:
    """Whether a change is breaking."""
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
                "requests": _severity(change.requests),
                "answers": _severity(change.responses),
                "operations": list(change.operations),
            }
            for change in changes
        ],
    }


def _severity(severity: Severity) -> dict[str, str]:
    return {"effect": str(severity.effect), "meaning": severity.meaning}


def _lines(changes: Sequence[Change], at_hand: str, source: str) -> Iterator[str]:
    if not changes:
        yield _("No changes from {at_hand} to {source}.", at_hand=at_hand, source=source)
        return
    for document, inside in groupby(changes, key=attrgetter("document")):
        yield one_line(document)
        for change in inside:
            yield from (composed("  {line}", line=cleaned(line, one_line)) for line in _change(change))
        yield ""
    count = sum(change.effect is Effect.BREAKING for change in changes)
    of_them = ngettext("{count} of them breaking", "{count} of them breaking", count)
    yield ngettext(
        "{count} change from {at_hand} to {source}, {breaking}.",
        "{count} changes from {at_hand} to {source}, {breaking}.",
        len(changes),
        at_hand=at_hand,
        source=source,
        breaking=of_them if count else _("none of them breaking"),
    )


def _additions(beyond_wsdl: BeyondWsdl) -> Iterator[str]:
    if beyond_wsdl.dropped:
        names = one_line(", ".join(beyond_wsdl.dropped))
        yield _("These WSDLs now have {names}, which the contract added before.", names=names)
    if count := len(beyond_wsdl.carried):
        yield ngettext(
            "The contract adds {count} member or value that is live and in no WSDL: see `contract changes`.",
            "The contract adds {count} members and values that are live and in no WSDL: see `contract changes`.",
            count,
        )


def _change(change: Change) -> Iterator[str]:
    kind = composed("{path}: {kind}", path=change.path, kind=change.kind)
    yield composed("{kind}: {text}", kind=kind, text=change.text) if change.text else kind
    for direction, severity in ((_("requests"), change.requests), (_("answers"), change.responses)):
        if severity.effect is not Effect.NONE:
            yield _(
                "    {effect} for {direction}: {meaning}",
                effect=_EFFECTS[severity.effect],
                direction=direction,
                meaning=severity.meaning,
            )
    if change.operations and change.operations != (change.path,):
        more = len(change.operations) - _OPERATIONS_SHOWN
        shown = ", ".join(change.operations[:_OPERATIONS_SHOWN])
        if more > 0:
            yield _("    in {operations} and {more} more", operations=shown, more=more)
        else:
            yield _("    in {operations}", operations=shown)
