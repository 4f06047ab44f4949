"""`yadirect-soap contract diff | refresh`: what changed against the API's own descriptions, and how to follow it."""

import argparse
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import yadirect_soap
from yadirect_soap import ConfigurationError, Direct
from yadirect_soap.protocol.contract import bundled_directory

from . import diff_output as told

if TYPE_CHECKING:
    from yadirect_soap.protocol.wsdl.description import Description
    from yadirect_soap.protocol.wsdl.document_set import DocumentSet

COMMANDS = ("diff", "refresh")

_OPTIONS = ("source", "format", "prune")
_VERSIONS = frozenset({"v5", "v501"})
_EXIT_CODES: Mapping[bool, int] = MappingProxyType({False: 10, True: 11})
"""By whether a change breaks something."""


def add_to(parser: argparse.ArgumentParser) -> None:
    """Adds the options of both commands to the parser of `contract`."""
    group = parser.add_argument_group("diff and refresh")
    group.add_argument(
        "--from",
        dest="source",
        metavar="URL|DIR",
        help="what to compare with: a root such as https://api.direct.yandex.com/v5 (the default, with the settings "
        "in YADIRECT_ENDPOINT and the like; proxies as in HTTPS_PROXY), or a folder of descriptions",
    )
    group.add_argument("--format", choices=("text", "json"), help="of what is printed (default: text)")
    group.add_argument("--prune", action="store_true", default=None, help="let refresh remove services that are gone")


def refuse_options(arguments: argparse.Namespace) -> None:
    """Raises ConfigurationError where an option is given that only diff and refresh have."""
    if any(getattr(arguments, name) is not None for name in _OPTIONS):
        raise ConfigurationError("--from, --format and --prune belong to contract diff and contract refresh")


def run(arguments: argparse.Namespace, directory: Path | None) -> int:
    """Carries out the command; `directory` holds the descriptions at hand, None being the bundled ones."""
    from yadirect_soap.protocol.drift.compare import compare
    from yadirect_soap.protocol.wsdl import folder

    refreshing = arguments.service == "refresh"
    if arguments.prune and not refreshing:
        raise ConfigurationError("--prune belongs to contract refresh")
    target = _writable(directory) if refreshing else directory or bundled_directory()
    # A folder that is still to be filled is compared with what was used before it.
    at_hand = bundled_directory() if refreshing and not folder.contents(target) else target
    old = folder.read(at_hand)
    new = _read(arguments.source, at_hand, _version(old))
    changes = compare(old, new)
    refused = refreshing and not arguments.prune and [file for file in _services(old) if file not in new]
    if refreshing and not refused:
        _write(target, new)
    with suppress(BrokenPipeError):  # a reader that has gone changes nothing of what was found
        told.tell(changes, arguments.format or "text", at_hand=str(at_hand), source=arguments.source)
    if refused:
        raise ConfigurationError(f"nothing was written: it would remove {', '.join(refused)}; --prune lets it")
    return _EXIT_CODES[told.breaks(changes)] if changes else 0


def _writable(directory: Path | None) -> Path:
    """Where refresh writes: where it is told to, or in a checkout; not into what an installer put there."""
    if directory is not None:
        return directory
    bundled = bundled_directory()
    if bundled.is_relative_to(Path(yadirect_soap.__file__).parent):
        raise ConfigurationError(
            f"{bundled} belongs to the installed package: name another folder by --wsdl DIR or YADIRECT_WSDL, "
            "and Direct(wsdl=...) reads it"
        )
    return bundled


def _version(documents: "DocumentSet") -> dict[str, str]:
    """The setting with which the API's WSDLs have the same addresses as those at hand: nothing else differs in v5."""
    from yadirect_soap.protocol.wsdl.description import Service

    if os.environ.get("YADIRECT_VERSION"):
        return {}
    addresses = (document.address for document in documents.values() if isinstance(document, Service))
    version = next((part for part in next(addresses, "").split("/") if part in _VERSIONS), None)
    return {"version": version} if version else {}


def _read(source: str | None, at_hand: Path, version: dict[str, str]) -> "DocumentSet":
    """The descriptions in a folder, or those that an address gives; `version` where the address names none."""
    from yadirect_soap.protocol.wsdl import folder

    if source is not None and not source.startswith(("http://", "https://")):
        return folder.read(Path(source).expanduser())
    settings: dict[str, Any] = {"token": "not-sent", "wsdl": at_hand, **version}
    if source is not None:
        settings |= _addressed(source)
    with Direct.from_env(**settings) as direct:
        return dict(_shown(direct.fetch_wsdl(), len(folder.contents(at_hand))))


def _addressed(url: str) -> dict[str, Any]:
    """The settings of a Direct whose services are under an address, the version being its end or as set."""
    root, _, version = url.rstrip("/").rpartition("/")
    where = {"endpoint": root, "version": version} if version in _VERSIONS else {"endpoint": url}
    return {"sandbox": False, **where}


def _shown(descriptions: Iterable[tuple[str, "Description"]], expected: int) -> Iterator[tuple[str, "Description"]]:
    """The descriptions; on a terminal, a line tells how far they are, and goes when they are through."""
    if not sys.stderr.isatty():
        yield from descriptions
        return
    try:
        for count, (file, description) in enumerate(descriptions, 1):
            print(f"\r\033[K{count} of {expected}: {file}", end="", file=sys.stderr, flush=True)
            yield file, description
    finally:
        print("\r\033[K", end="", file=sys.stderr, flush=True)


def _services(family: Iterable[str]) -> list[str]:
    return sorted(file for file in family if file.endswith(".wsdl"))


def _write(target: Path, new: "DocumentSet") -> None:
    """Writes the descriptions, if they are not there already and this package can read all of them."""
    from yadirect_soap.protocol.wsdl import folder, zeep_reader
    from yadirect_soap.protocol.wsdl.document_set import canonical_files

    files = canonical_files(new)
    if files == folder.contents(target):
        return
    for file in _services(files):
        zeep_reader.read(file.removesuffix(".wsdl"), files)
    folder.replace(target, files)
    print(f"yadirect-soap: wrote {len(files)} files to {target}", file=sys.stderr)
    if target.resolve() == bundled_directory():
        print("yadirect-soap: next: python -m yadirect_soap.protocol.contract_cache", file=sys.stderr)
