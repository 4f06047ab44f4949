"""A server of stored pages of ads on loopback, in a process of its own; of a request it reads no more than it must.

It answers ads.get in SOAP (/v5/ads) and in JSON (/json/v5/ads).  The campaign that is asked for says how many ads it
has: `{"CampaignIds": [100000]}`.  The pages are compressed before the first call; of a page's bytes only the few before
its ads, which tell where the next one begins, differ from page to page.
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

_ASKED = re.compile(rb"(CampaignIds|Limit|Offset)\W+(\d+)")
_HEAD = (
    "HTTP/1.1 200 OK\r\nContent-Type: {}; charset=utf-8\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n"
    "RequestId: 1\r\nUnits: 10/20000/64000\r\n\r\n"
)
_GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
_PER_SECOND = 100
"""In how many pieces a slow line carries what it carries in a second."""


class _Form(NamedTuple):
    """How an answer travels, and how it says where the next page begins."""

    path: str
    content_type: str
    mark: bytes


_SOAP = _Form("/v5/ads", "text/xml", b"<LimitedBy>%d</LimitedBy>")
_JSON = _Form("/json/v5/ads", "application/json", b'"LimitedBy":%d,')


class _Stored:
    """A page's HTTP answers: one for each place where the next page may begin, and one that ends the list."""

    def __init__(self, form: "_Form", body: bytes, limit: int, pages: int) -> None:
        self._form = form
        head, _, tail = body.partition(form.mark % limit)
        packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        self._packed = packer.compress(tail) + packer.flush()
        self._ends = {
            limit * number: self._around(head + form.mark % (limit * number), tail) for number in range(1, pages)
        }
        self._last = self._around(head, tail)

    def answer(self, following: int | None) -> bytes:
        """The whole answer of a page that says where the next one begins, or that there is none."""
        before, after = self._last if following is None else self._ends[following]
        return b"".join([before, self._packed, after])

    def _around(self, start: bytes, tail: bytes) -> tuple[bytes, bytes]:
        """What stands before and after the packed ads, so that all is one gzip member: RFC 1952, section 2.3."""
        packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
        packed = _GZIP_HEAD + packer.compress(start) + packer.flush(zlib.Z_FULL_FLUSH)
        after = struct.pack("<LL", zlib.crc32(tail, zlib.crc32(start)), len(start) + len(tail))
        head = _HEAD.format(self._form.content_type, len(packed) + len(self._packed) + len(after))
        return head.encode() + packed, after


def serving(limit: int, pages: int = 1, *, rate: int = 0) -> AbstractContextManager[str]:
    """The address of a server with lists of up to so many pages of `limit` ads, and with a small page.

    `rate` is what its line carries, in bytes a second; 0 is as many as it can.
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
    return {(form.path, limit): _Stored(form, body, limit, pages) for form, body in bodies}


async def _converse(
    stored: Mapping[tuple[str, int], _Stored], rate: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """Answers the calls of one connection until it is closed."""
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            length = LENGTH.search(head)
            body = await reader.readexactly(int(length[1]) if length else 0)
            page_params = {name.decode(): int(number) for name, number in _ASKED.findall(body)}
            following = page_params.get("Offset", 0) + page_params["Limit"]
            stored_page = stored[head.split(b" ", 2)[1].decode(), page_params["Limit"]]
            await _send(writer, stored_page.answer(following if following < page_params["CampaignIds"] else None), rate)
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def _send(writer: asyncio.StreamWriter, answer: bytes, rate: int) -> None:
    clock = asyncio.get_running_loop().time
    began, step = clock(), rate // _PER_SECOND or len(answer)
    for start in range(0, len(answer), step):
        writer.write(answer[start : start + step])
        await writer.drain()
        if rate:
            await asyncio.sleep(began + (start + step) / rate - clock())
