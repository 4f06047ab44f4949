"""The files of the guide to engines: each is sound Python that uses what there is, and runs where its library is."""

import ast
import importlib
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.cli.terminal import environment
from yadirect_soap.emulator import Emulator
from yadirect_soap.emulator.fixtures.demo_accounts import ADVERTISER_TOKEN
from yadirect_soap.etl.run_lock import only_run

PAGE = Path(__file__).resolve().parents[2] / "docs" / "guides" / "etl-engines.md"
FILES = dict(re.findall(r'^```python title="(\S+)"\n(.*?)^```', PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL))
LIBRARIES = {
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


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell")
def test_the_script_for_cron_prints_errors_alone(url: str, tmp_path: Path) -> None:
    """A complete run touches a file for monitoring and prints nothing; a run beside another one is silent too."""
    text = PAGE.read_text("utf-8")
    script = re.search(r'^```sh title="hourly.sh"\n(.*?)^```', text, re.MULTILINE | re.DOTALL)
    assert script is not None
    token = tmp_path / "token"
    here = {
        "/opt/direct/bin/yadirect-soap": f"{sys.executable} -m yadirect_soap",
        "/var/lib/direct": str(tmp_path / "out"),
        "/etc/direct.token": str(token),
    }
    commands = script[1]
    for place, replacement in here.items():
        assert place in commands
        commands = commands.replace(place, replacement)

    def run(of: str) -> tuple[bool, str]:
        token.write_text(of)
        (tmp_path / "out" / "up-to-date").unlink(missing_ok=True)
        variables = {"PATH": "/usr/bin:/bin", "YADIRECT_ENDPOINT": url, "HOME": str(tmp_path)}
        done = subprocess.run(
            [shutil.which("sh") or "", "-c", commands], env=variables, capture_output=True, text=True, check=False
        )
        assert done.stderr == ""
        return (tmp_path / "out" / "up-to-date").exists(), done.stdout

    assert run(ADVERTISER_TOKEN) == (True, "")
    with only_run(f"files:{tmp_path / 'out'}", tmp_path):
        assert run(ADVERTISER_TOKEN) == (False, "")
    is_complete, printed = run("revoked")
    assert not is_complete
    assert "error 53" in printed
