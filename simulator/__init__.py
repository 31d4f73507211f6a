"""The world: data centers, traffic, faults, operations, monitors, and what they leave behind.

`World(plan, seed)` is all there is to make; see `World` for time, operations and what can be seen.
"""

from simulator.changes import Change
from simulator.errors import BadParameters, BadPlan, OperationRefused, SimulatorError
from simulator.faults import FAULTS, Fault
from simulator.happenings import KINDS, Happening
from simulator.jobs import Job
from simulator.logs import LogLine
from simulator.metrics import Metrics
from simulator.operations import OPERATIONS, Operation, Preview
from simulator.plan import WorldPlan
from simulator.reading import Reading, ServiceReading, SiteReading
from simulator.registry import Parameter, parameters
from simulator.world import World

__all__ = [
    "FAULTS",
    "KINDS",
    "OPERATIONS",
    "BadParameters",
    "BadPlan",
    "Change",
    "Fault",
    "Happening",
    "Job",
    "LogLine",
    "Metrics",
    "Operation",
    "OperationRefused",
    "Parameter",
    "Preview",
    "Reading",
    "ServiceReading",
    "SimulatorError",
    "SiteReading",
    "World",
    "WorldPlan",
    "parameters",
]
