"""placeholder"""
from scenarios.problems import Problem
from scenarios.yaml_nodes import Node
def lint(root: Node, file: str) -> list[Problem]:
    return []
