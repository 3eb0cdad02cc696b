"""The parts of an organisation on the pages of facts: by name, and whose somebody may enter."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from replenish.basis import clock
from replenish.conditions.facts.rules import Entrant, entrant_of
from replenish.conditions.facts.trees import WHOLE, Tree, Trees, trees_of
from replenish.people.askers import Asker


@dataclass(frozen=True)
class Part:
    """A part to choose.

    Attributes:
        unit: its id; empty for the whole organisation.
        name: its whole path.
        chosen: it is the one that is shown.
    """

    unit: str
    name: str
    chosen: bool


@dataclass(frozen=True)
class Ground:
    """Where somebody stands: the tree of today, and what they may enter in it."""

    trees: Trees
    tree: Tree
    entrant: Entrant

    def name_of(self, unit: str) -> str:
        """What a part is called; one that has ended by its last name."""
        if unit == WHOLE:
            return _("The whole organisation")
        if unit in self.tree.units:
            return " / ".join(self.tree.units[unit].path)
        ended = [place.name for place in self.trees.places if place.unit == unit]
        return ended[-1] if ended else _("a unit that has ended")

    def chosen(self, asked: str | None) -> str:
        """The part that was asked for; the first one that the reader may enter, or the whole, unless given.

        Raises:
            Http404: no such unit was ever in this organisation.
        """
        if asked is None:
            return next(iter(self.entrant.units_in(self.tree)), WHOLE)
        if asked != WHOLE and all(place.unit != asked for place in self.trees.places):
            raise Http404
        return asked

    def parts(self, units: tuple[str, ...], chosen: str) -> list[Part]:
        """Parts to choose from, in the order of the tree."""
        return [Part(unit, self.name_of(unit), unit == chosen) for unit in units]


def ground_of(asker: Asker) -> Ground:
    """The organisation as the asker stands in it today."""
    trees = trees_of(asker.organisation)
    tree = trees.on(clock.today())
    return Ground(trees, tree, entrant_of(asker, tree))
