"""A server of stored reports on loopback, in its own process; they are compressed before the first request.

It answers /v5/reports and /json/v5/reports; Page.Limit chooses the report by its number of rows.
"""

import asyncio
import gzip
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from multiprocessing.connection import Connection

from yadirect_soap.protocol.reports import tsv

from .server_process import LENGTH, announced, running

FIELDS = (
    "Date",
    "CampaignId",
    "CampaignName",
    "AdGroupId",
    "Device",
    "Impressions",
    "Clicks",
    "Ctr",
    "Cost",
    "Conversions",
)
_FIRST = date(2026, 1, 1)
_DAYS = 365
_LIMIT = re.compile(rb"Limit\W+(\d+)")
_SKIPS = re.compile(rb"(skipReportHeader|skipReportSummary): *true", re.IGNORECASE)
_HEAD = (
    "HTTP/1.1 200 OK\r\nContent-Type: text/tab-separated-values; charset=utf-8\r\nContent-Encoding: gzip\r\n"
    "Content-Length: {}\r\nRequestId: 1\r\n\r\n"
)
_SEED = 20260501
_CLICKED = 0.08
"""The probability of a click on an impression."""
_MAX_CLICKABLE = 200
"""The number of impressions of a row that can have a click."""


def serving(sizes: Sequence[int]) -> AbstractContextManager[str]:
    """Starts a server with a report of each size; yields its address."""
    return running(_serve, sizes)


def rows(count: int) -> Iterator[str]:
    """Yields the lines of a number of rows, the same in every run."""
    generator = random.Random(_SEED)
    for index in range(count):
        # Few rows have many impressions, most have a handful and no click at all.
        impressions = int(generator.paretovariate(0.8))
        clicks = sum(generator.random() < _CLICKED for _ in range(min(impressions, _MAX_CLICKABLE)))
        campaign = 700_000_000 + index % 200
        cells = (
            _FIRST + timedelta(days=index * _DAYS // count),
            campaign,
            f'Кампания "{campaign % 200}", поиск',
            4_000_000_000 + generator.randrange(5000),
            ("DESKTOP", "MOBILE", "TABLET")[index % 3],
            impressions,
            clicks,
            Decimal(10_000 * clicks // impressions).scaleb(-2),
            Decimal(clicks * generator.randrange(500, 5000)).scaleb(-2),
            generator.randrange(0, clicks + 1) if clicks else None,
        )
        yield tsv.row_line(cells)


def _serve(ready: Connection, sizes: Sequence[int]) -> None:
    stored = {size: _stored(size) for size in sizes}

    async def run() -> None:
        server = await asyncio.start_server(partial(_converse, stored), "127.0.0.1", 0)
        await announced(server, ready)

    asyncio.run(run())


def _stored(size: int) -> tuple[bytes, bytes, bytes, bytes]:
    """Returns a report's title, columns, rows and total, each as a gzip member; together they are a gzip file."""
    last = _FIRST + timedelta(days=_DAYS - 1)
    parts = (tsv.title_line("benchmark", _FIRST, last), tsv.column_line(FIELDS), "".join(rows(size)))
    title, columns, body = (gzip.compress(part.encode(), compresslevel=1) for part in parts)
    return title, columns, body, gzip.compress(tsv.total_line(size).encode())


async def _converse(
    stored: Mapping[int, tuple[bytes, bytes, bytes, bytes]], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    """Answers the requests of one connection until it is closed."""
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            length = LENGTH.search(head)
            body = await reader.readexactly(int(length[1]) if length else 0)
            match = _LIMIT.search(body)
            title, columns, lines, total = stored[int(match[1]) if match else 0]
            skipped = {name.lower() for name in _SKIPS.findall(head)}
            parts = [
                b"" if b"skipreportheader" in skipped else title,
                columns,
                lines,
                b"" if b"skipreportsummary" in skipped else total,
            ]
            writer.write(_HEAD.format(sum(map(len, parts))).encode())
            writer.writelines(parts)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()
