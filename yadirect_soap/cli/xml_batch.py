"""Sends several requests in XML, one after the other; writes each response into a file, and sends no write twice."""

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


class _CheckedRequest(NamedTuple):
    source: Source
    entry: Entry
    is_write: bool


def send(
    direct: Direct,
    sources: Sources,
    folder: Path,
    schema: "MessageSchema | None",
    *,
    keep_going: bool,
    resend: Sequence[str],
) -> int:
    """Sends the requests that have no response yet, if all requests are valid.

    Args:
        direct: the client that sends them.
        sources: the requests.
        folder: the folder for the responses and the journal.
        schema: the schema for responses; None does not validate them.
        keep_going: whether the other requests are sent after one without a response.
        resend: the names of requests to send although they may have acted.

    Returns:
        The exit code of the first failure; 0 if there was none.
    """
    if unknown := set(resend) - {source.name for source in sources.all}:
        raise ConfigurationError(_("--resend {name}: found no request of this name", name=min(unknown)))
    with xml_journal.open_journal(folder) as journal:
        batch = _Batch(direct, sources, folder, journal)
        plan, code = batch.plan()
        if code:
            notices.note(_("nothing was sent"))
            return code
        return batch.run(plan, schema, keep_going=keep_going, resend=resend)


def _hash(request: "XmlRequest") -> str:
    return hashlib.sha256(request.body).hexdigest()


class _Batch:
    """The requests of a run, and the folder for their responses."""

    def __init__(self, direct: Direct, sources: Sources, folder: Path, journal: Journal) -> None:
        self._direct = direct
        self._sources = sources
        self._folder = folder
        self._journal = journal

    def plan(self) -> tuple[list[_CheckedRequest], int]:
        """Checks all requests, and prints the error of each wrong one; returns the requests and the exit code."""
        request, code = [], 0
        for source in self._sources.all:
            try:
                request.append(self._check(source))
            except InvalidParamsError as error:
                code = exit_codes.print_error(error, source.name)
        return request, code

    def run(
        self, plan: list[_CheckedRequest], schema: "MessageSchema | None", *, keep_going: bool, resend: Sequence[str]
    ) -> int:
        """Sends the requests that have no response yet; returns the exit code."""
        code, counts = 0, Counter[str]()
        with progress.Lines() as lines:
            for done, request in enumerate(plan):
                lines.show("requests", request.source.name, done=done, total=len(plan))
                if self._response(request.source).exists():
                    counts["before"] += 1
                    continue
                failure = self._attempt(request, schema, is_repeated=request.source.name in resend)
                counts["now"] += self._response(request.source).exists()
                if failure is not None:
                    failure_code = exit_codes.print_error(failure, request.source.name)
                    code = code or failure_code
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

    def _check(self, source: Source) -> _CheckedRequest:
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
        return _CheckedRequest(source, entry, xml_response.is_write(request))

    def _attempt(
        self, request: _CheckedRequest, schema: "MessageSchema | None", *, is_repeated: bool
    ) -> DirectError | None:
        """Sends a request, unless it would act twice; returns the failure, or None."""
        before = self._journal.entry(request.source.name)
        if request.is_write and before is not None and before.state != "failed" and not is_repeated:
            return ResponseLostError(
                _(
                    "{operation} was sent before, and its response is missing: it may have acted. "
                    "Read back; then --resend {name} sends it again, or take {file} away",
                    operation=before.operation,
                    name=request.source.name,
                    file=request.source.file,
                )
            )
        message = self._direct.read_xml(self._sources.content(request.source))
        if _hash(message) != request.entry.sha256:
            raise ConfigurationError(
                _("{file} has changed since this run began; it was not sent", file=request.source.file)
            )
        stage = exit_codes.Stage()
        if request.is_write:
            stage.note = _(
                "{name}: {operation} may have acted", name=request.source.name, operation=request.entry.operation
            )
        try:
            with stage.noted():
                return self._send(request, message, schema)
        except DirectError as error:
            if not error.may_have_acted:
                self._journal.write(request.entry._replace(state="failed"))
            return error

    def _send(
        self, request: _CheckedRequest, message: "XmlRequest", schema: "MessageSchema | None"
    ) -> DirectError | None:
        self._journal.write(request.entry)
        sent = xml_response.send(self._direct, message, str(self._response(request.source)), schema)
        self._journal.write(request.entry._replace(state="answered"))
        notices.note(composed("{name}: {summary}", name=request.source.name, summary=sent.summary))
        return sent.failure

    def _response(self, source: Source) -> Path:
        return self._folder / f"{source.name}{RESPONSE}"
