"""The package as a stranger gets it: built, installed into an empty environment, used from elsewhere.

One real `pip install .` per run: with build isolation and dependencies, their versions held by the lock.
"""

import json
import os
import re
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

pytestmark = pytest.mark.packaging

PACKAGES = ("simulator", "scenarios", "drills", "scoring", "app")
FLAGSHIP = "three-datacenter-outage"
START_LIMIT_S = 120


@dataclass(frozen=True)
class Installed:
    """An environment with Stormdrill in it, and a folder that is no checkout."""

    bin: Path
    elsewhere: Path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`stormdrill ARGUMENTS` from the folder elsewhere, as in a fresh shell."""
        return subprocess.run(
            [self.bin / "stormdrill", *arguments],
            cwd=self.elsewhere,
            env=self.environment,
            text=True,
            capture_output=True,
            check=False,
        )

    @property
    def environment(self) -> dict[str, str]:
        """This process's, without what would let the checkout be imported."""
        cut = ("PYTHON", "VIRTUAL_ENV")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(cut)}
        return {**kept, "HOME": str(self.elsewhere), "PATH": f"{self.bin}{os.pathsep}{kept.get('PATH', '')}"}


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*pip, "--wheel-dir", folder, root], check=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """`pip install .` into an empty environment."""
    folder = tmp_path_factory.mktemp("installed")
    constraints = folder / "constraints.txt"
    constraints.write_text(_versions((root / "requirements" / "run.lock").read_text()))
    subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
    python = folder / "env" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--constraint", constraints, root], check=True)
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    return Installed(python.parent, elsewhere)


def _versions(lock: str) -> str:
    """The lock without its hashes: a folder that is to be installed cannot have one."""
    return "\n".join(line.rstrip(" \\") for line in lock.splitlines() if re.match(r"[a-z0-9]", line)) + "\n"


def test_wheel_carries_code_and_assets(root: Path, wheel: Path) -> None:
    """Every file of the five packages is in the wheel, and the catalogue with them."""
    listing = ["git", "ls-files", "-z", "--", *PACKAGES]
    names = subprocess.run(listing, cwd=root, check=True, text=True, capture_output=True).stdout.split("\0")
    wanted = {name for name in names if name and (root / name).is_file()}
    held = set(zipfile.ZipFile(wheel).namelist())
    assert wanted - held == set()
    assert "scenarios/scenarios.yaml" in held


def test_wheel_carries_nothing_else(wheel: Path) -> None:
    """No tests, documents or settings of the checkout are installed beside the packages."""
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)


def test_list_names_the_library(installed: Installed) -> None:
    """`stormdrill list` finds the library inside the package."""
    result = installed.run("list")
    assert result.returncode == 0, result.stderr
    assert FLAGSHIP in result.stdout


def test_check_reads_the_installed_library(installed: Installed) -> None:
    """`stormdrill check` accepts the flagship as it was installed."""
    (library,) = installed.bin.parent.glob("lib/python3*/site-packages/scenarios/library")
    result = installed.run("check", *(str(path) for path in sorted(library.glob("*.yaml"))))
    assert result.returncode == 0, result.stdout + result.stderr


def test_run_gives_json_alone(installed: Installed) -> None:
    """`stormdrill run --json` plays the flagship with bots; stdout is one JSON document."""
    result = installed.run("run", FLAGSHIP, "--team", "managed", "--seed", "7", "--json")
    assert result.returncode == 0, result.stderr
    outcome = json.loads(result.stdout)
    assert outcome["scenario"] == FLAGSHIP
    assert outcome["seed"] == 7
    assert outcome["practices"]


@pytest.fixture
def served(installed: Installed) -> Iterator[str]:
    """The address of a console started from elsewhere; stopped after the test."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    data = installed.elsewhere / "data"
    log = installed.elsewhere / "serve.log"
    command = [installed.bin / "stormdrill", "serve", "--port", str(port), "--data", data]
    with log.open("w") as output:
        server = subprocess.Popen(
            command,
            cwd=installed.elsewhere,
            env=installed.environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_healthy(address, server, log)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_until_healthy(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    """Return once `/healthz` answers 200; each try waits inside the connection's own retries."""
    deadline = time.monotonic() + START_LIMIT_S
    with httpx.Client(transport=httpx.HTTPTransport(retries=5), timeout=10, trust_env=False) as client:
        while time.monotonic() < deadline and server.poll() is None:
            try:
                if client.get(f"{address}/healthz").status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                continue
    pytest.fail(f"no answer from {address}/healthz (exit {server.poll()}):\n{log.read_text()}")


def test_serve_answers(served: str) -> None:
    """`stormdrill serve` is healthy and gives the console's first screen and its own assets."""
    with httpx.Client(base_url=served, timeout=30, trust_env=False) as client:
        assert client.get("/healthz").status_code == httpx.codes.OK
        front = client.get("/", follow_redirects=True)
    assert front.status_code == httpx.codes.OK
    assert "text/html" in front.headers["content-type"]
