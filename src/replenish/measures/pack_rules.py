"""The rules every pack keeps beyond the types of its fields, each broken rule named with its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import pairwise

from replenish.basis.errors import Problem, problem
from replenish.basis.faults import PackFault
from replenish.measures.pack_parts import Item, PackContent, Scale
from replenish.measures.self_harm import asks_about_self_harm

_ALWAYS_EXPLAINED = ("items", "reversal", "response", "scoring", "missing")


def broken_rules(pack: PackContent) -> list[Problem]:
    """Every rule the pack breaks; empty for a sound pack."""
    broken = [*_duplicates(pack), *_response_rules(pack), *_membership_rules(pack)]
    if broken:
        # Ranges, bands and norms have no meaning over items and answers that are themselves in doubt.
        return broken
    return [
        *_item_rules(pack),
        *_wording_rules(pack),
        *(fault for scale in pack.scales for fault in _scale_rules(pack, scale)),
        *_band_rules(pack),
        *_norm_rules(pack),
        *_provenance_rules(pack),
        *_self_harm_rules(pack),
    ]


def possible_range(pack: PackContent, scale: Scale) -> tuple[float, float]:
    """The lowest and highest score the items of a scale can give under its method."""
    if scale.method == "count":
        return 0.0, float(len(scale.items))
    items = [item for item in pack.items if item.code in scale.items]
    lows, highs = zip(*(_item_range(pack, item, scale) for item in items), strict=True)
    low, high = float(sum(lows)), float(sum(highs))
    return (low, high) if scale.method == "sum" else (low / len(items), high / len(items))


def _item_range(pack: PackContent, item: Item, scale: Scale) -> tuple[float, float]:
    values = [option.value for option in item.options if option.value is not None]
    if not values:
        return (0.0, 100.0) if scale.method == "mean0-100" else (pack.response.min, pack.response.max)
    if scale.method == "mean0-100" and item.reverse:
        return 100.0 - max(values), 100.0 - min(values)
    return min(values), max(values)


def _repeated(values: Iterable[object]) -> list[object]:
    return [value for value, times in Counter(values).items() if times > 1]


def _duplicates(pack: PackContent) -> Iterator[Problem]:
    for what, values in (
        ("item code", [item.code for item in pack.items]),
        ("item number", [item.number for item in pack.items]),
        ("scale code", [scale.code for scale in pack.scales]),
        ("topic of provenance", [part.topic for part in pack.provenance]),
        ("answer label", [label.value for label in pack.response.labels]),
    ):
        for value in _repeated(values):
            yield problem(PackFault.PACK_DUPLICATE, what=what, value=value)
    for item in pack.items:
        for code in _repeated(option.code for option in item.options):
            yield problem(PackFault.PACK_DUPLICATE, what=f"answer code of item '{item.code}'", value=code)
    for scale in pack.scales:
        for code in _repeated(scale.items):
            yield problem(PackFault.PACK_DUPLICATE, what=f"item of scale '{scale.code}'", value=code)


def _response_rules(pack: PackContent) -> Iterator[Problem]:
    response = pack.response
    if response.min >= response.max:
        yield problem(
            PackFault.PACK_RESPONSE,
            detail=f"its lowest answer {response.min:g} is not below its highest {response.max:g}",
        )
    elif response.step is not None and ((response.max - response.min) / response.step) % 1 != 0:
        yield problem(
            PackFault.PACK_RESPONSE,
            detail=f"steps of {response.step:g} from {response.min:g} never reach {response.max:g}",
        )
    for label in response.labels:
        if not response.min <= label.value <= response.max:
            yield problem(
                PackFault.PACK_RESPONSE,
                detail=f"the label '{label.text}' stands outside the answers, at {label.value:g}",
            )
    for code in response.not_applicable:
        if response.min <= code <= response.max:
            yield problem(PackFault.PACK_NOT_APPLICABLE_IS_AN_ANSWER, value=f"{code:g}")


def _membership_rules(pack: PackContent) -> Iterator[Problem]:
    codes = set(pack.item_codes)
    scales = {scale.code for scale in pack.scales}
    for scale in pack.scales:
        for code in scale.items:
            if code not in codes:
                yield problem(PackFault.PACK_UNKNOWN_ITEM, scale=scale.code, item=code)
    for what, named in (("band", pack.bands), ("norm", pack.norms), ("reliability", pack.reliability)):
        for entry in named:
            if entry.scale not in scales:
                yield problem(PackFault.PACK_UNKNOWN_SCALE, what=what, scale=entry.scale)


def _item_rules(pack: PackContent) -> Iterator[Problem]:
    if [item.number for item in pack.items] != list(range(1, len(pack.items) + 1)):
        yield problem(PackFault.PACK_NUMBERING, count=len(pack.items))
    for item in pack.items:
        scored = bool(pack.scales_of(item.code))
        if scored == (item.unscored is not None):
            detail = (
                "is in a scale and also says why it is not"
                if scored
                else "is in no scale and does not say why"
            )
            yield problem(PackFault.PACK_ITEM, item=item.code, detail=detail)
        yield from _option_rules(pack, item)


def _option_rules(pack: PackContent, item: Item) -> Iterator[Problem]:
    if not item.options:
        return
    if any(option.code in pack.response.not_applicable for option in item.options):
        yield problem(
            PackFault.PACK_ITEM, item=item.code, detail="uses the code for 'does not apply' as an answer"
        )
    methods = {scale.method for scale in pack.scales_of(item.code)}
    values = [option.value for option in item.options if option.value is not None]
    if item.unscored:
        if values:
            yield problem(
                PackFault.PACK_ITEM, item=item.code, detail="is not scored, yet its answers have values"
            )
    elif not values:
        yield problem(PackFault.PACK_ITEM, item=item.code, detail="has no answer with a value")
    elif "mean0-100" in methods and not 0 <= min(values) <= max(values) <= 100:
        yield problem(
            PackFault.PACK_ITEM, item=item.code, detail="has an answer whose value is not from 0 to 100"
        )
    if "mean0-100" in methods and len(methods) > 1:
        yield problem(
            PackFault.PACK_ITEM,
            item=item.code,
            detail="is in scales of 0 to 100 and in others; give it to one kind",
        )
    if item.reverse and methods - {"mean0-100"}:
        detail = "has its own answers and is reversed; give the answers the values you mean instead"
        yield problem(PackFault.PACK_ITEM, item=item.code, detail=detail)


def _wording_rules(pack: PackContent) -> Iterator[Problem]:
    worded = [item for item in pack.items if item.text]
    if worded and not pack.licence.wording_included:
        yield problem(PackFault.PACK_WORDING_UNDECLARED, item=worded[0].code)
    if pack.licence.wording_included:
        if pack.licence.wording_may_ship not in ("allowed", "allowed with conditions"):
            yield problem(PackFault.PACK_WORDING_NOT_ALLOWED, owner=pack.licence.owner)
        for item in pack.items:
            if not item.text:
                yield problem(
                    PackFault.PACK_ITEM, item=item.code, detail="has no text in a pack that includes wording"
                )


def _scale_rules(pack: PackContent, scale: Scale) -> Iterator[Problem]:
    claimed, possible = (scale.range.low, scale.range.high), possible_range(pack, scale)
    if max(abs(a - b) for a, b in zip(claimed, possible, strict=True)) > 1e-9:
        yield problem(
            PackFault.PACK_RANGE,
            scale=scale.code,
            claimed=f"{claimed[0]:g} to {claimed[1]:g}",
            possible=f"{possible[0]:g} to {possible[1]:g}",
        )
    rule = scale.missing
    entries = [entry for entry in (rule.min_answered, rule.max_missing, rule.proportion) if entry is not None]
    if len(entries) > 1:
        yield problem(PackFault.PACK_MISSING_RULE, scale=scale.code, detail="names more than one rule")
    elif not 1 <= scale.needed <= len(scale.items):
        detail = f"needs {scale.needed} of {len(scale.items)} items"
        yield problem(PackFault.PACK_MISSING_RULE, scale=scale.code, detail=detail)
    if (scale.method == "count") != (scale.count_from is not None):
        yield problem(PackFault.PACK_COUNT, scale=scale.code)
    if scale.method == "count" and scale.needed < len(scale.items):
        yield problem(
            PackFault.PACK_MISSING_RULE, scale=scale.code, detail="is a count, which needs every item"
        )
    if scale.method in ("sum", "count") and _may_not_apply(pack, scale):
        yield problem(PackFault.PACK_NOT_APPLICABLE_IN_A_SUM, scale=scale.code)
    if scale.method == "count" and any(item.options for item in pack.items if item.code in scale.items):
        yield problem(PackFault.PACK_COUNT, scale=scale.code)


def _may_not_apply(pack: PackContent, scale: Scale) -> bool:
    items = (item for item in pack.items if item.code in scale.items)
    return bool(pack.response.not_applicable) or any(
        option.value is None for item in items for option in item.options
    )


def _band_rules(pack: PackContent) -> Iterator[Problem]:
    for scale in pack.scales:
        bands = sorted((b for b in pack.bands if b.scale == scale.code), key=lambda band: band.low)
        for band in bands:
            if not scale.range.low <= band.low <= band.high <= scale.range.high:
                yield problem(
                    PackFault.PACK_BAND,
                    scale=scale.code,
                    label=band.label,
                    detail="leaves the range of the scale",
                )
        for lower, upper in pairwise(bands):
            if upper.low <= lower.high:
                detail = f"overlaps '{lower.label}', so some scores have two names"
                yield problem(PackFault.PACK_BAND, scale=scale.code, label=upper.label, detail=detail)


def _norm_rules(pack: PackContent) -> Iterator[Problem]:
    ranges = {scale.code: scale.range for scale in pack.scales}
    for norm in pack.norms:
        allowed = ranges[norm.scale]
        half_width = (allowed.high - allowed.low) / 2
        # No spread on a bounded scale is wider than answers split between its two ends.
        if not allowed.low <= norm.mean <= allowed.high or norm.sd > half_width * 1.1:
            yield problem(PackFault.PACK_NORM, scale=norm.scale, population=norm.population)


def _provenance_rules(pack: PackContent) -> Iterator[Problem]:
    topics = {part.topic for part in pack.provenance}
    needed = [*_ALWAYS_EXPLAINED]
    if pack.frame:
        needed.append("frame")
    if any(item.options for item in pack.items):
        needed.append("options")
    for topic in needed:
        if topic not in topics:
            yield problem(PackFault.PACK_PROVENANCE, topic=topic)


def _self_harm_rules(pack: PackContent) -> Iterator[Problem]:
    for item in pack.items:
        if asks_about_self_harm(
            item.code, item.text, item.gloss, item.why, instrument=(pack.id, pack.title), number=item.number
        ):
            yield problem(PackFault.PACK_SELF_HARM, item=item.code)
