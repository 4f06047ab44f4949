"""A folder of descriptions, which is read completely, and replaced completely or not at all.

It is replaced by another folder in two renames, so that nobody reads a mixture of old and new.  If the process stops
between the two, the next replacement recovers the folder.
"""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from yadirect_soap.atomic_files import write_bytes
from yadirect_soap.errors import ConfigurationError, DecodeError
from yadirect_soap.language import _, in_words

from .document_set import DocumentSet, check, read_member

REPORTS = "reports.xsd"
"""Written for this project, not in canonical form, and not part of a set."""


def read(directory: Path) -> DocumentSet:
    """Reads the descriptions in a folder.

    Raises:
        ConfigurationError: the folder has no WSDLs.
        DecodeError: a file describes something else than its name says.
    """
    files = contents(directory)
    if not any(file.endswith(".wsdl") for file in files):
        raise ConfigurationError(_("no .wsdl files in {directory}", directory=directory))
    try:
        documents = {file: read_member(file, content) for file, content in files.items()}
        check(documents)
    except DecodeError as error:
        raise DecodeError(in_words(error), path=str(directory)) from error
    return documents


def contents(directory: Path) -> dict[str, bytes]:
    """Returns the bytes of a folder's descriptions by file name; first recovers from a stopped replacement."""
    _recover(directory.resolve())
    return {path.name: path.read_bytes() for path in _files(directory)}


def replace(directory: Path, files: Mapping[str, bytes]) -> None:
    """Replaces a folder's descriptions by these files; other files in it are kept.

    The folder is not touched before all files are on the disk, and any failure leaves it unchanged.

    Raises:
        ConfigurationError: the path is a file, or a file cannot be written.
        OSError: the folder, or its parent, cannot be written.
    """
    directory = directory.resolve()
    _recover(directory)
    if directory.exists() and not directory.is_dir():
        raise ConfigurationError(_("{directory} is a file, not a folder of WSDLs", directory=directory))
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
    """Builds the new folder: the other files of the old one, and the new descriptions."""
    if directory.is_dir():
        shutil.copytree(directory, staged, symlinks=True)
        for path in _files(staged):
            path.unlink()
    else:
        staged.mkdir()
    for name, content in files.items():
        write_bytes(staged / name, content)


def _exchange(staged: Path, directory: Path) -> None:
    """Replaces the old folder by the staged one; restores the old one if that fails."""
    aside = _aside(directory)
    try:
        if directory.exists():
            directory.rename(aside)
        staged.rename(directory)
    finally:
        _recover(directory)


def _recover(directory: Path) -> None:
    """Restores a folder that was moved aside and not replaced; otherwise deletes the one that was moved aside."""
    aside = _aside(directory)
    if not aside.exists():
        return
    if directory.exists():
        shutil.rmtree(aside, ignore_errors=True)
    else:
        aside.rename(directory)


def _aside(directory: Path) -> Path:
    return directory.parent / f".{directory.name}.old"
