"""What other processes do with a partition: a module that imports nothing of pytest.  No test lives here."""

from yadirect_soap.etl.partitions import Partition, read


def count_rows(partition: Partition) -> int:
    """Reads a partition, and counts its rows."""
    return sum(batch.num_rows for batch in read(partition))
