"""Labels that name every unit of a group, so that nobody has to guess who is in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from replenish.disclosure.partition.groups import UnitPath

ORGANISATION = "the organisation"


def label_groups(groups: Sequence[Sequence[UnitPath]]) -> list[str]:
    """One label for each group, all different; a group's label depends on the others only when it must.

    Args:
        groups: the units of each group, sorted; no unit in two groups.
    """
    labels = [label_units(units) for units in groups]
    count = Counter(labels)
    # "A and B" may be one unit's name or two units: quotation marks tell them apart where it matters.
    return [
        label_units(units, quoted=True) if count[label] > 1 else label
        for units, label in zip(groups, labels, strict=True)
    ]


def label_units(units: Sequence[UnitPath], *, quoted: bool = False) -> str:
    """All units by name, under the node that holds them: "Medicine: Elm and Oak; Surgery: Ash"."""
    parts = []
    for parent, members in groupby(units, key=lambda unit: unit[:-1]):
        names = _listed([_name(unit[-1], quoted=quoted) for unit in members])
        where = " / ".join(_name(node, quoted=quoted) for node in parent)
        parts.append(f"{where}: {names}" if where else names)
    return "; ".join(parts)


def label_rest(parent: UnitPath, units: Sequence[UnitPath]) -> str:
    """The label of what is left of a parent: "The rest of Medicine (Ash and Elm)"."""
    whole = " / ".join(parent) or ORGANISATION
    same_parent = all(unit[:-1] == parent for unit in units)
    names = _listed([unit[-1] for unit in units]) if same_parent else label_units(units)
    return f"The rest of {whole} ({names})"


def _name(name: str, *, quoted: bool) -> str:
    escaped = name.replace("\\", "\\\\").replace("\u201d", "\\\u201d")
    return f"\u201c{escaped}\u201d" if quoted else name


def _listed(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return f"{', '.join(names[:-1])} and {names[-1]}"
