"""The JSON Schema of a scenario, for editors: completion, and the same bounds as the check."""

from __future__ import annotations

from typing import Any

from scenarios.scenario import Scenario
from simulator.faults import FAULTS
from simulator.operations import OPERATIONS
from simulator.registry import Parameter, parameters

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "string"},
    "number": {"type": "number"},
    "whole": {"type": "integer"},
    "switch": {"type": "boolean"},
    "list": {"type": "array", "items": {"type": "string"}},
}


def json_schema() -> dict[str, Any]:
    """Give the JSON Schema of a scenario file, with the parameters of every fault."""
    schema = Scenario.model_json_schema()
    schema["$schema"] = DIALECT
    definitions = schema["$defs"]
    fault = definitions["FaultSpec"]
    fault["properties"]["fault"]["enum"] = sorted(FAULTS)
    fault["allOf"] = [_only_for(id_) for id_ in sorted(FAULTS)]
    for id_ in sorted(FAULTS):
        definitions[f"fault_{id_}"] = _parameters(FAULTS[id_])
    definitions["Approval"]["properties"]["operation"]["enum"] = sorted(OPERATIONS)
    definitions["Step"]["properties"]["operation"]["anyOf"][0]["enum"] = sorted(OPERATIONS)
    return schema


def _only_for(id_: str) -> dict[str, Any]:
    return {
        "if": {"properties": {"fault": {"const": id_}}, "required": ["fault"]},
        "then": {"properties": {"params": {"$ref": f"#/$defs/fault_{id_}"}}},
    }


def _parameters(cls: type[Any]) -> dict[str, Any]:
    taken = parameters(cls)
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {each.name: _parameter(each) for each in taken},
        "required": [each.name for each in taken if each.required],
    }


def _parameter(each: Parameter) -> dict[str, Any]:
    kind = {"enum": list(each.choices)} if each.kind == "choice" else dict(_TYPES[each.kind])
    return {**kind, "description": each.doc, "visibility": "hidden"}
