"""A file of releases as an adversary reads it: every claim kept, none believed.

The reader accepts more than `make_release` can make, because faulty files are what an attack is for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from replenish.basis.errors import refuse
from replenish.basis.faults import AttackFault
from replenish.disclosure.attack import fields
from replenish.disclosure.attack.closed_form import Interval
from replenish.disclosure.attack.findings import Finding, FindingKind
from replenish.disclosure.attack.printing import TOP, exact, half_open, rounded, sizes_of, whole
from replenish.disclosure.attack.roster import Path
from replenish.disclosure.attack.whole import response_too_fine, results_too_fine
from replenish.disclosure.bands import FLOOR

LARGEST_TRIED = 48
"""For "25 or more" the sizes 25 to 48 are tried; a larger group hides its people better (argument.md)."""


@dataclass(frozen=True)
class Extras:
    """Statistics that stand in a cell although the rule allows none of them."""

    n: int | None = None
    mean: Interval | None = None
    low: Fraction | None = None
    high: Fraction | None = None

    @property
    def any_answers(self) -> bool:
        """Whether there is more than a number of people."""
        return self.mean is not None or self.low is not None or self.high is not None


@dataclass(frozen=True)
class ReadCell:
    """One leaf and question: what the file says about it."""

    size_label: str | None
    sizes: tuple[int, int | None] | None
    band: Interval | None
    change: str | None
    extras: Extras = Extras()


@dataclass(frozen=True)
class ReadLeaf:
    """One leaf with its units."""

    label: str
    units: frozenset[Path]
    rest: bool
    cells: Mapping[str, ReadCell]


@dataclass(frozen=True)
class ReadParent:
    """One parent; a cell is (low, middle, high) on 0-100 as exact fractions."""

    label: str
    path: Path
    members: tuple[str, ...]
    cells: Mapping[str, tuple[Fraction, Fraction, Fraction]]


@dataclass(frozen=True)
class ReadRelease:
    """One round.

    `rule` is the one the file names, believed only so far as its cuts are known. `season` is None where the
    file says none. `ranges` holds the declared lowest and highest answer of each question, `grids` its number
    of steps (None where it is continuous).
    """

    round: str
    rule: str
    season: int | None
    floor: int
    ranges: Mapping[str, tuple[Fraction, Fraction]]
    grids: Mapping[str, int | None]
    partition: frozenset[frozenset[Path]]
    leaves: tuple[ReadLeaf, ...]
    parents: tuple[ReadParent, ...]


@dataclass
class Reading:
    """What was read so far, and what was found on the way."""

    releases: list[ReadRelease] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def note(self, kind: FindingKind, detail: str, where: tuple[str | None, str | None, str | None]) -> None:
        """Add a finding; `where` is (group, question, round)."""
        self.findings.append(Finding(kind, *where, detail))


def read_releases_as_published(plain: object) -> Reading:
    """Read the plain content of a releases file, or a list of plain releases.

    Raises:
        Refused: it is not a file of releases at all.
    """
    reading = Reading()
    entries: object = plain
    if isinstance(plain, Mapping) and "releases" in plain:
        _surplus_of(reading, plain, "file", (None, None, None))
        entries = plain["releases"]
    if isinstance(entries, Mapping | str) or not isinstance(entries, Sequence):
        refuse(AttackFault.ATTACK_NOT_RELEASES, why="no list of releases in it")
    for entry in entries:
        reading.releases.append(_release(entry, reading))
    return reading


def _release(entry: object, reading: Reading) -> ReadRelease:
    if not isinstance(entry, Mapping) or not isinstance(entry.get("groups"), Sequence):
        refuse(AttackFault.ATTACK_NOT_RELEASES, why="a release has no list of groups")
    release: Mapping[str, object] = entry
    name = str(release.get("round"))
    _surplus_of(reading, release, "release", (None, None, name))
    partition = _optional_mapping(release.get("partition"))
    _surplus_of(reading, partition, "partition", (None, None, name))
    for group in _mappings(partition.get("groups")):
        _surplus_of(reading, group, "reporting group", (str(group.get("label")), None, name))
    for result in _mappings(release.get("model_results")):
        _surplus_of(reading, result, "model result", (None, str(result.get("outcome")), name))
        reading.findings += results_too_fine(result, name)
    reading.findings += response_too_fine(release, name)
    grids = {str(scale.get("name")): _grid(scale) for scale in _mappings(release.get("scales"))}
    for scale in _mappings(release.get("scales")):
        _surplus_of(reading, scale, "scale", (None, str(scale.get("name")), name))
    _undeclared(reading, release, grids, name)
    leaves = tuple(_leaf(leaf, name, reading) for leaf in _mappings(release.get("groups")))
    parents = tuple(_parent(parent, name, reading) for parent in _mappings(release.get("parents")))
    stated = whole(release.get("floor"))
    floor = max(FLOOR, FLOOR if stated is None else stated)
    if stated is not None and stated < FLOOR:
        words = f"the file says that groups of {stated} are shown; the floor is {FLOOR}"
        reading.note(FindingKind.BELOW_FLOOR, words, (None, None, name))
    planned = (frozenset(_paths(group.get("units"))) for group in _mappings(partition.get("groups")))
    return ReadRelease(
        name,
        str(release.get("rule")),
        whole(release.get("season")),
        floor,
        _ranges(release),
        grids,
        frozenset(planned),
        leaves,
        parents,
    )


def _ranges(release: Mapping[str, object]) -> dict[str, tuple[Fraction, Fraction]]:
    ranges = {}
    for scale in _mappings(release.get("scales")):
        low, high = exact(scale.get("low")), exact(scale.get("high"))
        if low is not None and high is not None and low < high:
            ranges[str(scale.get("name"))] = (low, high)
    return ranges


def _undeclared(
    reading: Reading, release: Mapping[str, object], grids: Mapping[str, int | None], round_name: str
) -> None:
    """Figures about questions that the release does not list among its questions."""
    for place in (*_mappings(release.get("groups")), *_mappings(release.get("parents"))):
        for question in _optional_mapping(place.get("cells")):
            if question not in grids:
                words = "the release does not list this question among its scales"
                reading.note(
                    FindingKind.SURPLUS_FIELD, words, (str(place.get("label")), question, round_name)
                )


def _leaf(leaf: Mapping[str, object], round_name: str, reading: Reading) -> ReadLeaf:
    label = str(leaf.get("label"))
    for name in fields.surplus(leaf, "leaf"):
        kind = FindingKind.EXACT_N if name in fields.COUNTS else FindingKind.SURPLUS_FIELD
        reading.note(kind, f"the field '{name}' stands beside the group", (label, None, round_name))
    cells = {
        question: _cell(
            cell if isinstance(cell, Mapping) else {"band": cell}, (label, question, round_name), reading
        )
        for question, cell in _optional_mapping(leaf.get("cells")).items()
    }
    stated = whole(next((leaf[name] for name in leaf if name in fields.COUNTS), None))
    if stated is not None:
        cells = {
            question: ReadCell(cell.size_label, (stated, stated), cell.band, cell.change, cell.extras)
            for question, cell in cells.items()
        }
    return ReadLeaf(label, frozenset(_paths(leaf.get("units"))), bool(leaf.get("rest")), cells)


def _cell(cell: Mapping[str, object], where: tuple[str, str, str], reading: Reading) -> ReadCell:
    extras = _extras(cell, where, reading)
    label = None if cell.get("size") is None else str(cell["size"])
    sizes = sizes_of(label)
    if label is not None and sizes is None:
        reading.note(FindingKind.SIZE_NOT_OF_THE_RULE, f"the size '{label}' is no size class", where)
    if sizes is not None and sizes[0] == sizes[1]:
        reading.note(FindingKind.EXACT_N, f"the number of voices is printed: {label}", where)
    if sizes is not None and sizes[0] < FLOOR:
        reading.note(FindingKind.BELOW_FLOOR, f"the size '{label}' begins below {FLOOR} voices", where)
    if extras.n is not None:
        sizes = (extras.n, extras.n)
        if extras.n < FLOOR:
            reading.note(FindingKind.BELOW_FLOOR, f"{extras.n} voices are fewer than {FLOOR}", where)
    change = None if cell.get("change") is None else str(cell["change"])
    return ReadCell(label, sizes, _band(cell.get("band"), where, reading), change, extras)


def _extras(cell: Mapping[str, object], where: tuple[str, str, str], reading: Reading) -> Extras:
    n: int | None = None
    mean: Interval | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    for name in fields.surplus(cell, "cell"):
        number = exact(cell[name])
        if name in fields.COUNTS:
            reading.note(FindingKind.EXACT_N, f"the number of voices is printed: {cell[name]}", where)
            n = whole(cell[name])
            continue
        _surplus(reading, name, where)
        if name in fields.MEANS and number is not None:
            mean = rounded(cell[name])
        elif name in fields.LOWEST and number is not None:
            low = number / TOP
        elif name in fields.HIGHEST and number is not None:
            high = number / TOP
        elif name in fields.HISTOGRAMS:
            low, high, n = _histogram(cell[name], low, high, n)
    return Extras(n, mean, low, high)


def _histogram(
    counts: object, low: Fraction | None, high: Fraction | None, n: int | None
) -> tuple[Fraction | None, Fraction | None, int | None]:
    """The lowest and highest answer given (on 0-100) and their number, from counts by answer."""
    if not isinstance(counts, Mapping):
        return low, high, n
    given = {exact(value): whole(count) or 0 for value, count in counts.items()}
    present = [value for value, count in given.items() if value is not None and count]
    if not present:
        return low, high, n
    return min(present) / TOP, max(present) / TOP, sum(given.values())


def _parent(parent: Mapping[str, object], round_name: str, reading: Reading) -> ReadParent:
    label = str(parent.get("label"))
    for name in fields.surplus(parent, "parent"):
        kind = FindingKind.EXACT_N if name in fields.COUNTS else FindingKind.SURPLUS_FIELD
        reading.note(kind, f"the field '{name}' stands beside the parent", (label, None, round_name))
    cells: dict[str, tuple[Fraction, Fraction, Fraction]] = {}
    for question, cell in _optional_mapping(parent.get("cells")).items():
        if not isinstance(cell, Mapping):
            cell = {"low": cell, "middle": cell, "high": cell}  # a bare number: a mean
        _surplus_of(reading, cell, "parent cell", (label, question, round_name))
        low, middle, high = (exact(cell.get(name)) for name in ("low", "middle", "high"))
        if low is not None and high is not None:
            cells[question] = (low, (low + high) / 2 if middle is None else middle, high)
    path = tuple(str(part) for part in _sequence(parent.get("path")))
    return ReadParent(label, path, tuple(str(each) for each in _sequence(parent.get("members"))), cells)


def _band(value: object, where: tuple[str, str, str], reading: Reading) -> Interval | None:
    """A band; whatever else stands in its place is a finding, and a number there is a mean."""
    if isinstance(value, Mapping):
        _surplus_of(reading, value, "band", where)
        value = [value.get("low"), value.get("high")]
    ends = [exact(end) for end in _sequence(value)]
    if len(ends) == len(("low", "high")) and ends[0] is not None and ends[1] is not None:
        return half_open(ends[0], ends[1])
    if value is None:
        return None
    reading.note(FindingKind.SURPLUS_FIELD, f"{value} stands where a band should be", where)
    return rounded(value) if exact(value) is not None else None


def _grid(scale: Mapping[str, object]) -> int | None:
    """Steps from the lowest to the highest answer; None when every value between is possible."""
    low, high, step = (exact(scale.get(name)) for name in ("low", "high", "step"))
    if low is None or high is None or not step or high <= low:
        return None
    steps = round((high - low) / step)
    return steps if steps >= 1 and abs((high - low) / step - steps) < Fraction(1, 1000) else None


def _surplus(reading: Reading, name: str, where: tuple[str | None, str | None, str | None]) -> None:
    reading.note(FindingKind.SURPLUS_FIELD, f"the rule allows no field '{name}'", where)


def _surplus_of(
    reading: Reading, thing: Mapping[str, object], kind: str, where: tuple[str | None, str | None, str | None]
) -> None:
    for name in fields.surplus(thing, kind):
        _surplus(reading, name, where)


def _paths(value: object) -> Iterator[Path]:
    for unit in _sequence(value):
        yield (unit,) if isinstance(unit, str) else tuple(str(part) for part in _sequence(unit))


def _sequence(value: object) -> Sequence[object]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def _mappings(value: object) -> Iterable[Mapping[str, object]]:
    return (entry for entry in _sequence(value) if isinstance(entry, Mapping))


def _optional_mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
