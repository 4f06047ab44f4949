"""Extracts the data of an account into files and databases: complete tables, and changes since the last run.

from yadirect_soap import Direct, etl

for batch in etl.snapshot(Direct.from_env(), ["campaigns", "ads"]):
    print(batch.table.name, len(batch.rows))
"""

# Nothing heavy: pyarrow, dlt and DuckDB are imported where they are used.
from .batches import Batch as Batch
from .engines.dlt_source import dlt_source as dlt_source
from .login_sync import Progress as Progress
from .partitions import Partition as Partition
from .partitions import partitions as partitions
from .partitions import read as read
from .report_tables import ReportTable as ReportTable
from .schedule import Policy as Policy
from .snapshot import snapshot as snapshot
from .statistics_file import read_report_tables as read_report_tables
from .sync import sync as sync
from .sync_summary import LoginSummary as LoginSummary
from .sync_summary import Summary as Summary
from .tables import tables as tables

__all__ = [
    "Batch",
    "LoginSummary",
    "Partition",
    "Policy",
    "Progress",
    "ReportTable",
    "Summary",
    "dlt_source",
    "partitions",
    "read",
    "read_report_tables",
    "snapshot",
    "sync",
    "tables",
]
