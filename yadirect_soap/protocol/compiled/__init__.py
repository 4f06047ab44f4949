"""The contract compiled: what zeep reads from a description, kept as JSON, so that a call need not wait for zeep.

The bundled services stand in bundled/, made anew by `make generate`; readings of other
descriptions are kept by cache.py.  Either is taken for files with the very bytes that it was made from, wherever
these files are.  A WSDL that was changed is therefore read as it is now, a bundled one too: hashing the bundled
files takes less than half a millisecond, and nobody wonders at an edit without effect.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from ..contract import Service
from . import form

if TYPE_CHECKING:
    from .cache import Cache

BUNDLED = Path(__file__).parent / "bundled"


def load(directory: Path, name: str, cache: "Cache | None" = None) -> Service:
    """The service that `<directory>/<name>.wsdl` describes: as bundled, from the cache (the user's, if None), by zeep.

    Raises what the reading does: UnsupportedDescription, zeep's errors, OSError for a file that cannot be read.
    """
    files = _files(directory, name)
    path = BUNDLED / f"{name}.json"
    bundled = form.read(path.read_bytes(), form.origin(files)) if path.is_file() else None
    if bundled is not None:
        return bundled
    from .cache import Cache, through  # noqa: PLC0415  the bundled services need none of it

    return through(cache or Cache.of_user(), name, files)


def compile_all(directory: Path, into: Path) -> None:
    """Writes the compiled form of every service of a folder in place of what was there; the same bytes each time."""
    from ..wsdl import reader  # noqa: PLC0415  imports zeep: 0.2 s that a load does not spend

    names = {path.stem for path in directory.glob("*.wsdl")}
    for name in sorted(names):
        files = _files(directory, name)
        (into / f"{name}.json").write_bytes(form.write(reader.read(name, files), form.origin(files)))
    for path in into.glob("*.json"):
        if path.stem not in names:
            path.unlink()


def _files(directory: Path, name: str) -> dict[str, bytes]:
    """The .wsdl of a service and the schemas beside it, by file name, read once: what is hashed is what is parsed."""
    schemas = sorted(path for path in directory.iterdir() if path.suffix == ".xsd" and path.stem != "reports")
    return {path.name: path.read_bytes() for path in (directory / f"{name}.wsdl", *schemas)}
