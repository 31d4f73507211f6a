"""Options, ports and files of a server."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from app.settings import (
    EnvironmentFault,
    Settings,
    alone_in,
    differences,
    fixed_options,
    free_port,
    kept_secret,
    make_private_dir,
    options,
    own_address,
)

MUST = {
    "runner.postScriptGC": False,
    "runner.magicEnabled": False,
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
    "browser.gatherUsageStats": False,
    "server.enableAgentApi": False,
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
    "server.fileWatcherType": "none",
    "server.maxUploadSize": 2,
}
PROBE = """
import json, os, sys
from contextlib import asynccontextmanager
from pathlib import Path
import streamlit
from app import server
from app.settings import Settings, options
settings = Settings(Path(sys.argv[1]), port=int(sys.argv[2]))

@asynccontextmanager
async def probe(_):
    from streamlit import config
    print(json.dumps({name: config.get_option(name) for name in options(settings)} | {
        "theme.light.primaryColor": config.get_option("theme.light.primaryColor"),
        "cookie": config.get_option("server.cookieSecret") == os.environ["STREAMLIT_SERVER_COOKIE_SECRET"],
    }), flush=True)
    yield

async def stop():
    import signal
    signal.raise_signal(signal.SIGINT)

@asynccontextmanager
async def lifespan(app):
    async with probe(app):
        import asyncio
        task = asyncio.create_task(stop())
        yield

os.environ["STREAMLIT_SERVER_COOKIE_SECRET"] = "s" * 32
streamlit.App(Path(server.__file__).with_name("main.py"), lifespan=lifespan).run(config=options(settings))
"""


def test_the_fixed_options_are_the_safe_ones() -> None:
    """What makes the console safe and quick stands among the options of every server."""
    fixed = fixed_options()
    assert {name: fixed[name] for name in MUST} == MUST
    assert fixed["theme.dark.primaryColor"] == "#7DB0FF"


def test_the_options_are_in_force(tmp_path: Path) -> None:
    """A running server has them, whatever configuration lies in the folder it was started from."""
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text(
        "[runner]\npostScriptGC = true\n[server]\nenableAgentApi = true\naddress = '0.0.0.0'\n"
    )
    port = free_port("127.0.0.1", 18701)
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", PROBE, str(tmp_path), str(port)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    found = json.loads(done.stdout.splitlines()[0])
    wanted = options(Settings(tmp_path, port=port))
    assert {name: found[name] for name in wanted} == wanted
    assert found["server.address"] == "127.0.0.1"
    assert found["cookie"]


def test_differences_are_named() -> None:
    """An option that is not as it must be is named with both values."""
    assert differences({"a": 1, "b": 2}.__getitem__, {"a": 1, "b": 3}) == ["b is 2, expected 3"]


def test_a_taken_port_gives_the_next() -> None:
    """The next free port is taken when the wanted one is not free."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert port < free_port("127.0.0.1", port) < port + 20


def test_a_foreign_address_is_refused() -> None:
    """An address that is not of this machine is an obstacle that is named."""
    with pytest.raises(EnvironmentFault, match=r"cannot listen on 192\.0\.2\.1"):
        free_port("192.0.2.1", 8501)


def test_a_secret_is_kept(tmp_path: Path) -> None:
    """It is made once, long, the same after a restart, and its owner's alone."""
    first = kept_secret(tmp_path / "secret")
    assert kept_secret(tmp_path / "secret") == first
    assert len(first) >= 40
    assert (tmp_path / "secret").stat().st_mode & 0o777 == 0o600


def test_a_data_directory_is_private(tmp_path: Path) -> None:
    """A new data directory opens for its owner alone; a file in its place is an obstacle that is named."""
    assert make_private_dir(tmp_path / "a" / "b").stat().st_mode & 0o777 == 0o700
    (tmp_path / "file").write_text("")
    with pytest.raises(EnvironmentFault, match="name another one with --data"):
        make_private_dir(tmp_path / "file")


def test_one_server_a_data_directory(tmp_path: Path) -> None:
    """A second server on the same drills is kept out; when the first has gone, it may."""
    with (
        alone_in(tmp_path),
        pytest.raises(EnvironmentFault, match="a server already runs"),
        alone_in(tmp_path),
    ):
        pass
    with alone_in(tmp_path):
        pass


@pytest.mark.parametrize(
    ("host", "url", "is_loopback"),
    [
        ("127.0.0.1", "http://127.0.0.1:8501", True),
        ("0.0.0.0", "http://127.0.0.1:8501", False),
        ("::1", "http://[::1]:8501", True),
        ("192.168.1.4", "http://192.168.1.4:8501", False),
    ],
)
def test_addresses(tmp_path: Path, host: str, url: str, is_loopback: bool) -> None:
    """The printed address is one that can be typed on this machine."""
    settings = Settings(tmp_path, host=host)
    assert (settings.url, settings.is_loopback) == (url, is_loopback)


@pytest.mark.parametrize(
    ("host", "asked", "url"),
    [
        ("192.168.1.4", "", "http://192.168.1.4:8501"),
        ("fd00::4", "", "http://[fd00::4]:8501"),
        ("fd00::4", "http://[::1]:8501/lobby?d=x", "http://[fd00::4]:8501"),
        ("127.0.0.1", "http://localhost:8501/lobby", "http://localhost:8501"),
        ("127.0.0.1", "https://drill.example/lobby", "https://drill.example"),
        ("0.0.0.0", "https://drill.example/lobby", "https://drill.example"),
        ("0.0.0.0", "http://[fd00::4]:8501/", "http://[fd00::4]:8501"),
    ],
)
def test_the_address_for_others(tmp_path: Path, host: str, asked: str, url: str) -> None:
    """It is what the browser asked for where others reach that too, else what is listened on."""
    assert Settings(tmp_path, host=host).url_for_others(asked) == url


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
@pytest.mark.parametrize("asked", ["", "http://localhost:8501/", "http://127.0.0.2:8501/"])
def test_every_address_is_told_as_one(tmp_path: Path, host: str, asked: str) -> None:
    """A server on all addresses names the machine's own, whatever this machine's browser typed."""
    assert Settings(tmp_path, host=host).url_for_others(asked) == f"http://{own_address()}:8501"
