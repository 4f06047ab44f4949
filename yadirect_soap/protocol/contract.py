"""Loads the service contract: a Contract has the services of a folder of WSDLs, each read when it is first looked up.

The records are in model.py.  How they are read from the WSDLs is in wsdl/zeep_reader.py, and where these are stored,
in contract_cache/; what the documentation adds to them is in facts.py.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from yadirect_soap.errors import ConfigurationError, UnknownNameError
from yadirect_soap.forks import ForkLock
from yadirect_soap.language import _

from .model import Operation, Service

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from .contract_cache.disk_cache import Cache

_REPORTS = "reports"
_REPORTS_HINT = _(" in the WSDLs: use direct.reports.get(ReportType=..., FieldNames=[...]), or the command `report`")
"""The advice for a look-up of Reports, which has no WSDL."""


class Contract(Mapping[str, Service]):
    """The services of a folder of WSDLs, by their names in lower case; each is read when it is first looked up.

    Args:
        directory: the folder, which contains `ads.wsdl` and so on.
        cache: stores services of WSDLs other than the bundled ones; None is the user's cache, see disk_cache.py.

    Raises:
        ConfigurationError: the folder has no WSDLs.
    """

    def __init__(self, directory: "Traversable", *, cache: "Cache | None" = None) -> None:
        self.directory = directory
        self._cache = cache
        listed = directory.iterdir() if directory.is_dir() else ()
        self._names = tuple(sorted(file.name[:-5] for file in listed if file.name.endswith(".wsdl")))
        if not self._names:
            raise ConfigurationError(_("no .wsdl files in {directory}", directory=directory))
        self._services: dict[str, Service] = {}
        self._lock = ForkLock()

    def __getitem__(self, name: str) -> Service:
        if (service := self._services.get(name)) is not None:
            return service
        if name not in self._names:
            raise KeyError(name)
        from . import contract_cache  # noqa: PLC0415  who only imports the package need not wait for it

        with self._lock:
            if name not in self._services:
                self._services[name] = contract_cache.load(self.directory, name, self._cache)
            return self._services[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def service(self, name: str) -> Service:
        """Looks up a service.

        Args:
            name: its name in any case: "ads", "AdGroups".

        Returns:
            The service with its operations.

        Raises:
            UnknownNameError: there is no such service; the message names the nearest one.
        """
        try:
            return self[name.lower()]
        except (AttributeError, KeyError):
            hint = _REPORTS_HINT if str(name).lower() == _REPORTS else nearest(str(name), self)
            raise UnknownNameError(_("no service {name!r:.80}{hint}", name=name, hint=hint)) from None

    def operation(self, service: str, name: str) -> Operation:
        """Looks up an operation.

        Args:
            service: the service's name in any case.
            name: the operation's name in the API's case: "checkCampaigns".

        Returns:
            The operation with the shapes of its params and its result.

        Raises:
            UnknownNameError: there is no such service or operation; the message names the nearest one.
        """
        operations = self.service(service).operations
        try:
            return operations[name]
        except (KeyError, TypeError):
            hint = nearest(str(name), operations)
            raise UnknownNameError(
                _("no operation {name!r:.80} in {service}{hint}", name=name, service=service.lower(), hint=hint)
            ) from None


@cache
def bundled() -> Contract:
    """Returns the contract that ships with the package; one object for the process."""
    directory = bundled_directory()
    if directory.is_dir():
        return Contract(directory)
    from importlib import resources  # noqa: PLC0415  only a package in a zip file needs it

    return Contract(resources.files("yadirect_soap") / "wsdl")


def bundled_directory() -> Path:
    """Returns the folder of the bundled WSDLs: inside an installed package, or next to it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "wsdl"
    return inside if inside.is_dir() else package.parent / "wsdl"


def nearest(name: str, candidates: Iterable[str]) -> str:
    """Builds a hint for a misspelt name: `; did you mean 'Title'?`, or "" if no candidate is similar."""
    import difflib  # noqa: PLC0415  only a mistake needs it

    by_lower = {candidate.lower(): candidate for candidate in candidates}
    if len(name) > 3 * max(map(len, by_lower), default=0):
        # Nothing is similar to it, and to find that out takes 80 bytes of memory a character.
        return ""
    matches = difflib.get_close_matches(name.lower(), by_lower, n=1, cutoff=0.6)
    return _("; did you mean {name!r}?", name=by_lower[matches[0]]) if matches else ""
