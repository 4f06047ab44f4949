"""Addresses as errors show them: without users, passwords, and options that may hold either."""

import pytest

from yadirect_soap.protocol.masked_text import masked_url, without_credentials

ADDRESSES = {
    "user": ("postgresql://anna:s3cret@host/db", "postgresql://***@host/db"),
    "password with @ and /": ("postgresql://anna:s3/cr@et@host/db?dataset=d", "postgresql://***@host/db?dataset=d"),
    "option": ("postgresql://host/db?password=s3cret", "postgresql://host/db?password=***"),
    "several options": (
        "clickhouse://host?secure=true&password=s3cret&user=anna",
        "clickhouse://host?secure=true&password=***&user=***",
    ),
    "ODBC": ("mssql+pyodbc:///?odbc_connect=UID=anna;PWD=s3cret", "mssql+pyodbc:///?odbc_connect=***"),
    "ODBC, encoded": ("mssql+pyodbc:///?odbc_connect=UID%3Danna%3BPWD%3Ds3cret", "mssql+pyodbc:///?odbc_connect=***"),
    "nothing to mask": ("files:./out?format=csv&dialect=excel-ru", "files:./out?format=csv&dialect=excel-ru"),
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_an_address_is_shown_without_credentials(name: str) -> None:
    """The scheme, the host and harmless options stay."""
    address, shown = ADDRESSES[name]
    assert without_credentials(address) == shown
    assert repr(masked_url(address)) == repr(shown)
