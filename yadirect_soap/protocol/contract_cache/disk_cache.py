"""A cache on disk of services that were read from WSDLs other than the bundled ones.

The protocol has no state otherwise; here it is allowed because no response depends on it.  An entry is named after all
that it was made from and used only if it is complete: if it is lost, damaged or forbidden, the WSDL is read again.
YADIRECT_CACHE names another folder than the usual one, or is "off".
"""

import hashlib
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from importlib import metadata
from pathlib import Path
from typing import Self

from yadirect_soap.atomic_files import write_bytes
from yadirect_soap.errors import ConfigurationError

from .. import api_changes
from ..model import Service
from . import service_json

OFF = "off"


class Cache:
    """A folder of texts by name, which only its user can access; without a folder it stores nothing.

    It raises no errors: what cannot be read counts as absent, and what cannot be written is skipped.
    """

    def __init__(self, directory: Path | None) -> None:
        self.directory = directory

    @classmethod
    def of_user(cls, environ: Mapping[str, str] | None = None, platform: str = sys.platform) -> Self:
        """Returns the cache in the folder of YADIRECT_CACHE, or in the system's cache folder of the user."""
        environ = os.environ if environ is None else environ
        if environ.get("YADIRECT_CACHE") == OFF:
            return cls(None)
        try:
            return cls(_directory(environ, platform))
        except RuntimeError:  # there is no home
            return cls(None)

    def read(self, name: str) -> bytes | None:
        """Returns the text of an entry, or None."""
        if self.directory is None:
            return None
        try:
            return (self.directory / name).read_bytes()
        except OSError:
            return None

    def write(self, name: str, text: bytes) -> None:
        """Writes an entry completely or not at all, even while other processes read and write it."""
        if self.directory is not None:
            with suppress(OSError, ConfigurationError):
                self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
                # Not synced to the disk: a file that a power cut truncates is recognized as damaged.
                write_bytes(self.directory / name, text, mode=0o600, sync=False)


def load_cached(cache: Cache, name: str, files: Mapping[str, bytes]) -> Service:
    """Loads the service that `<name>.wsdl` describes from the cache; otherwise reads it with zeep and caches it."""
    origin = service_json.origin(files, made_by=_versions())
    entry = f"{name}-{service_json.key(origin)}.json"
    text = cache.read(entry)
    if text is not None and (service := service_json.read(text, origin)):
        return service
    from ..wsdl import zeep_reader  # noqa: PLC0415  imports zeep: 0.2 s that an entry saves

    service = zeep_reader.read(name, files)
    cache.write(entry, service_json.write(service, origin))
    return service


def _versions() -> dict[str, str]:
    """Returns the versions on which a cached text depends: those of packages, and that of the additions."""
    versions = {distribution: _version(distribution) for distribution in ("yadirect-soap", "zeep")}
    return versions | {"api_changes.toml": hashlib.sha256(api_changes.text()).hexdigest()}


def _version(distribution: str) -> str:
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return ""


def _directory(environ: Mapping[str, str], platform: str) -> Path:
    if configured := environ.get("YADIRECT_CACHE"):
        return Path(configured).expanduser()
    if platform == "win32":
        local = environ.get("LOCALAPPDATA")
        base = Path(local) if local else Path.home() / "AppData" / "Local"
    elif platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        # The specification of XDG has relative paths ignored.
        named = Path(environ.get("XDG_CACHE_HOME", ""))
        base = named if named.is_absolute() else Path.home() / ".cache"
    return base / "yadirect-soap"
