"""A copy of the package that a test alters, and a program that uses the copy in a process of its own."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


def copy_package(copy: Path, folders: Sequence[str], *, without: Sequence[str] = ()) -> None:
    """Copies folders of the checkout, by their paths in it, into another folder."""
    for folder in folders:
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", *without))


def insert(path: Path, before: str, text: str) -> None:
    """Puts text in front of the only place where a file has another text."""
    content = path.read_text(encoding="utf-8")
    assert content.count(before) == 1
    path.write_text(content.replace(before, text.strip("\n") + "\n" + before), encoding="utf-8")


def run_program(copy: Path, program: str) -> Any:
    """What a program that imports the copy prints as JSON."""
    environ = {**os.environ, "PYTHONPATH": str(copy), "YADIRECT_CACHE": "off"}
    process = subprocess.run(
        [sys.executable, "-c", program], cwd=copy, env=environ, capture_output=True, text=True, check=False
    )
    assert process.returncode == 0, process.stderr
    return json.loads(process.stdout)
