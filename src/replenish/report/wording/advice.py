"""What to change first, said carefully: together, several conditions, never a person instead of the work."""

from __future__ import annotations

from collections.abc import Sequence

from replenish.report.wording.figures import first_upper, listed

LEAD = "Begin with one or two conditions, and choose them together with the people who live in them."
NEVER = (
    "Offer help to single people beside a change in conditions, never in place of it. Help for one person"
    " does not mend a rota."
)
STEPS = (
    "Sit down with the groups and read this report together. Ask whether it fits what they see.",
    "Choose one or two conditions. Write down what will change, from which day, and what you expect.",
    "Tell everybody what was chosen, and who keeps the promise.",
    "Ask again after at least four weeks, with the same questions and the same groups.",
)
HOW_SURE = (
    "The order below is worked out from the printed figures alone. A chance of 5 in 10 is like the toss "
    "of a coin."
)
NO_ORDER_FLAT = (
    "Groups hardly differ in what they carry, so the answers here cannot say which condition to begin "
    "with. No order is shown, because it would be an order of chance."
)
NO_ORDER_SMALL = "There are too few people or groups for an order. None is shown."
NO_ORDER_ONE = "Only one condition was asked about, so there is nothing to put in order."
NO_ORDER_DIRECTION = (
    "Nobody has said whether higher or lower is better, so there is no order of what to change."
)
NO_ORDER_WORDS = "To protect people, the figures are too coarse for an order, so none is shown."
STEPS_TITLE = "Where to begin with each condition"
EVIDENCE_TITLE = "What other studies found"
STUDIES_LIMIT = "These are findings from other places. They say where to look, not how much will change here."


def no_order_in_words(clear: Sequence[str]) -> str:
    """Why there is no order, and which links are clear all the same."""
    if not clear:
        return NO_ORDER_WORDS
    return f"{NO_ORDER_WORDS} A clear link was found with {listed(clear)}. The talk can begin there."


def no_order_of_chance(likeliest: Sequence[str], chance: str) -> str:
    """Why there is no order though there are figures, and where the talk can begin."""
    verb, each = ("is", "with") if len(likeliest) == 1 else ("are", "each with")
    return (
        "No order is shown, because luck alone would often give one like it. The likeliest to come first "
        f"{verb} {listed(likeliest)}, {each} a chance of {chance}. The talk can begin there, or where people "
        "say it should."
    )


def without_direction(names: Sequence[str]) -> str:
    """Which conditions have no place in the order, because no better end was declared."""
    verb = "has" if len(names) == 1 else "have"
    return f"{first_upper(listed(names))} {verb} no place here. Nobody has said which end is better."


def without_order(outcomes: Sequence[str], why: str) -> str:
    """Why there is no order for these outcomes."""
    return f"About {listed(outcomes)}. {why}"
