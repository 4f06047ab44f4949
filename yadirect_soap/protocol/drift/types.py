"""Compares types: fields, occurrence, nillability, values; each difference has its effect on requests and responses."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from yadirect_soap.language import _, joined

from ..wsdl.description import ComplexType, Content, Element, Enumeration, Field
from ..wsdl.document_set import NamedType
from .change import NONE, Effect, Severity, additive, became, breaking

_SAME = (NONE, NONE)
_REFUSED = breaking(_("values of the old type are refused"))
_OTHER = breaking(_("values are of another type"))
_WIDER = (additive(_("more values are accepted")), additive(_("values may be larger")))
_NARROWER = (breaking(_("larger values are refused")), NONE)
_WIDENINGS = frozenset({("xsd:int", "xsd:long")})
_TAKEN_TOO = frozenset({("xsd:int", "xsd:decimal"), ("xsd:long", "xsd:decimal")})
"""Values of the old type can still be sent, but values of another type come back."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference between two types; `field` is "" if it concerns the type itself."""

    field: str
    kind: str
    text: str
    requests: Severity
    responses: Severity


class Types:
    """The types of two sets, for comparison."""

    def __init__(self, old: Mapping[str, NamedType], new: Mapping[str, NamedType]) -> None:
        self._old = MappingProxyType(dict(old))
        self._new = MappingProxyType(dict(new))

    def named(self, before: NamedType, after: NamedType) -> Iterator[Difference]:
        """Yields the differences of two named types."""
        if isinstance(before, ComplexType) and isinstance(after, ComplexType):
            yield from self.contents(before.content, after.content)
        elif isinstance(before, Enumeration) and isinstance(after, Enumeration):
            yield from _values(before.values, after.values)
            if before.base != after.base:
                severities = self._retyped(before.base, after.base)
                yield Difference("", _("base changed"), became(before.base, after.base), *severities)
        else:
            yield Difference("", _("type changed"), became(_sort(before), _sort(after)), _REFUSED, _OTHER)

    def elements(self, before: Element, after: Element) -> Iterator[Difference]:
        """Yields the differences in the contents of two global elements."""
        yield from self.contents(_content(before), _content(after))

    def contents(self, before: Content, after: Content) -> Iterator[Difference]:
        """Yields the differences of two contents; those of a common base are listed once, at the base."""
        if before.base == after.base:
            yield from self._fields(before.fields, after.fields)
            return
        yield Difference("", _("base changed"), became(before.base or _("none"), after.base or _("none")), NONE, NONE)
        yield from self._fields(_flat(before, self._old), _flat(after, self._new))

    def _fields(self, before: Sequence[Field], after: Sequence[Field]) -> Iterator[Difference]:
        old, new = ({field.name: field for field in fields} for fields in (before, after))
        for name, field in old.items():
            if name not in new:
                yield _removed(field)
        for name, field in new.items():
            if name in old:
                yield from self._field(old[name], field)
            else:
                yield _added(field)
        common = [name for name in new if name in old]
        if common != [name for name in old if name in new]:
            severity = breaking(_("SOAP requests in the old order may be refused"))
            yield Difference(
                "", _("fields moved"), _("the order is now {common}", common=", ".join(common)), severity, NONE
            )

    def _field(self, before: Field, after: Field) -> Iterator[Difference]:
        if before.type != after.type:
            severities = self._retyped(before.type, after.type)
            same = _("; only the name of the type is new") if severities == _SAME else ""
            yield Difference(
                after.name, _("type changed"), joined("", [became(before.type, after.type), same]), *severities
            )
        if before.min_occurs != after.min_occurs:
            yield _min_occurs_changed(before, after)
        if before.max_occurs != after.max_occurs:
            yield _max_occurs_changed(before, after)
        if before.nillable != after.nillable:
            yield _nil(after)

    def _retyped(self, before: str, after: str) -> tuple[Severity, Severity]:
        """Returns the effect of another type of a value; none if only the name of the type changed."""
        old, new = self._old.get(before), self._new.get(after)
        if old is not None and new is not None:
            return _worst_of(self.named(old, new))
        if (before, after) in _WIDENINGS:
            return _WIDER
        if (after, before) in _WIDENINGS:
            return _NARROWER
        if (before, after) in _TAKEN_TOO:
            return additive(_("more values are accepted")), _OTHER
        if isinstance(old, Enumeration) and after == old.base:
            return additive(_("any value is accepted")), additive(_("other values than the listed may come"))
        if isinstance(new, Enumeration) and before == new.base:
            return breaking(_("values that are not listed are refused")), NONE
        return _REFUSED, _OTHER


def summary(named: NamedType) -> str:
    """Describes a type in a few words."""
    if isinstance(named, Enumeration):
        values = ", ".join(named.values)
        return _("values {values}", values=values) if values else _("any {type}", type=named.base)
    fields = ", ".join(field.name for field in named.content.fields) or _("no fields of its own")
    return (
        _("{fields}, after those of {base}", fields=fields, base=named.content.base) if named.content.base else fields
    )


def _sort(named: NamedType) -> str:
    return _("an enumeration") if isinstance(named, Enumeration) else _("an object")


def _content(element: Element) -> Content:
    return element.type if isinstance(element.type, Content) else Content(base=element.type)


def _flat(content: Content, types: Mapping[str, NamedType]) -> tuple[Field, ...]:
    """Returns the fields of a content, those of its base first."""
    base = types.get(content.base or "")
    return (*(_flat(base.content, types) if isinstance(base, ComplexType) else ()), *content.fields)


def _worst_of(differences: Iterable[Difference]) -> tuple[Severity, Severity]:
    """Returns the worst effects of differences, on requests and on responses."""
    listed = tuple(differences)
    requests = max((difference.requests for difference in listed), default=NONE, key=lambda severity: severity.effect)
    responses = max((difference.responses for difference in listed), default=NONE, key=lambda severity: severity.effect)
    return _of_members(requests), _of_members(responses)


def _of_members(severity: Severity) -> Severity:
    if severity.effect is Effect.NONE:
        return NONE
    return Severity(severity.effect, _("the new type differs from the old: {meaning}", meaning=severity.meaning))


# --- one difference -------------------------------------------------------------------------------------------


def _added(field: Field) -> Difference:
    requests = breaking(_("an object without it is refused")) if field.min_occurs else additive(_("it may be sent"))
    return Difference(field.name, _("field added"), _described(field), requests, additive(_("it may come")))


def _removed(field: Field) -> Difference:
    requests, responses = breaking(_("an object with it is refused")), breaking(_("it no longer comes"))
    return Difference(field.name, _("field removed"), _described(field), requests, responses)


def _min_occurs_changed(before: Field, after: Field) -> Difference:
    """The smallest number of values changed."""
    if after.min_occurs > before.min_occurs:
        requests, responses = breaking(_("an object without it, or with too few, is refused")), NONE
    else:
        requests = additive(_("it may be left out") if not after.min_occurs else _("fewer may be sent"))
        responses = breaking(_("it may be absent")) if not after.min_occurs else NONE
    names = {0: _("optional"), 1: _("required")}
    old, new = (names.get(field.min_occurs, _("at least {count}", count=field.min_occurs)) for field in (before, after))
    return Difference(after.name, _("occurrence changed"), became(old, new), requests, responses)


def _max_occurs_changed(before: Field, after: Field) -> Difference:
    """The largest number of values changed."""
    text = became(_upto(before), _upto(after))
    if _is_list(before) != _is_list(after):
        requests = breaking(_("a value in the old form is refused"))
        responses = breaking(_("a list comes") if _is_list(after) else _("a single value comes"))
    elif after.max_occurs is None or (before.max_occurs is not None and after.max_occurs > before.max_occurs):
        requests, responses = additive(_("more may be sent")), additive(_("more may come"))
    else:
        requests, responses = breaking(_("as many as before are refused")), NONE
    return Difference(after.name, _("occurrence changed"), text, requests, responses)


def _nil(after: Field) -> Difference:
    if after.nillable:
        requests, responses = additive(_("None clears it")), breaking(_("None may come"))
        return Difference(
            after.name, _("nillability changed"), became(_("never nil"), _("nillable")), requests, responses
        )
    requests = breaking(_("None is refused"))
    return Difference(after.name, _("nillability changed"), became(_("nillable"), _("never nil")), requests, NONE)


def _values(before: tuple[str, ...], after: tuple[str, ...]) -> Iterator[Difference]:
    if removed := [value for value in before if value not in after]:
        requests = breaking(_("a request with such a value is refused"))
        yield Difference("", _("values removed"), ", ".join(removed), requests, NONE)
    if added := [value for value in after if value not in before]:
        requests, responses = additive(_("such a value may be sent")), additive(_("such a value may come"))
        yield Difference("", _("values added"), ", ".join(added), requests, responses)


def _is_list(field: Field) -> bool:
    return field.max_occurs is None or field.max_occurs > 1


def _upto(field: Field) -> str:
    if not _is_list(field):
        return _("a single value")
    return _("a list") if field.max_occurs is None else _("a list of up to {max_occurs}", max_occurs=field.max_occurs)


def _described(field: Field) -> str:
    marks = [
        _("list") if _is_list(field) else "",
        _("required") if field.min_occurs else _("optional"),
        _("nillable") if field.nillable else "",
    ]
    return joined(", ", [field.type, *filter(None, marks)])
