"""What the server is started with: address, data directory, Streamlit's options, its secrets."""

from __future__ import annotations

import os
import secrets
import socket
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

try:
    import fcntl
except ImportError:  # Windows has no such lock; there the port is what keeps a second server out
    fcntl = None  # type: ignore[assignment]

LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 8501
PORTS_TRIED = 20
LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
EVERY_HOST = "0.0.0.0"  # noqa: S104 - bound where it is asked for by name
EVERY_HOSTS = frozenset({EVERY_HOST, "::", ""})


class EnvironmentFault(Exception):  # noqa: N818 - named for what it says
    """Something outside Stormdrill is in the way: a port, a directory, a permission; says how to mend it."""


@dataclass(frozen=True)
class Settings:
    """Where the console listens and where it keeps its data.

    Args:
        host: address to bind; loopback unless asked otherwise.
        data_dir: directory of the store and of the secrets, readable by its owner alone.
        scenarios_dir: directory of own scenarios beside the library, or None.
    """

    data_dir: Path
    host: str = LOOPBACK
    port: int = DEFAULT_PORT
    scenarios_dir: Path | None = None

    @property
    def url(self) -> str:
        """Give the address a person on this machine types."""
        return _url(LOOPBACK if self.host in EVERY_HOSTS else self.host, self.port)

    @property
    def is_loopback(self) -> bool:
        """Say whether only this machine can reach it."""
        return is_loopback_host(self.host)

    def url_for_others(self, asked: str = "") -> str:
        """Give the address that people on other machines type.

        Args:
            asked: address that a browser opened. Where others reach it too, it is theirs: behind a proxy
                only the browser knows the name and the scheme.
        """
        found = urlsplit(asked)
        if found.netloc and (self.is_loopback or not is_loopback_host(found.hostname or "")):
            return f"{found.scheme}://{found.netloc}"
        return _url(own_address(), self.port) if self.host in EVERY_HOSTS else self.url


def _url(host: str, port: int) -> str:
    """Give an address with its port; one of IPv6 stands in brackets."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def is_loopback_host(host: str) -> bool:
    """Say whether a host's name or address means this machine alone."""
    return host in LOOPBACK_HOSTS or host.startswith("127.")


def fixed_options() -> dict[str, Any]:
    """Give Streamlit's options that hold for every console, by dotted name."""
    return dict(_flatten(tomllib.loads((files("app.theme") / "streamlit.toml").read_text("utf-8"))))


def _flatten(table: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    flat: list[tuple[str, Any]] = []
    for name, value in table.items():
        dotted = f"{prefix}{name}"
        flat += _flatten(value, f"{dotted}.") if isinstance(value, Mapping) else [(dotted, value)]
    return flat


def options(settings: Settings) -> dict[str, Any]:
    """Give every option that Streamlit is run with."""
    return {**fixed_options(), "server.address": settings.host, "server.port": settings.port}


def differences(get_option: Callable[[str], Any], wanted: Mapping[str, Any]) -> list[str]:
    """Name the options whose value in force is not the wanted one."""
    return [
        f"{name} is {get_option(name)!r}, expected {value!r}"
        for name, value in wanted.items()
        if get_option(name) != value
    ]


def make_private_dir(path: Path) -> Path:
    """Make a directory that only its owner can read, and give it."""
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not os.access(path, os.W_OK):
            raise PermissionError(13, "no right to write")
    except OSError as error:
        raise EnvironmentFault(
            f"cannot use the data directory {path}: {error.strerror} (name another one with --data)"
        ) from None
    return path


@contextmanager
def alone_in(data_dir: Path) -> Iterator[None]:
    """Keep a second server out of a data directory while the block runs: two would move the same drills.

    Raises:
        EnvironmentFault: there is one already.
    """
    with (data_dir / "serving.lock").open("a") as lock:
        if fcntl is not None:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise EnvironmentFault(
                    f"a server already runs on {data_dir} (stop it, or name another directory with --data)"
                ) from None
        yield


def kept_secret(path: Path) -> str:
    """Give the 256-bit secret kept in a file of mode 0600, making it the first time."""
    try:
        with os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii"
        ) as out:
            out.write(secrets.token_urlsafe(32))
    except FileExistsError:
        path.chmod(0o600)
    except OSError as error:
        raise EnvironmentFault(f"cannot keep a secret in {path}: {error.strerror}") from None
    return path.read_text("ascii").strip()


def own_address() -> str:
    """Give this machine's address on its network; no packet is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return socket.gethostname()
        return str(probe.getsockname()[0])


def free_port(host: str, port: int) -> int:
    """Give the first port from `port` on that can be bound.

    Raises:
        EnvironmentFault: none of twenty ports is free, or the address is not of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for candidate in range(port, min(port + PORTS_TRIED, 65536)):
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, candidate))
            except OSError as error:
                if error.errno not in _TAKEN:
                    raise EnvironmentFault(
                        f"cannot listen on {host}: {error.strerror} (see --host)"
                    ) from None
            else:
                return candidate
    raise EnvironmentFault(f"ports {port} to {port + PORTS_TRIED - 1} on {host} are all taken (see --port)")


_TAKEN = {98, 48, 10048, 13}
"""Address in use on Linux, macOS and Windows; permission denied, for ports below 1024."""
