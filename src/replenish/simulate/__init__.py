"""Organisations with known truth: for the demo, the tests, the attacks and the planner."""

from replenish.simulate.organisation import CheckIns, Contributions, Fact, Organisation, Round, Truth
from replenish.simulate.simulation import simulate_organisation
from replenish.simulate.world import ActionPlan, Effect, World
from replenish.simulate.writing import write_organisation

__all__ = [
    "ActionPlan",
    "CheckIns",
    "Contributions",
    "Effect",
    "Fact",
    "Organisation",
    "Round",
    "Truth",
    "World",
    "simulate_organisation",
    "write_organisation",
]
