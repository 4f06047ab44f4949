"""`yadirect-soap archive list | show | resend`: the calls of an archive."""

import os
from typing import TYPE_CHECKING, Any

import click

from yadirect_soap import ConfigurationError, Direct

from . import client_options, documents, output
from .command_types import argument, command, option

if TYPE_CHECKING:
    from yadirect_soap import Archive

_FOLDER = option("--archive", metavar="DIR", help="the folder of the archive (default: YADIRECT_ARCHIVE)")
_COLUMNS = ("time", "operation", "client_login", "status", "error", "units", "ms", "request_id")


@command("list")
@_FOLDER
@option("--day", metavar="YYYY-MM-DD", help="only the calls of this day (UTC)")
@option("--operation", metavar="NAME", help="only calls of this operation, such as campaigns.update")
@option("--failed", is_flag=True, help="only calls with an error, or without a response")
@option("--output", "form", type=click.Choice(["table", "jsonl"]), default="table", help="default: table")
def list_calls(archive: str | None, *, day: str | None, operation: str | None, failed: bool, form: str) -> None:
    """List the calls of an archive, oldest first."""
    calls = [
        call.fields
        for call in _archive(archive).calls()
        if (day is None or call.name.startswith(day.replace("-", "/")))
        and operation in (None, call.fields["operation"])
        and not (failed and call.fields["error"] is None and call.fields["status"] is not None)
    ]
    if form == "jsonl":
        for fields in calls:
            print(output.as_json(fields, indent=None))
    else:
        print(output.table(_COLUMNS, [[fields[name] for name in _COLUMNS] for fields in calls]))


@command("show", no_args_is_help=True)
@argument("call", help="a RequestId, or a name that `archive list --output jsonl` shows")
@_FOLDER
@option("--part", type=click.Choice(["request", "response"]), default="response", help="default: response")
@option("--out", default=documents.STDOUT, metavar="FILE", help="the file to write (default: stdout)")
def show(call: str, archive: str | None, part: str, out: str) -> None:
    """Write the raw bytes of a request or a response."""
    opened = _archive(archive)
    content = opened.read(opened.find(call), part)
    with documents.written(out) as target:
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
    opened = _archive(options["archive"])
    archived = opened.find(call)
    fields = archived.fields
    if fields["writes"] and not allows_writes:
        message = f"{archived.name} is a write, which may have acted; read back, then --write sends it again"
        raise ConfigurationError(message)
    body = opened.read(archived, "request")
    settings = client_options.settings(options)
    if fields["client_login"] is not None:
        settings.setdefault("client_login", fields["client_login"])
    with Direct.from_env(**settings) as direct, documents.written(out) as target:
        target.write(_send_again(direct, fields["operation"], fields["request"]["file"], body))


def _send_again(direct: Direct, key: str, file: str, body: bytes) -> bytes:
    """Sends a request over the wire that it came over; returns the body of the response."""
    from yadirect_soap.protocol import json

    service, _, operation = key.partition(".")
    if service == "reports":
        raise ConfigurationError("reports are ordered by `report`; an archive has only their head")
    if file.endswith(".xml"):
        return direct.send_xml(body).body
    params = json.load(body).get("params", {})
    return direct.with_settings(transport="json").call(service, operation, params).raw.body


def _archive(folder: str | None) -> "Archive":
    from yadirect_soap import Archive

    directory = folder or os.environ.get("YADIRECT_ARCHIVE")
    if not directory:
        raise ConfigurationError("no archive: name its folder by --archive or YADIRECT_ARCHIVE")
    return Archive(directory)
