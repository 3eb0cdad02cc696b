"""Every attack at rest on what was lived through, in one call: what each of them found."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence

from tests.attacks.running_world import Lived

from replenish.disclosure.attack import proof_attack
from replenish.disclosure.attack.at_rest.confidential import figures_of, kept_figures
from replenish.disclosure.attack.at_rest.counts import final_counts, live_counts
from replenish.disclosure.attack.at_rest.dump import DumpReport, dump_attack
from replenish.disclosure.attack.at_rest.leftovers import (
    contributions_of_closed_rounds,
    deleted_names,
    keys_in_backups,
    unchanged_between,
)
from replenish.disclosure.attack.at_rest.logs import telling_lines
from replenish.disclosure.attack.at_rest.schema import walk
from replenish.disclosure.attack.at_rest.vouched import KINDS


def linked(lived: Lived) -> DumpReport:
    """The dump attack on everything the thief has."""
    return dump_attack(lived.everything, KINDS, lived.knowledge(), lived.owners(), seed=lived.story.seed)


def found_by_all(lived: Lived) -> dict[str, list[str]]:
    """What every attack found, by attack; those that found nothing are absent."""
    return {attack: things for attack in ATTACKS if (things := found_by(attack, lived))}


def found_by(attack: str, lived: Lived) -> list[str]:
    """What one attack found."""
    return [str(each) for each in ATTACKS[attack](lived)]


def _walked(lived: Lived) -> list[object]:
    return [each for copy in [*lived.copies, *lived.backups[-1:]] for each in walk(copy)]


def _left_behind(lived: Lived) -> list[object]:
    return [*contributions_of_closed_rounds(lived.copies[-1]), *deleted_names(lived.copies[-1])]


def _kept_figures(lived: Lived) -> Sequence[object]:
    figures = [figure for answers in lived.truth for figure in figures_of(answers)]
    return kept_figures([*lived.copies, *lived.backups[-1:]], figures)


def _exact_counts(lived: Lived) -> Sequence[object]:
    return final_counts(lived.copies[-1], {"all": [len(answers.people) for answers in lived.truth]})


def _proved(lived: Lived) -> Sequence[object]:
    table = lived.copies[-1].table("conditions_publishedrelease")
    releases = [] if table is None else [json.loads(str(body)) for body in table.column("body")]
    return proof_attack(releases, colluders="promised").breaches if releases else ()


ATTACKS: Mapping[str, Callable[[Lived], Iterable[object]]] = {
    "linked": lambda lived: linked(lived).found,
    "walk": _walked,
    "left behind": _left_behind,
    "keys in backups": lambda lived: keys_in_backups(lived.archives, lived.round_keys),
    "unchanged": lambda lived: unchanged_between(lived.backups),
    "log": lambda lived: telling_lines({"log": lived.log.getvalue()}),
    "kept figures": _kept_figures,
    "live counts": lambda lived: live_counts(lived.backups, lived.so_far),
    "exact counts": _exact_counts,
    "proved": _proved,
}
