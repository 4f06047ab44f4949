"""A table with a column of each kind, and a text that formats and databases stumble over; no test lives here."""

from yadirect_soap.etl.columns import LOGIN, SYNCED_AT, Column, Kind

AT = "2026-06-10T12:00:00Z"
COLUMNS = (
    LOGIN,
    Column("id", (), Kind.INT, key=True),
    Column("name", (), Kind.TEXT),
    Column("bid", (), Kind.DECIMAL),
    Column("start", (), Kind.DATE),
    Column("rest", (), Kind.JSON),
    SYNCED_AT,
)
HOSTILE = "tab\there 'quotes' \"\" back\\slash \\N line\nend \r -- Ж 🦜 `name` ${x}"
