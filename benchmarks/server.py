"""A server of stored pages of ads on loopback, in its own process; it reads only a few values of a request.

It answers ads.get in SOAP (/v5/ads) and in JSON (/json/v5/ads).  The id of the campaign is the number of its ads:
`{"CampaignIds": [100000]}`.  The pages are compressed before the first call; they differ only in the few bytes with
LimitedBy, which come before the ads.
"""

import asyncio
import re
import struct
import zlib
from collections.abc import Mapping
from contextlib import AbstractContextManager
from functools import partial
from multiprocessing.connection import Connection
from typing import NamedTuple

from .pages import page
from .read_all_ads import SMALL
from .server_process import LENGTH, announced, running

_PARAMS = re.compile(rb"(CampaignIds|Limit|Offset)\W+(\d+)")
_HEAD = (
    "HTTP/1.1 200 OK\r\nContent-Type: {}; charset=utf-8\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n"
    "RequestId: 1\r\nUnits: 10/20000/64000\r\n\r\n"
)
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_PER_SECOND = 100
"""The number of chunks that a slow connection sends per second."""


class _Format(NamedTuple):
    """A format of responses: its path, its media type, and its LimitedBy."""

    path: str
    content_type: str
    mark: bytes


_SOAP = _Format("/v5/ads", "text/xml", b"<LimitedBy>%d</LimitedBy>")
_JSON = _Format("/json/v5/ads", "application/json", b'"LimitedBy":%d,')


class _Stored:
    """The HTTP responses of a page: one for each possible LimitedBy, and one without it, which ends the list."""

    def __init__(self, format: _Format, body: bytes, limit: int, pages: int) -> None:
        self._format = format
        head, _, tail = body.partition(format.mark % limit)
        packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        self._packed = packer.compress(tail) + packer.flush()
        self._ends = {
            limit * number: self._around(head + format.mark % (limit * number), tail) for number in range(1, pages)
        }
        self._last = self._around(head, tail)

    def response(self, following: int | None) -> bytes:
        """Returns the response with a LimitedBy, or without one."""
        before, after = self._last if following is None else self._ends[following]
        return b"".join([before, self._packed, after])

    def _around(self, start: bytes, tail: bytes) -> tuple[bytes, bytes]:
        """Returns the bytes before and after the packed ads, which complete one gzip member: RFC 1952, section 2.3."""
        packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        packed = _GZIP_HEAD + packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
        after = struct.pack("<LL", zlib.crc32(tail, zlib.crc32(start)), len(start) + len(tail))
        head = _HEAD.format(self._format.content_type, len(packed) + len(self._packed) + len(after))
        return head.encode() + packed, after


def serving(limit: int, pages: int = 1, *, rate: int = 0) -> AbstractContextManager[str]:
    """Starts a server with lists of up to `pages` pages of `limit` ads, and with a small page; yields its address.

    `rate` is the speed of its connections in bytes per second; 0 is unlimited.
    """
    return running(_serve, limit, pages, rate)


def _serve(ready: Connection, limit: int, pages: int, rate: int) -> None:
    stored = _stored(limit, pages) | _stored(SMALL, 1)

    async def run() -> None:
        server = await asyncio.start_server(partial(_converse, stored, rate), "127.0.0.1", 0)
        await announced(server, ready)

    asyncio.run(run())


def _stored(limit: int, pages: int) -> dict[tuple[str, int], _Stored]:
    objects = page("ads", limit)
    bodies = ((_SOAP, objects.soap), (_JSON, objects.json))
    return {(format.path, limit): _Stored(format, body, limit, pages) for format, body in bodies}


async def _converse(
    stored: Mapping[tuple[str, int], _Stored], rate: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """Answers the calls of one connection until it is closed."""
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            length = LENGTH.search(head)
            body = await reader.readexactly(int(length[1]) if length else 0)
            page_params = {name.decode(): int(number) for name, number in _PARAMS.findall(body)}
            following = page_params.get("Offset", 0) + page_params["Limit"]
            stored_page = stored[head.split(b" ", 2)[1].decode(), page_params["Limit"]]
            await _send(
                writer, stored_page.response(following if following < page_params["CampaignIds"] else None), rate
            )
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def _send(writer: asyncio.StreamWriter, response: bytes, rate: int) -> None:
    clock = asyncio.get_running_loop().time
    began, step = clock(), rate // _PER_SECOND or len(response)
    for start in range(0, len(response), step):
        writer.write(response[start : start + step])
        await writer.drain()
        if rate:
            await asyncio.sleep(began + (start + step) / rate - clock())
