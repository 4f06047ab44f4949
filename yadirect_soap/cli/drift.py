"""`yadirect-soap contract diff | refresh`: compares the contract with the API's WSDLs, and updates it."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import yadirect_soap
from yadirect_soap import ConfigurationError
from yadirect_soap.language import _
from yadirect_soap.protocol.contract import bundled_directory

from . import client_options, diff_output, notices, progress
from .command_types import Decorated, command, format_option, option

if TYPE_CHECKING:
    from yadirect_soap.protocol.wsdl.description import Description
    from yadirect_soap.protocol.wsdl.document_set import DocumentSet

_VERSIONS = frozenset({"v5", "v501"})
_EXIT_CODES: Mapping[bool, int] = MappingProxyType({False: 10, True: 11})
"""The exit code for changes, by whether one of them is breaking."""

_CODES = """\b
Exit codes:
  0   no change
  10  changes, and none breaks anything
  11  changes that may break what worked before
Any other code tells that nothing was compared, and nothing written.
"""


def _add_options(function: Decorated) -> Decorated:
    source = option(
        "--from",
        "source",
        metavar="URL|DIR",
        help="what to compare with: a root such as https://api.direct.yandex.com/v5 (the default, with the settings "
        "in YADIRECT_ENDPOINT and the like), or a folder of WSDLs",
    )
    return client_options.wsdl_option(source(format_option(client_options.add_connection(function))))


@command("diff", epilog=_CODES)
@_add_options
def diff(wsdl: str | None, source: str | None, format: str, **options: Any) -> int:
    """Show how the API's current WSDLs differ from yours, and what that breaks.

    A "breaking" change may break a program that works now; an "additive" change only adds something.
    """
    from yadirect_soap.protocol.wsdl import folder

    target = client_options.wsdl_folder({"wsdl": wsdl}) or bundled_directory()
    old = folder.read(target)
    settings = _version(old) | client_options.resolved(options)
    return _print_comparison(old, _read(source, target, settings), format, at_hand=target, source=source)


@command("refresh", epilog=_CODES)
@_add_options
@option("--prune", is_flag=True, help="remove services that no longer exist")
def refresh(wsdl: str | None, source: str | None, format: str, *, prune: bool, **options: Any) -> int:
    """Show the differences, then write the API's WSDLs over yours, all files or none."""
    from yadirect_soap.protocol.wsdl import folder

    target = _writable(client_options.wsdl_folder({"wsdl": wsdl}))
    # An empty folder is compared with the bundled WSDLs, which were in use before.
    at_hand = target if folder.contents(target) else bundled_directory()
    old = folder.read(at_hand)
    new = _read(source, at_hand, _version(old) | client_options.resolved(options))
    refused = [] if prune else [file for file in _services(old) if file not in new]
    if not refused:
        _write(target, new)
    code = _print_comparison(old, new, format, at_hand=at_hand, source=source)
    if refused:
        raise ConfigurationError(
            _("nothing was written: it would remove {names}; --prune lets it", names=", ".join(refused))
        )
    return code


def _print_comparison(old: "DocumentSet", new: "DocumentSet", format: str, *, at_hand: Path, source: str | None) -> int:
    """Prints the changes, and returns the exit code for them."""
    from yadirect_soap.protocol.drift.beyond_wsdl import beyond_wsdl
    from yadirect_soap.protocol.drift.compare import compare

    changes = compare(old, new)
    with suppress(BrokenPipeError):  # the exit code shows the changes even if nobody reads them
        diff_output.print_changes(
            changes, format, at_hand=str(at_hand), source=source, beyond_wsdl=beyond_wsdl(old, new)
        )
    return _EXIT_CODES[diff_output.breaks(changes)] if changes else 0


def _writable(directory: Path | None) -> Path:
    """Returns the folder that refresh writes: the given one, else that of a checkout, never an installed one."""
    if directory is not None:
        return directory
    bundled = bundled_directory()
    if bundled.is_relative_to(Path(yadirect_soap.__file__).parent):
        raise ConfigurationError(
            _(
                "{folder} belongs to the installed package: name another folder by --wsdl DIR or YADIRECT_WSDL, "
                "and Direct(wsdl=...) reads it",
                folder=bundled,
            )
        )
    return bundled


def _version(documents: "DocumentSet") -> dict[str, Any]:
    """Returns the setting `version` with which the API's WSDLs have the same addresses as these."""
    from yadirect_soap.protocol.wsdl.description import Service

    addresses = (document.address for document in documents.values() if isinstance(document, Service))
    version = next((part for part in next(addresses, "").split("/") if part in _VERSIONS), None)
    return {"version": version} if version else {}


def _read(source: str | None, at_hand: Path, given: Mapping[str, Any]) -> "DocumentSet":
    """Reads the descriptions of a folder or of a server, whose address takes precedence over the settings."""
    from yadirect_soap import Direct
    from yadirect_soap.protocol.wsdl import folder

    if source is not None and not source.startswith(("http://", "https://")):
        return folder.read(Path(source).expanduser())
    settings: dict[str, Any] = {**given, "token": "not-sent", "wsdl": at_hand}
    if source is not None:
        settings |= _address_settings(source)
    with Direct.from_env(**settings) as direct:
        documents = dict(_with_progress(direct.fetch_wsdl(), len(folder.contents(at_hand))))
        return _with_hosts_of(folder.read(at_hand), documents, host=urlsplit(direct.settings.root).netloc)


def _with_hosts_of(old: "DocumentSet", new: "DocumentSet", *, host: str) -> "DocumentSet":
    """Replaces the host of the server in its descriptions by the hosts of the old ones, so that it is no change.

    An emulator or a proxy writes its own host into the addresses; only a different path is a change.
    """
    from yadirect_soap.protocol.wsdl.description import Service

    documents = dict(new)
    for file, description in new.items():
        at_hand = old.get(file)
        if isinstance(description, Service) and isinstance(at_hand, Service):
            address, own = urlsplit(description.address), urlsplit(at_hand.address)
            if address.netloc == host:
                moved = address._replace(scheme=own.scheme, netloc=own.netloc)
                documents[file] = replace(description, address=moved.geturl())
    return documents


def _address_settings(url: str) -> dict[str, Any]:
    """Returns the settings of a Direct for the services under an address, which may end with the version."""
    root, _, version = url.rstrip("/").rpartition("/")
    where = {"endpoint": root, "version": version} if version in _VERSIONS else {"endpoint": url}
    return {"sandbox": False, **where}


def _with_progress(
    descriptions: Iterable[tuple[str, "Description"]], expected: int
) -> Iterator[tuple[str, "Description"]]:
    """Yields the descriptions, and shows the progress on a terminal."""
    with progress.Lines() as lines:
        lines.show("WSDLs", total=expected)
        for count, (file, description) in enumerate(descriptions, 1):
            lines.show("WSDLs", file, done=count, total=expected)
            yield file, description


def _services(files: Iterable[str]) -> list[str]:
    return sorted(file for file in files if file.endswith(".wsdl"))


def _write(target: Path, new: "DocumentSet") -> None:
    """Writes the descriptions, if they differ from the files and zeep can read all of them."""
    from yadirect_soap.protocol.wsdl import folder, zeep_reader
    from yadirect_soap.protocol.wsdl.document_set import canonical_files

    files = canonical_files(new)
    if files == folder.contents(target):
        return
    for file in _services(files):
        zeep_reader.read(file.removesuffix(".wsdl"), files)
    folder.replace(target, files)
    notices.note(_("wrote {count} files to {target}", count=len(files), target=target))
    if target.resolve() == bundled_directory():
        notices.note(_("next: make generate"))
