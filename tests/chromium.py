"""Where the tests' browser is: a Chromium already on the machine, or one apt-get installs.

`python -m tests.chromium` prints its path; with `--install`, root on Debian or Ubuntu gets it when it is
missing. Uses the standard library alone.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ENVIRONMENT = "STORMDRILL_CHROMIUM"
NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome")
PLACES = (
    "/usr/bin/chromium",
    "/usr/lib/chromium/chromium",
    "/snap/bin/chromium",
    "/usr/local/bin/chromium",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
INSTALL = "apt-get install -y --no-install-recommends chromium fonts-liberation"


def find() -> str | None:
    """The path of a Chromium, or None."""
    return next(_candidates(), None)


def arguments() -> list[str]:
    """Switches for a Chromium that stays on this machine: it resolves no name but the loopback's."""
    quiet = [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    ]
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return ["--no-sandbox", *quiet] if is_root else quiet


def install() -> None:
    """Install Chromium with apt-get; raises `CalledProcessError` when that fails."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = ["-qq", "-o", "Acquire::Retries=3"]
    for command in (["apt-get", *quiet, "update"], ["apt-get", *quiet, *INSTALL.split()[1:]]):
        subprocess.run(command, check=True, env=environment, stdout=sys.stderr, stdin=subprocess.DEVNULL)


def _candidates() -> Iterator[str]:
    """Paths of executables, the best first; the environment's word is final."""
    if named := os.environ.get(ENVIRONMENT):
        yield from filter(None, [shutil.which(named)])
        return
    yield from filter(None, map(shutil.which, NAMES))
    yield from (place for place in PLACES if os.access(place, os.X_OK) and Path(place).is_file())


def _may_install() -> bool:
    return shutil.which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0


def main(arguments: list[str]) -> int:
    """Print the path; say on stderr what to do when there is none. Exit 0 either way, 2 for a wrong name.

    Without a browser the suite still runs: its browser tests are skipped by name, and CI refuses that.
    """
    if (named := os.environ.get(ENVIRONMENT)) and find() is None:
        print(f"{ENVIRONMENT}={named} is no program that can be run; correct it or unset it", file=sys.stderr)
        return 2
    if find() is None and "--install" in arguments and _may_install():
        print("No Chromium found: installing it with apt-get", file=sys.stderr)
        try:
            install()
        except subprocess.CalledProcessError as error:
            print(f"apt-get failed (exit {error.returncode}); try: {INSTALL}", file=sys.stderr)
    if (path := find()) is None:
        print(f"No Chromium: browser tests will be skipped. To run them: {INSTALL},", file=sys.stderr)
        print(f"or name one you have: {ENVIRONMENT}=/path/to/chromium make test", file=sys.stderr)
    else:
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
