"""The codes of resources.toml a second time, grouped as a reader of the documentation compares them.

A slip of the pen in resources.toml changes one code and not the other.  A new code is added in both places.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from yadirect_soap.emulator.domain.resources import Resource, resources

NOT_FOUND = 8800
"""The error for an object that does not exist, if resources.toml names no other one."""

WARNINGS: Mapping[int, str] = MappingProxyType(
    {
        10020: "campaigns.suspend",
        10021: "campaigns.resume",
        10022: "campaigns.archive strategies.archive",
        10023: "campaigns.unarchive strategies.unarchive",
        10025: "adextensions.delete",
        10100: "vcards.add",
        10120: "sitelinks.add",
        10140: "keywords.add",
        10200: "ads.suspend",
        10201: "ads.resume",
        10202: "ads.archive",
        10203: "ads.unarchive",
        10240: "keywords.suspend",
        10241: "keywords.resume",
        10242: (
            "audiencetargets.suspend dynamicfeedadtargets.suspend dynamictextadtargets.suspend smartadtargets.suspend"
        ),
        10243: ("audiencetargets.resume dynamicfeedadtargets.resume dynamictextadtargets.resume smartadtargets.resume"),
    }
)
"""The warnings by code: the object is in the new state already, or an equal one exists."""

ERRORS: Mapping[int, str] = MappingProxyType(
    {
        5005: "adimages[missing]",
        6000: "adgroups[misfit] ads[misfit] sitelinks.delete[in_use] vcards.delete[in_use]",
        6001: (
            "audiencetargets[misfit] dynamicfeedadtargets[misfit] dynamictextadtargets[misfit] keywords[misfit] "
            "smartadtargets[misfit]"
        ),
        8300: (
            "ads.archive[DRAFT] ads.archive[ON] ads.delete ads.resume[ARCHIVED] ads.resume[DRAFT] "
            "ads.suspend[ARCHIVED] ads.suspend[DRAFT] campaigns.resume[ARCHIVED] campaigns.resume[DRAFT] "
            "campaigns.suspend[ARCHIVED] campaigns.suspend[DRAFT]"
        ),
        8301: (
            "adextensions.delete[in_use] adgroups.delete adimages.delete[in_use] campaigns.delete "
            "feeds.delete[in_use] negativekeywordsharedsets.delete[in_use] retargetinglists.delete[in_use]"
        ),
        8303: ("campaigns.archive[DRAFT] campaigns.archive[ON] campaigns.archive[funded] strategies.archive[in_use]"),
        8304: "campaigns.unarchive[CONVERTED]",
    }
)
"""The errors of objects, by code; in brackets the state that is refused, or the reason."""


def _warnings(resource: Resource) -> Iterator[tuple[str, int]]:
    """The warnings of a service's objects, by operation."""
    if resource.same is not None:
        yield f"{resource.service}.add", resource.same.warn
    for verb, transition in resource.transitions.items():
        yield f"{resource.service}.{verb}", transition.warn
    if resource.deletion is not None:
        yield f"{resource.service}.delete", resource.deletion.warn


def _errors(resource: Resource) -> Iterator[tuple[str, int]]:
    """The errors of a service's objects, by operation, with the state or the reason."""
    service = resource.service
    for verb, transition in resource.transitions.items():
        for state, code in transition.refuse.items():
            yield f"{service}.{verb}[{state}]", code
        yield f"{service}.{verb}[in_use]", transition.in_use
        yield f"{service}.{verb}[funded]", transition.funded
    if resource.deletion is not None:
        yield f"{service}.delete", resource.deletion.code
        yield f"{service}.delete[in_use]", resource.deletion.in_use
    yield f"{service}[misfit]", resource.misfit
    if resource.missing != NOT_FOUND:
        yield f"{service}[missing]", resource.missing


def _by_key(table: Mapping[int, str]) -> dict[str, int]:
    return {key: code for code, keys in table.items() for key in keys.split()}


def test_warnings_have_the_documented_codes() -> None:
    """The warnings of resources.toml are those of the table; 0 is none."""
    warnings = {key: code for resource in resources().values() for key, code in _warnings(resource) if code}
    assert warnings == _by_key(WARNINGS)


def test_errors_have_the_documented_codes() -> None:
    """The errors of resources.toml are those of the table; 0 is none."""
    errors = {key: code for resource in resources().values() for key, code in _errors(resource) if code}
    assert errors == _by_key(ERRORS)
