"""Converts pyarrow tables to DataFrames of pandas, which is an extra."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from yadirect_soap import extras

if TYPE_CHECKING:
    import pandas
    import pyarrow


def data_frame(to_arrow: "Callable[[], pyarrow.Table]") -> "pandas.DataFrame":
    """Makes a DataFrame whose columns keep the types of pyarrow: ids with a null among them stay integers.

    Args:
        to_arrow: gives the table; called if pandas is installed.

    Returns:
        The DataFrame.

    Raises:
        ConfigurationError: pandas is not installed.
    """
    with extras.needed("to_pandas", "pandas"):
        import pandas  # noqa: PLC0415  an extra
    return to_arrow().to_pandas(types_mapper=pandas.ArrowDtype)
