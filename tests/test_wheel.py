"""The built wheel, apart from the checkout: what is in it, and that it runs the demo on its own."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def _run(*command: str, cwd: Path, path: Path | None = None) -> str:
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    env["PYTHONIOENCODING"] = "utf-8"
    if path is not None:
        env["PYTHONPATH"] = str(path)
    done = subprocess.run(
        [sys.executable, *command],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _build(target: str, source: Path, into: Path) -> Path:
    # hatchling itself rather than a build front end: nothing is downloaded.
    _run("-m", "hatchling", "build", "--target", target, "--directory", str(into), cwd=source)
    (built,) = into.iterdir()
    return built


def _names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Builds the wheel of this checkout."""
    return _build("wheel", ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Builds the source distribution of this checkout and unpacks it."""
    archive = _build("sdist", ROOT, tmp_path_factory.mktemp("sdist"))
    into = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(archive) as packed:
        packed.extractall(into, filter="data")
    (top,) = into.iterdir()
    return top


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Installs the wheel, without what it depends on, into a directory of its own."""
    target = tmp_path_factory.mktemp("installed")
    offline = ("--quiet", "--no-index", "--no-deps", "--disable-pip-version-check")
    _run("-m", "pip", "install", *offline, "--target", str(target), str(wheel), cwd=target)
    return target


@pytest.mark.parametrize(("suffix", "count"), [(".wsdl", 29), (".xsd", 4)], ids=["wsdl", "xsd"])
def test_wheel_holds_the_contract(wheel: Path, suffix: str, count: int) -> None:
    """The wheel holds the 29 service descriptions and the 4 schemas inside the package."""
    inside = [name for name in _names(wheel) if name.endswith(suffix) and name.startswith("yadirect_soap/wsdl/")]
    assert len(inside) == count


def test_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    """Every module, py.typed and every data file beside a module reaches the wheel."""
    files = (path for path in (ROOT / "yadirect_soap").rglob("*") if path.is_file())
    expected = {path.relative_to(ROOT).as_posix() for path in files if path.parent.name != "__pycache__"}
    assert "yadirect_soap/py.typed" in expected
    assert expected - _names(wheel) == set()


def test_wheel_holds_nothing_else(wheel: Path) -> None:
    """The wheel puts one package and its own metadata into site-packages, and nothing more."""
    tops = {name.partition("/")[0] for name in _names(wheel)}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"yadirect_soap"}


@pytest.mark.parametrize("name", ["wsdl", "tests", "docs", "README.md", "CHANGELOG.md", "LICENSE"])
def test_sdist_holds_what_a_packager_needs(sdist: Path, name: str) -> None:
    """The source distribution holds the contract, the tests and the documents."""
    assert (sdist / name).exists()


def test_sdist_makes_the_same_wheel(sdist: Path, wheel: Path, tmp_path: Path) -> None:
    """A wheel built from the source distribution holds the same files as one built from the checkout."""
    assert _names(_build("wheel", sdist, tmp_path)) == _names(wheel)


def test_installed_wheel_is_the_one_that_runs(installed: Path, tmp_path: Path) -> None:
    """Python finds the installed copy, not the checkout."""
    path = _run("-c", "import yadirect_soap; print(yadirect_soap.__file__)", cwd=tmp_path, path=installed)
    assert Path(path.strip()).is_relative_to(installed)


IN_A_ZIP = """
import yadirect_soap
from yadirect_soap import Direct
from yadirect_soap.emulator import Emulator

with Emulator() as emulator, emulator.serve() as url, Direct("demo-token", endpoint=url) as direct:
    print(yadirect_soap.__file__)
    print(len(direct.campaigns.get(SelectionCriteria={}, FieldNames=["Id"])) > 0)
    zeep = direct.zeep("campaigns")
    print(len(zeep.service.get(SelectionCriteria={}, FieldNames=["Id"])) > 0)
"""


def test_wheel_runs_from_a_zip(wheel: Path, tmp_path: Path) -> None:
    """The package works from a zip file, as Spark's --py-files ships it: a call, and a raw zeep client."""
    file, *worked = _run("-c", IN_A_ZIP, cwd=tmp_path, path=wheel).split()
    assert Path(file).is_relative_to(wheel)
    assert worked == ["True", "True"]


def test_installed_wheel_runs_the_demo(installed: Path, tmp_path: Path) -> None:
    """The demo of the installed wheel lists campaigns, tells the units spent and shows an envelope."""
    output = _run("-m", "yadirect_soap", "demo", cwd=tmp_path, path=installed).casefold()
    assert [word for word in ("campaign", "units", "envelope") if word not in output] == []
