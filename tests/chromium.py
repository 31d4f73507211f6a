"""Where the tests' browser is: a Chromium already on the machine, or one apt-get installs.

`python -m tests.chromium` prints its path; with `--install`, root on Debian or Ubuntu gets it when it is
missing, and the one library without which Playwright's own program cannot start on a bare system.
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
APT_GET = "apt-get install -y --no-install-recommends"
BROWSER_PACKAGES = ("chromium", "fonts-liberation")
DRIVER_PACKAGES = ("libatomic1",)
INSTALL = " ".join([APT_GET, *BROWSER_PACKAGES, *DRIVER_PACKAGES])


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


def missing() -> list[str]:
    """System packages that browser tests still need here."""
    browser = BROWSER_PACKAGES if find() is None else ()
    driver = () if _driver_starts() else DRIVER_PACKAGES
    return [*browser, *driver]


def install(packages: list[str]) -> None:
    """Install system packages with apt-get; raises `CalledProcessError` when that fails."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = ["-qq", "-o", "Acquire::Retries=3", "-o", "Dpkg::Use-Pty=0"]
    for command in (["apt-get", *quiet, "update"], [*APT_GET.split(), *quiet, *packages]):
        subprocess.run(command, check=True, env=environment, stdout=sys.stderr, stdin=subprocess.DEVNULL)


def _driver_starts() -> bool:
    """Whether the program that Playwright talks to runs on this system."""
    from playwright._impl._driver import compute_driver_executable

    program, _ = compute_driver_executable()
    return subprocess.run([program, "--version"], check=False, capture_output=True).returncode == 0


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
    packages = missing()
    if packages and "--install" in arguments and _may_install():
        print(f"Browser tests need {', '.join(packages)}: installing with apt-get", file=sys.stderr)
        try:
            install(packages)
        except subprocess.CalledProcessError as error:
            print(f"apt-get failed (exit {error.returncode}); try: {INSTALL}", file=sys.stderr)
    elif packages:
        print(f"Browser tests need {', '.join(packages)}: {APT_GET} {' '.join(packages)}", file=sys.stderr)
    if (path := find()) is None:
        print("No Chromium: browser tests will be skipped. To run them with one you have:", file=sys.stderr)
        print(f"{ENVIRONMENT}=/path/to/chromium make test", file=sys.stderr)
    else:
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
