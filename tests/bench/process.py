"""What a process uses, as Linux tells it: seconds of CPU, resident memory."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

MIB = 1024.0


def is_measurable() -> bool:
    """Say whether this machine tells what a process uses."""
    return Path("/proc/self/stat").is_file()


def check_measurable() -> None:
    """Say so where this machine cannot tell what a process uses.

    Raises:
        SystemExit: there is no /proc.
    """
    if not is_measurable():
        sys.exit(f"the console's benchmark reads /proc, which {sys.platform} has not: run it on Linux")


def cpu_s(pid: int) -> float:
    """Give the seconds of CPU that a process has used, all its threads together."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def rss_mb(pid: int) -> float:
    """Give the resident memory of a process in MiB."""
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found
    return int(found[1]) / MIB


def machine_busy_s() -> float:
    """Give the seconds of CPU that everything on this machine has used, all cores together."""
    user, nice, system, _, _, irq, softirq, *_ = map(int, Path("/proc/stat").read_text().split()[1:9])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")
