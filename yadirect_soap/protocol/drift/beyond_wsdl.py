"""The additions of the contract to two sets of WSDLs: members and values that are live and in neither of them."""

from collections.abc import Iterable
from typing import NamedTuple

from ..wsdl.document_set import DocumentSet, types_of
from ..wsdl.extension import Addition, additions_of


class BeyondWsdl(NamedTuple):
    """Members and values with their types: `ads:AdTypeEnum.RESPONSIVE_AD`.

    Attributes:
        carried: the additions to the newer set.
        dropped: the additions to the older set that the newer one has itself.
    """

    carried: tuple[str, ...]
    dropped: tuple[str, ...]


def beyond_wsdl(old: DocumentSet, new: DocumentSet) -> BeyondWsdl:
    """Returns the additions to the newer descriptions, and those that are no longer needed."""
    before, after = (frozenset(additions_of(documents)) for documents in (old, new))
    types = types_of(new)
    dropped = (addition for addition in before - after if addition[0] in types)
    return BeyondWsdl(_named(after), _named(dropped))


def _named(additions: Iterable[Addition]) -> tuple[str, ...]:
    return tuple(sorted(f"{type_name}.{name}" for type_name, name in additions))
