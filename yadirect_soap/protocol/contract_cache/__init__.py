"""The contract as zeep read it from the WSDLs, stored as JSON, so that calls do not wait for zeep.

The bundled services are in bundled/, which `make generate` writes; disk_cache.py stores services of other WSDLs.
Both are used only for files with exactly the bytes that they were made from, wherever these files are.  So an edited
WSDL is always parsed again, even a bundled one; hashing the bundled files takes less than half a millisecond.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from ..model import Service
from . import service_json

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from .disk_cache import Cache

BUNDLED = Path(__file__).parent / "bundled"


def load(directory: "Traversable", name: str, cache: "Cache | None" = None) -> Service:
    """Loads the service that `<directory>/<name>.wsdl` describes: bundled, from the cache, or read by zeep.

    Raises what reading raises: UnsupportedDescription, errors of zeep, OSError for a file that cannot be read.
    """
    files = files_of(directory, name)
    text = _bundled(name)
    bundled = service_json.read(text, service_json.origin(files)) if text is not None else None
    if bundled is not None:
        return bundled
    from .disk_cache import Cache, load_cached  # noqa: PLC0415  the bundled services need none of it

    return load_cached(cache or Cache.of_user(), name, files)


def compile_all(directory: Path, into: Path) -> None:
    """Writes the JSON of every service of a folder, and replaces existing files; the same bytes each time."""
    from ..wsdl import zeep_reader  # noqa: PLC0415  imports zeep: 0.2 s that a load does not spend

    names = {path.stem for path in directory.glob("*.wsdl")}
    for name in sorted(names):
        files = files_of(directory, name)
        (into / f"{name}.json").write_bytes(
            service_json.write(zeep_reader.read(name, files), service_json.origin(files))
        )
    for path in into.glob("*.json"):
        if path.stem not in names:
            path.unlink()


def files_of(directory: "Traversable", name: str) -> dict[str, bytes]:
    """Reads the .wsdl of a service and its schemas once, so that the hashed bytes are the parsed ones."""
    names = (file.name for file in directory.iterdir())
    schemas = sorted(file for file in names if file.endswith(".xsd") and file != "reports.xsd")
    return {file: (directory / file).read_bytes() for file in (f"{name}.wsdl", *schemas)}


def _bundled(name: str) -> bytes | None:
    """Returns the JSON of a bundled service, which may be in a zip file; None for other services."""
    path = BUNDLED / f"{name}.json"
    if path.is_file():
        return path.read_bytes()
    if BUNDLED.is_dir():
        return None
    from importlib import resources  # noqa: PLC0415  only a package in a zip file needs it

    file = resources.files(__name__) / "bundled" / path.name
    return file.read_bytes() if file.is_file() else None
