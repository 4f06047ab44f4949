"""A server's step that gives the descriptions as an emulator does, save what a test has it alter."""

import re
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urlsplit

from tests.client.servers import XML, Handler, Step, answer
from yadirect_soap.emulator import Emulator
from yadirect_soap.protocol.contract import bundled_directory
from yadirect_soap.protocol.messages import Headers, Request

Edit = Callable[[bytes], Step]
"""What to do in place of giving a document."""
FEW = ("leads.wsdl", "turbopages.wsdl", "general.xsd")
"""Descriptions that need no others."""


def describing(**edits: Edit) -> Step:
    """Answers GETs as an emulator does; a document whose name is among the edits (`leads`, `general`) goes there."""

    def step(handler: Handler) -> None:
        path = handler.received.path
        address = path if path.startswith("http") else f"http://{handler.headers['Host']}{path}"
        with Emulator(seed=False) as emulator:
            genuine = emulator.handle_request(Request(address, Headers(), method=handler.received.method))
        name = urlsplit(path).path.rpartition("/")[2].removesuffix(".xsd")
        step_of_emulator = answer(
            genuine.body, status=genuine.status, content_type=genuine.headers.get("Content-Type", XML)
        )
        (edits[name](genuine.body) if name in edits else step_of_emulator)(handler)

    return step


def replaced(old: str, new: str) -> Edit:
    """Gives a document with a text, which must be there, replaced wherever it stands."""

    def edit(document: bytes) -> Step:
        assert old.encode() in document
        return answer(document.replace(old.encode(), new.encode()))

    return edit


def schemas_at(attribute: str) -> Edit:
    """Gives a document whose imports of general.xsd have another attribute for its place, or none."""

    def edit(document: bytes) -> Step:
        altered, count = re.subn(rb'schemaLocation="[^"]*/general\.xsd"', attribute.encode(), document)
        assert count
        return answer(altered)

    return edit


def instead(step: Step) -> Edit:
    """Takes a step that needs no document."""
    return lambda _: step


def in_turn(*edits: Edit) -> Edit:
    """Takes one edit after the other; the last stays."""
    remaining = list(edits)

    def edit(document: bytes) -> Step:
        return (remaining.pop(0) if len(remaining) > 1 else remaining[0])(document)

    return edit


def copied(directory: Path, files: Iterable[str] = FEW) -> Path:
    """A folder with some of the bundled descriptions."""
    directory.mkdir()
    for file in files:
        shutil.copy(bundled_directory() / file, directory)
    return directory
