"""The descriptions with what is live and in no WSDL, in a folder, so that plain zeep and lxml can be the witnesses."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from yadirect_soap.protocol.contract import bundled_directory
from yadirect_soap.protocol.wsdl import folder
from yadirect_soap.protocol.wsdl.extension import extended_file


@cache
def extended_directory() -> Path:
    """A folder that lives as long as the process."""
    directory = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, directory)
    for file, content in folder.contents(bundled_directory()).items():
        (directory / file).write_bytes(extended_file(content))
    return directory
