"""A folder of descriptions: read whole, and replaced whole or not at all.

A folder is replaced by another folder in two renames, so that nobody ever reads a mixture of old and new.  What
was stopped between the two is mended by the next replacement.
"""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from yadirect_soap.atomic_files import write_bytes
from yadirect_soap.errors import ConfigurationError, DecodeError

from .document_set import DocumentSet, check, read_member

REPORTS = "reports.xsd"
"""Written for this project, in no canonical form, and no part of a set."""


def read(directory: Path) -> DocumentSet:
    """The descriptions in a folder.

    Raises ConfigurationError where there is none, DecodeError where a file is not what its name says.
    """
    files = contents(directory)
    if not any(file.endswith(".wsdl") for file in files):
        raise ConfigurationError(f"no .wsdl files in {directory}")
    try:
        documents = {file: read_member(file, content) for file, content in files.items()}
        check(documents)
    except DecodeError as error:
        raise DecodeError(str(error), path=str(directory)) from error
    return documents


def contents(directory: Path) -> dict[str, bytes]:
    """The bytes of a folder's descriptions, by file name; first mends what a stopped replacement has left."""
    _recover(directory.resolve())
    return {path.name: path.read_bytes() for path in _files(directory)}


def replace(directory: Path, files: Mapping[str, bytes]) -> None:
    """Puts these files in place of a folder's descriptions; other files in it stay as they are.

    Until all of them are on the disk the folder is not touched, and whatever fails or interrupts leaves it as it
    was.  Raises ConfigurationError where a file stands in its place or cannot be written, OSError where the folder, or
    the one that it is in, cannot be.
    """
    directory = directory.resolve()
    _recover(directory)
    if directory.exists() and not directory.is_dir():
        raise ConfigurationError(f"{directory} is a file, not a folder of descriptions")
    directory.parent.mkdir(parents=True, exist_ok=True)
    staged = directory.parent / f".{directory.name}.new-{os.getpid()}"
    try:
        _stage(staged, directory, files)
        _exchange(staged, directory)
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def _files(directory: Path) -> list[Path]:
    if not directory.is_dir():
        return []
    return sorted(path for path in directory.iterdir() if path.suffix in (".wsdl", ".xsd") and path.name != REPORTS)


def _stage(staged: Path, directory: Path, files: Mapping[str, bytes]) -> None:
    """Makes the folder that will be: what the old one has beside its descriptions, and the new ones."""
    if directory.is_dir():
        shutil.copytree(directory, staged, symlinks=True)
        for path in _files(staged):
            path.unlink()
    else:
        staged.mkdir()
    for name, content in files.items():
        write_bytes(staged / name, content)


def _exchange(staged: Path, directory: Path) -> None:
    """Puts the staged folder where the old one is; the old one comes back where that fails."""
    aside = _aside(directory)
    try:
        if directory.exists():
            directory.rename(aside)
        staged.rename(directory)
    finally:
        _recover(directory)


def _recover(directory: Path) -> None:
    """Brings back a folder that was put aside without another in its place, else drops what was put aside."""
    aside = _aside(directory)
    if not aside.exists():
        return
    if directory.exists():
        shutil.rmtree(aside, ignore_errors=True)
    else:
        aside.rename(directory)


def _aside(directory: Path) -> Path:
    return directory.parent / f".{directory.name}.old"
