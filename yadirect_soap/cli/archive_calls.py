"""`yadirect-soap archive list | show | resend | prune`: lists, shows, resends and removes the calls of an archive."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from yadirect_soap import ConfigurationError, Direct
from yadirect_soap.language import _

from . import client_options, documents, notices, output
from .command_types import argument, command, option
from .option_types import Day, WholeNumber

if TYPE_CHECKING:
    from yadirect_soap import Archive, ArchivedCall

_FOLDER = option(
    "--archive", metavar="DIR", help="the folder of the archive (default: that of YADIRECT_ARCHIVE or of the profile)"
)
_COLUMNS = ("time", "operation", "client_login", "status", "error", "units", "ms", "request_id")


@command("list")
@_FOLDER
@option("--day", type=Day(), metavar="YYYY-MM-DD", help="only the calls of this day (UTC)")
@option("--operation", metavar="NAME", help="only calls of this operation, such as campaigns.update, or service")
@option("--client-login", metavar="LOGIN", help="only calls for this client")
@option("--writes", is_flag=True, help="only calls that change data")
@option("--failed", is_flag=True, help="only calls with an error, or without a response")
@option("--output", "format", type=click.Choice(["table", "jsonl"]), default="table", help="default: table")
def list_calls(archive: str | None, *, format: str, **filters: Any) -> None:
    """List the calls of an archive, oldest first.

    The error of a call whose process runs or was killed is "unfinished"; if it is a write, it may have acted.
    """
    calls = (call.fields for call in _archive({"archive": archive}).calls() if _fits(call, **filters))
    if format == "jsonl":
        for fields in calls:
            print(output.as_json(fields, indent=None))
    else:
        print(output.table(_COLUMNS, [[fields[name] for name in _COLUMNS] for fields in calls]))


def _fits(
    call: "ArchivedCall",
    *,
    day: datetime | None,
    operation: str | None,
    client_login: str | None,
    writes: bool,
    failed: bool,
) -> bool:
    fields = call.fields
    return (
        (day is None or call.name.startswith(f"{day:%Y/%m/%d}"))
        and operation in (None, fields["operation"], fields["operation"].partition(".")[0])
        and client_login in (None, fields["client_login"])
        and (fields["writes"] or not writes)
        and not (failed and fields["error"] is None and fields["status"] is not None)
    )


@command("show", no_args_is_help=True)
@argument("call", help="a RequestId, or a name that `archive list --output jsonl` shows")
@_FOLDER
@option("--part", type=click.Choice(["request", "response"]), default="response", help="default: response")
@option("--out", default=documents.STDOUT, metavar="FILE", help="the file to write (default: stdout)")
def show(call: str, archive: str | None, part: str, out: str) -> None:
    """Write the raw bytes of a request or a response."""
    opened = _archive({"archive": archive})
    content = opened.read(opened.find(call), part)
    with documents.open_output(out) as target:
        target.write(content)


@command("resend", no_args_is_help=True)
@argument("call", help="a RequestId, or a name that `archive list --output jsonl` shows")
@option("--write", "allows_writes", is_flag=True, help="also send a write, which may act a second time")
@option("--out", default=documents.STDOUT, metavar="FILE", help="the file to write (default: stdout)")
@client_options.add
def resend(call: str, *, allows_writes: bool, out: str, **options: Any) -> None:
    """Send the request of a call again, for the client that it was for, and write the response.

    It is checked, repeated and limited like `call`, and archived too.
    """
    opened = _archive(options)
    archived = opened.find(call)
    fields = archived.fields
    if fields["writes"] and not allows_writes:
        message = _(
            "{name} is a write and may have acted; read the data back, then --write sends it again", name=archived.name
        )
        raise ConfigurationError(message)
    body = opened.read(archived, "request")
    settings = client_options.settings(options)
    if fields["client_login"] is not None:
        settings.setdefault("client_login", fields["client_login"])
    with Direct.from_env(**settings) as direct, documents.open_output(out) as target:
        _send_again(direct, fields, body, target)


@command("prune")
@_FOLDER
@option("--keep-days", type=WholeNumber(1), required=True, metavar="N", help="the number of days whose calls stay")
def prune(archive: str | None, keep_days: int) -> None:
    """Remove the calls of older days (UTC)."""
    opened = _archive({"archive": archive}, keep_days)
    before = opened.days()
    opened.remove_old_days()
    notices.note(_("{removed} of {total} days removed", removed=len(before) - len(opened.days()), total=len(before)))


def _send_again(direct: Direct, fields: Mapping[str, Any], body: bytes, target: BinaryIO) -> None:
    """Sends a request again in its format, SOAP or JSON, and writes the response; for a report, its rows."""
    from yadirect_soap.protocol import json

    service, _, operation = fields["operation"].partition(".")
    wire = "soap" if fields["request"]["file"].endswith(".xml") else "json"
    if service == "reports":
        from yadirect_soap.protocol.reports.formats import FORMATS

        mode = fields["headers"].get("processingMode", "auto")
        direct.reports.get(FORMATS[wire].decode_definition(body), mode=mode).write(target)
    elif wire == "soap":
        target.write(direct.send_xml(body).body)
    else:
        params = json.load(body).get("params", {})
        target.write(direct.with_settings(transport="json").call(service, operation, params).raw.body)


def _archive(options: Mapping[str, Any], keep_days: int | None = None) -> "Archive":
    from yadirect_soap import Archive

    directory = client_options.resolved(options).get("archive")
    if directory is None:
        raise ConfigurationError(_("no archive: name its folder by --archive, YADIRECT_ARCHIVE or a profile"))
    if not Path(directory).is_dir():
        raise ConfigurationError(_("{path} is not the folder of an archive: there is no such folder", path=directory))
    return Archive(directory, keep_days=keep_days)
