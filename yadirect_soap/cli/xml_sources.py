"""Finds the requests of `xml send`: files, files with several requests, and folders of files."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from yadirect_soap import ConfigurationError
from yadirect_soap.language import _

from . import documents

RESPONSE = ".response.xml"
"""The suffix of a file with a response."""


class Source(NamedTuple):
    """The file of a request.

    Attributes:
        name: the name of the request, which is unique in the run.
        file: the file, or - for stdin.
        number: the index of the request in a file with several ones, from 0.
    """

    name: str
    file: str
    number: int = 0


class Sources:
    """All requests of a run, in their order.

    Args:
        paths: files and folders, or only -.

    Raises:
        ConfigurationError: a file cannot be read, there are none, or two requests have the same name.
    """

    def __init__(self, paths: Sequence[str]) -> None:
        if documents.STDIN in paths and len(paths) > 1:
            raise ConfigurationError(_("- is stdin, and cannot stand beside files"))
        self._last: tuple[str, list[bytes]] = "", []
        """The last file that was read, with its requests."""
        self.all = [source for file in _files(paths) for source in self._of_file(file)]
        self.is_single = len(self.all) == 1 and not Path(paths[0]).is_dir()
        if not self.all:
            raise ConfigurationError(_("{paths}: found no file *.xml, expected requests", paths=", ".join(paths)))
        names = Counter(source.name.casefold() for source in self.all)
        if duplicates := [source for source in self.all if names[source.name.casefold()] > 1]:
            shown = ", ".join(source.file for source in duplicates[:2])
            raise ConfigurationError(
                _(
                    "{shown}: the responses of both would be {name}{response}",
                    shown=shown,
                    name=duplicates[0].name,
                    response=RESPONSE,
                )
            )

    def content(self, source: Source) -> bytes:
        """Returns the bytes of a request."""
        requests = self._requests(source.file)
        if source.number >= len(requests):
            raise ConfigurationError(
                _(
                    "{file}: found {count} requests, expected more: it has changed",
                    file=source.file,
                    count=len(requests),
                )
            )
        return requests[source.number]

    def _of_file(self, file: str) -> Iterator[Source]:
        stem = "stdin" if file == documents.STDIN else Path(file).stem
        requests = self._requests(file)
        if len(requests) == 1:
            yield Source(stem, file)
            return
        yield from (Source(f"{stem}-{number + 1:04}", file, number) for number in range(len(requests)))

    def _requests(self, file: str) -> list[bytes]:
        from yadirect_soap.protocol.scalars import DecodeFailure
        from yadirect_soap.protocol.soap import documents as messages

        if self._last[0] != file:
            content = documents.read(file)
            try:
                self._last = file, messages.split(content)
            except DecodeFailure:  # reading it as a request raises the error
                self._last = file, [content]
        return self._last[1]


def _files(paths: Sequence[str]) -> Iterator[str]:
    """Yields the files; of a folder, its files *.xml by name, without responses and hidden files."""
    for path in paths:
        if path == documents.STDIN or not Path(path).is_dir():
            yield path
            continue
        names = sorted(file.name for file in Path(path).iterdir() if file.suffix.lower() == ".xml" and file.is_file())
        yield from (str(Path(path, name)) for name in names if not name.startswith(".") and not name.endswith(RESPONSE))
