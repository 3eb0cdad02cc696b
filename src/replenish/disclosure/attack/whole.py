"""What a file says about the whole organisation: results of models and the response."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from replenish.disclosure.attack.findings import Finding, FindingKind
from replenish.disclosure.attack.printing import exact, sizes_of
from replenish.disclosure.model_results.ladder import LEAST_GROUPS, LEAST_PEOPLE, STEPS
from replenish.disclosure.model_results.words import EFFECT_WORDS, ICC_WORDS, SHARE_WORDS
from replenish.disclosure.release.response import QUARTERS

PHRASES = frozenset([*EFFECT_WORDS, *ICC_WORDS, *SHARE_WORDS])


def results_too_fine(result: Mapping[str, object], round_name: str) -> Iterator[Finding]:
    """A model result with more digits than its step, or over too few people or groups."""
    outcome = str(result.get("outcome"))
    numbers = [exact(result.get(name)) for name in ("estimate", "low", "high")]
    printed = [number for number in numbers if number is not None]
    step = exact(result.get("step"))
    if printed and (step not in STEPS or any(number % step for number in printed)):
        yield Finding(
            FindingKind.MODEL_RESULT_TOO_FINE,
            None,
            outcome,
            round_name,
            "its numbers are not whole multiples of a printing step of 1, 2, 5, 10 or 20",
        )
    words = result.get("words")
    if words is not None and words not in PHRASES:
        said = f"'{words}' is none of the phrases of the rule"
        yield Finding(FindingKind.SURPLUS_FIELD, None, outcome, round_name, said)
    for name, least in (("people_class", LEAST_PEOPLE), ("groups_class", LEAST_GROUPS)):
        sizes = sizes_of(None if result.get(name) is None else str(result[name]))
        if sizes is None or sizes[0] < least or sizes[0] == sizes[1]:
            yield Finding(
                FindingKind.MODEL_RESULT_TOO_FINE,
                None,
                outcome,
                round_name,
                f"its {name.replace('_', ' ')} is not a class that begins at {least} or above",
            )


def response_too_fine(release: Mapping[str, object], round_name: str) -> Iterator[Finding]:
    """A response that is none of the four quarters."""
    response = release.get("response_quarter")
    if response is not None and response not in QUARTERS:
        words = f"the response '{response}' is none of the four quarters"
        yield Finding(FindingKind.EXACT_N, None, None, round_name, words)
