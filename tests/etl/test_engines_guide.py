"""The files of the guide to engines: each is sound Python that uses what there is, and runs where its library is."""

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.cli.terminal import environment
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER_TOKEN

PAGE = Path(__file__).resolve().parents[2] / "docs" / "guides" / "etl-engines.md"
FILES = dict(re.findall(r'^```python title="(\S+)"\n(.*?)^```', PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL))
LIBRARIES = {
    "nightly.py": "yadirect_soap",
    "direct_dag.py": "airflow",
    "direct_assets.py": "dagster",
    "frame.py": "pandas",
    "by_ray.py": "ray",
    "by_spark.py": "pyspark",
}
PRINTED = {"frame.py": "17\n", "by_ray.py": "17\n", "by_spark.py": "17\n"}


def test_every_file_has_its_library() -> None:
    """No file of the page is left out here."""
    assert set(FILES) == set(LIBRARIES)


@pytest.mark.parametrize("name", FILES)
def test_a_file_names_what_there_is(name: str) -> None:
    """It compiles, and every name that it imports of this package, or uses of etl, exists."""
    tree = ast.parse(FILES[name])
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("yadirect_soap"):
            if find_spec("pyspark") is None and (node.module or "").endswith(".spark"):
                continue
            module = importlib.import_module(node.module or "")
            for alias in node.names:
                assert hasattr(module, alias.name) or find_spec(f"{node.module}.{alias.name}")
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "etl":
            assert hasattr(importlib.import_module("yadirect_soap.etl"), node.attr)


@pytest.fixture
def url() -> Iterator[str]:
    """An emulator with the demo accounts."""
    with Emulator().serve() as url:
        yield url


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.spark if "spark" in name else ()) for name in FILES]
)
def test_a_file_runs(name: str, url: str, tmp_path: Path) -> None:
    """Where its library is installed, against an account of the emulator."""
    if find_spec(LIBRARIES[name]) is None:
        pytest.skip(f"{LIBRARIES[name]} is not installed")
    (tmp_path / name).write_text(FILES[name], "utf-8")
    variables = {
        **environment(),
        "YADIRECT_TOKEN": ADVERTISER_TOKEN,
        "YADIRECT_ENDPOINT": url,
        "XDG_RUNTIME_DIR": str(tmp_path),
        "PYSPARK_PYTHON": sys.executable,
    }
    done = subprocess.run(
        [sys.executable, name], cwd=tmp_path, env=variables, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == PRINTED.get(name, "")
