"""The command line in a process of its own, as a terminal starts it."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def environment(settings: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a command: this one, the checkout's package, and more."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **(settings or {})}


def run(
    *arguments: str, stdin: str = "", settings: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "yadirect_soap", *arguments],
        input=stdin,
        env=environment(settings),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


@contextmanager
def started(*arguments: str, settings: Mapping[str, str] | None = None) -> Iterator[subprocess.Popen[str]]:
    """Starts a command, and ends it if it is still there."""
    with subprocess.Popen(
        [sys.executable, "-m", "yadirect_soap", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(settings),
        encoding="utf-8",
    ) as process:
        try:
            yield process
        finally:
            process.kill()


_MEASURED = """
import re, sys
from pathlib import Path
from yadirect_soap.cli.main import main
code = main(sys.argv[1:])
print(re.search("VmHWM:[^0-9]*([0-9]+)", Path("/proc/self/status").read_text())[1])
sys.exit(code)
"""


def peak_memory(*arguments: str, settings: Mapping[str, str] | None = None) -> int:
    """Runs a command that must succeed and writes nothing to stdout; returns the most memory it held, in kilobytes.

    Only Linux tells it: ru_maxrss has that of the process that started it too.
    """
    command = [sys.executable, "-c", _MEASURED, *arguments]
    done = subprocess.run(command, env=environment(settings), capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)
