"""Sends many requests in XML one after the other; writes each response into a file, and sends no write twice."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from yadirect_soap import ConfigurationError, Direct, DirectError, InvalidParamsError, ItemsError, ResponseLostError
from yadirect_soap.language import _, composed

from . import exit_codes, notices, progress, xml_journal, xml_response
from .xml_journal import Entry, Journal
from .xml_sources import RESPONSE, Source, Sources

if TYPE_CHECKING:
    from yadirect_soap import XmlRequest
    from yadirect_soap.protocol.soap.message_schema import MessageSchema


class _Planned(NamedTuple):
    source: Source
    entry: Entry
    writes: bool


def send(
    direct: Direct,
    sources: Sources,
    folder: Path,
    schema: "MessageSchema | None",
    *,
    keep_going: bool,
    resend: Sequence[str],
) -> int:
    """Sends what has no response yet, if all of it is right.

    Args:
        direct: calls the API.
        sources: the requests.
        folder: for the responses and the journal.
        schema: what responses must fit; None does not check them.
        keep_going: whether the rest is sent after a request without a response.
        resend: names of requests that are sent although they may have acted.

    Returns:
        The exit code: that of the first failure.
    """
    if unknown := set(resend) - {source.name for source in sources.all}:
        raise ConfigurationError(_("--resend {name}: found no request of this name", name=min(unknown)))
    with xml_journal.opened(folder) as journal:
        batch = _Batch(direct, sources, folder, journal)
        plan, code = batch.plan()
        if code:
            notices.note(_("nothing was sent"))
            return code
        return batch.run(plan, schema, keep_going=keep_going, resend=resend)


def _hash(request: "XmlRequest") -> str:
    return hashlib.sha256(request.body).hexdigest()


class _Batch:
    """The requests of a run, and the folder of their responses."""

    def __init__(self, direct: Direct, sources: Sources, folder: Path, journal: Journal) -> None:
        self._direct = direct
        self._sources = sources
        self._folder = folder
        self._journal = journal

    def plan(self) -> tuple[list[_Planned], int]:
        """All requests, checked; and the exit code if one is wrong, after each of these was reported."""
        planned, code = [], 0
        for source in self._sources.all:
            try:
                planned.append(self._planned(source))
            except InvalidParamsError as error:
                code = exit_codes.print_error(error, source.name)
        return planned, code

    def run(
        self, plan: list[_Planned], schema: "MessageSchema | None", *, keep_going: bool, resend: Sequence[str]
    ) -> int:
        """Sends what has no response; returns the exit code."""
        code, counts = 0, Counter[str]()
        with progress.Lines() as lines:
            for done, planned in enumerate(plan):
                lines.show("requests", planned.source.name, done=done, total=len(plan))
                if self._response(planned.source).exists():
                    counts["before"] += 1
                    continue
                failure = self._attempt(planned, schema, is_repeated=planned.source.name in resend)
                counts["now"] += self._response(planned.source).exists()
                if failure is not None:
                    failed = exit_codes.print_error(failure, planned.source.name)
                    code = code or failed
                    if not (keep_going or isinstance(failure, ItemsError)):
                        break
        missing = len(plan) - counts["before"] - counts["now"]
        notices.note(
            _(
                "responses: {now} now, {before} from before, {missing} missing",
                now=counts["now"],
                before=counts["before"],
                missing=missing,
            )
        )
        return code

    def _planned(self, source: Source) -> _Planned:
        request = self._direct.read_xml(self._sources.content(source))
        settings = self._direct.settings
        account = f"{settings.root} {settings.client_login or ''}".strip()
        entry = Entry(source.name, _hash(request), request.operation.key, account)
        before, response = self._journal.entry(source.name), self._response(source)
        if response.exists() and before is None:
            raise ConfigurationError(
                _("{response} is not of this run: name another folder by --out", response=response)
            )
        if before is not None and before.state != "failed" and before[:4] != entry[:4]:
            raise ConfigurationError(
                _(
                    "{file}: another request named {name} was sent into {folder} "
                    "({operation}, {account}): rename this one, or name another folder by --out",
                    file=source.file,
                    name=source.name,
                    folder=self._folder,
                    operation=before.operation,
                    account=before.account,
                )
            )
        return _Planned(source, entry, xml_response.is_write(request))

    def _attempt(self, planned: _Planned, schema: "MessageSchema | None", *, is_repeated: bool) -> DirectError | None:
        """Sends a request if it cannot act twice; returns what failed."""
        before = self._journal.entry(planned.source.name)
        if planned.writes and before is not None and before.state != "failed" and not is_repeated:
            return ResponseLostError(
                _(
                    "{operation} was sent before, and its response is missing: it may have acted. "
                    "Read back; then --resend {name} sends it again, or take {file} away",
                    operation=before.operation,
                    name=planned.source.name,
                    file=planned.source.file,
                )
            )
        request = self._direct.read_xml(self._sources.content(planned.source))
        if _hash(request) != planned.entry.sha256:
            raise ConfigurationError(
                _("{file} has changed since this run began; it was not sent", file=planned.source.file)
            )
        stage = exit_codes.Stage()
        stage.note = ""
        if planned.writes:
            stage.note = _(
                "{name}: {operation} may have acted", name=planned.source.name, operation=planned.entry.operation
            )
        try:
            with stage.noted():
                return self._send(planned, request, schema)
        except DirectError as error:
            if not error.may_have_acted:
                self._journal.write(planned.entry._replace(state="failed"))
            return error

    def _send(self, planned: _Planned, request: "XmlRequest", schema: "MessageSchema | None") -> DirectError | None:
        self._journal.write(planned.entry)
        sent = xml_response.send(self._direct, request, str(self._response(planned.source)), schema)
        self._journal.write(planned.entry._replace(state="answered"))
        notices.note(composed("{name}: {summary}", name=planned.source.name, summary=sent.summary))
        return sent.failure

    def _response(self, source: Source) -> Path:
        return self._folder / f"{source.name}{RESPONSE}"
