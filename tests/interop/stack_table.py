"""The foreign stacks: how each is run, whether it is here, and what it cannot do, with the reason."""

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

_ROOT = Path(__file__).resolve().parents[2]
_PROGRAMS = Path(__file__).parent / "stacks"
_TOOLS = _ROOT / ".interop"
"""Where `make interop-tools` puts what is no package of the system."""

_PYTHON = str(_TOOLS / "python" / "bin" / "python")
_SECONDS = 180


@dataclass(frozen=True)
class Stack:
    """One implementation of SOAP, or one client of the JSON, that nobody wrote with us in mind.

    `probe` are arguments of the interpreter that succeed where the stack is installed.  `cannot` are the facts of the
    script that do not hold for it, with the reason.  `loader` is a program that prints how many of the WSDLs that it is
    given have operations for it; "" where the stack reads none.
    """

    name: str
    origin: str
    program: str
    interpreter: str
    probe: tuple[str, ...]
    wsdl_source: str = "`?wsdl`"
    cannot: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    loader: str = ""

    @property
    def installed(self) -> bool:
        """Whether it can be run on this machine."""
        try:
            return self._run(*self.probe).returncode == 0
        except OSError:
            return False

    def run(self, address: str, folder: Path) -> str:
        """What its program prints, started in a folder of its own; fails with all it said where it fails."""
        return self._output(self.program, address, folder=folder)

    def loaded(self, addresses: Iterable[str], folder: Path) -> int:
        """How many of the WSDLs at addresses or in files its loader loads."""
        return int(self._output(self.loader, *addresses, folder=folder).split()[-1])

    def _output(self, program: str, *arguments: str, folder: Path) -> str:
        done = self._run(str(_PROGRAMS / program), *arguments, cwd=folder)
        assert done.returncode == 0, f"{self.name} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def _run(self, *arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.interpreter, *arguments],
            check=False,
            cwd=cwd,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=_SECONDS,
        )

    def _environment(self) -> dict[str, str]:
        """Ours, in which node finds its modules, and Python's tools those of their own environment."""
        beside = str(Path(self.interpreter).parent) + os.pathsep if os.sep in self.interpreter else ""
        own = {"NODE_PATH": str(_TOOLS / "node" / "node_modules"), "PATH": beside + os.environ.get("PATH", os.defpath)}
        return {**os.environ, **own, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONWARNINGS": "default"}


STACKS = (
    Stack(
        "zeep",
        "PyPI `zeep`",
        "zeep/campaigns.py",
        sys.executable,
        ("-c", "import zeep"),
        loader="zeep/load.py",
        cannot=MappingProxyType({"nil": "an absent member is None in its objects, like a nil member"}),
    ),
    Stack(
        "suds",
        "PyPI `suds-community`",
        "suds/campaigns.py",
        sys.executable,
        ("-c", "import suds"),
        loader="suds/load.py",
    ),
    Stack(
        "xsdata",
        "PyPI `xsdata[cli,lxml,soap]`",
        "xsdata/campaigns.py",
        _PYTHON,
        ("-c", "import xsdata.codegen, lxml, requests"),
        cannot=MappingProxyType(
            {
                "nil": "an absent member is None in its objects, like a nil member",
                "kept": "it sends each nillable member without a value as nil, so an update clears all of them",
            }
        ),
    ),
    Stack(
        "PHP",
        "Debian `php-cli`, `php-soap`",
        "php/campaigns.php",
        "php",
        ("-r", "exit(extension_loaded('soap') ? 0 : 1);"),
        loader="php/load.php",
    ),
    Stack(
        "node",
        "npm `soap`",
        "node/campaigns.js",
        "node",
        ("-e", "require('soap')"),
        loader="node/load.js",
        cannot=MappingProxyType({"nil": "its objects do not contain nil elements"}),
    ),
    Stack(
        "Perl",
        "Debian `libsoap-lite-perl`",
        "perl/campaigns.pl",
        "perl",
        ("-MSOAP::Lite", "-e", "1"),
        wsdl_source="the address, the action, the order of elements",
        cannot=MappingProxyType({"types": "without a WSDL it reads all values as text"}),
    ),
    Stack(
        "gSOAP",
        "Debian `gsoap`, `libgsoap-dev`, `g++`",
        "gsoap/campaigns.sh",
        "sh",
        loader="gsoap/load.sh",
        probe=("-c", "command -v wsdl2h && command -v soapcpp2 && echo '#include <stdsoap2.h>' | g++ -E -x c++ -"),
        cannot=MappingProxyType({"nil": "a nil member is a null pointer in its objects, like an absent member"}),
    ),
    Stack(
        "tapi",
        "PyPI `tapi-yandex-direct`",
        "tapi/campaigns.py",
        _PYTHON,
        ("-c", "import tapi_yandex_direct"),
        wsdl_source="the address, instead of its default",
    ),
    Stack(
        "direct-cli",
        "PyPI `direct-cli`",
        "direct_cli/campaigns.py",
        _PYTHON,
        ("-c", "import direct_cli"),
        wsdl_source="the address, instead of its default",
        cannot=MappingProxyType(
            {
                "clear": "no option of `campaigns update` clears the budget",
                "kept": "the emulator still has the budget",
            }
        ),
    ),
)
