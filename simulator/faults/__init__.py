"""The faults that can be planted, one a module; importing this package registers them all."""

from simulator.faults import memory_leak, pinned_printer, site_loss, stale_shard, traffic_surge
from simulator.faults.base import FAULTS, Fault, fault, parse

__all__ = [
    "FAULTS",
    "Fault",
    "fault",
    "memory_leak",
    "parse",
    "pinned_printer",
    "site_loss",
    "stale_shard",
    "traffic_surge",
]
