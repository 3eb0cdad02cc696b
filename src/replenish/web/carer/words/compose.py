"""From choices to a text in a person's own voice: conditions before the person, and one clear request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from replenish.web.carer.words.grammar import Joining, sentence
from replenish.web.carer.words.parts import Fragment, Length, Parts, Receiver

# A sentence with more clauses than two is a list that nobody listens to.
CLAUSES = 2
IN_MESSAGE = 2


@dataclass(frozen=True)
class Said:
    """What a person chose to say; what is empty was not chosen. To be composed, own words must be tidy."""

    signs: tuple[str, ...] = ()
    own_sign: str = ""
    since: str = ""
    conditions: tuple[str, ...] = ()
    own_condition: str = ""
    request: str = ""
    own_request: str = ""
    in_confidence: bool = False


def compose(parts: Parts, said: Said, receiver: Receiver, length: Length) -> str:
    """The text of that length to that receiver.

    A note holds everything that was chosen. A message holds the first two conditions and the first two
    signs, a line the first condition, or the first sign where there is no condition. Own words come first.
    """
    tone = parts.receivers[receiver]
    conditions, signs = _clauses(parts, said, length)
    since = parts.since.get(said.since)
    opening = since.opening if since else parts.lately
    around = _sentences(parts.joining.conditions, tone.conditions, conditions, opening)
    within = _sentences(parts.joining.signs, tone.signs_after if around else tone.signs_first, signs, opening)
    alone = [since.alone] if since and not around and not within else []
    request = _request(parts, said, receiver)
    private = [tone.in_confidence] if said.in_confidence else []
    if length == "line":
        core = [*around, *within, *alone, *request] or [tone.bare]
        return " ".join([*private, *core])
    begun = tone.openings.message if length == "message" else tone.openings.note
    closing = tone.closings.asked if request else tone.closings.not_asked
    paragraphs = [[*private, begun], [*around, *alone], within, request, [closing]]
    if length == "message":
        return " ".join(one for paragraph in paragraphs for one in paragraph)
    return "\n\n".join(" ".join(paragraph) for paragraph in paragraphs if paragraph)


def _clauses(parts: Parts, said: Said, length: Length) -> tuple[list[str], list[str]]:
    """The clauses that a text of this length holds: conditions, and signs."""
    conditions = _in_words(parts.conditions, said.conditions, length)
    signs = _in_words(parts.signs, said.signs, length)
    if said.own_condition:
        conditions.insert(0, parts.own_condition.replace("{own}", said.own_condition))
    if said.own_sign:
        signs.insert(0, parts.own_sign.replace("{own}", said.own_sign))
    if length == "line":
        return conditions[:1], [] if conditions else signs[:1]
    if length == "message":
        return conditions[:IN_MESSAGE], signs[:IN_MESSAGE]
    return conditions, signs


def _in_words(known: Mapping[str, Fragment], chosen: Sequence[str], length: Length) -> list[str]:
    return [
        fragment.full if length == "note" else fragment.short
        for code, fragment in known.items()
        if code in chosen
    ]


def _sentences(joining: Joining, patterns: Sequence[str], clauses: Sequence[str], since: str) -> list[str]:
    """The clauses in sentences of two, each begun in the next way of speaking."""
    pairs = [clauses[at : at + CLAUSES] for at in range(0, len(clauses), CLAUSES)]
    last = len(patterns) - 1
    return [
        sentence(patterns[min(number, last)], since=since, list=joining.join(pair))
        for number, pair in enumerate(pairs)
    ]


def _request(parts: Parts, said: Said, receiver: Receiver) -> list[str]:
    """One question or none: own words take the place of a choice."""
    if said.own_request:
        return [sentence(parts.own_request, own=said.own_request)]
    if said.request in parts.requests:
        return [parts.requests[said.request].to(receiver)]
    return []
