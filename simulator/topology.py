"""Which service calls which."""

from __future__ import annotations

import networkx as nx

from simulator.errors import BadPlan
from simulator.plan import ServicePlan, WorldPlan


class Topology:
    """The call graph of a site, the same in every site."""

    def __init__(self, plan: WorldPlan) -> None:
        graph: nx.DiGraph[str] = nx.DiGraph()
        by_id = {s.id: s for s in plan.services}
        if len(by_id) != len(plan.services):
            raise BadPlan(f"plan {plan.id}: two services share an id; give each its own")
        graph.add_nodes_from(by_id)
        for service in plan.services:
            for callee in service.calls:
                if callee not in by_id:
                    known = ", ".join(by_id)
                    raise BadPlan(f"plan {plan.id}: {service.id} calls unknown {callee!r}; known: {known}")
                graph.add_edge(service.id, callee)
        if plan.entry not in by_id:
            raise BadPlan(
                f"plan {plan.id}: entry {plan.entry!r} is no service; choose one of {', '.join(by_id)}"
            )
        if not nx.is_directed_acyclic_graph(graph):
            raise BadPlan(
                f"plan {plan.id}: services call each other in a circle: {nx.find_cycle(graph)}; break it"
            )
        self.order: tuple[str, ...] = tuple(nx.lexicographical_topological_sort(graph))
        before = nx.ancestors(graph, plan.entry)
        self.before_entry: frozenset[str] = frozenset(before)
        self.calls: dict[str, tuple[str, ...]] = {s.id: s.calls for s in plan.services}
        self.side: tuple[ServicePlan, ...] = tuple(s for s in plan.services if s.id != plan.entry)
        self.entry: ServicePlan = by_id[plan.entry]
