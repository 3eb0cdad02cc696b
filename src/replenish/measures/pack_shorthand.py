"""The short forms a pack file may use, spelt out before the pack is built.

A key of thirty numbered items is read and checked more easily as
`items: {count: 30, code: "proqol{number}"}`, `reverse: [1, 4]` and `items: "1-6, 9"` than as thirty records.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from replenish.basis.errors import refuse
from replenish.basis.faults import PackFault

_RUN = re.compile(r"^\s*(\d+)\s*-\s*(\d+)\s*$")
_MOST_ITEMS = 2000


def spelt_out(plain: Mapping[str, object]) -> dict[str, object]:
    """A pack as plain data with every short form replaced by the records it stands for.

    Raises:
        Refused: a short form names an item that is not in the pack, or cannot be read.
    """
    pack = dict(plain)
    items = pack.get("items")
    if isinstance(items, Mapping):
        pack["items"] = items = _numbered_items(items)
    if not isinstance(items, list) or not all(isinstance(item, Mapping) for item in items):
        refuse(
            PackFault.PACK_FIELD, field="items", complaint="must be a list of items, or a count and a code"
        )
    codes = {number: item.get("code") for item in items if isinstance(number := item.get("number"), int)}
    pack["items"] = _reversed_items(items, pack.pop("reverse", []), codes)
    scales = pack.get("scales")
    if isinstance(scales, list):
        pack["scales"] = [_spelt_out_scale(scale, codes) for scale in scales]
    response = pack.get("response")
    if isinstance(response, Mapping) and isinstance(response.get("labels"), Mapping):
        labels = [{"value": value, "text": text} for value, text in response["labels"].items()]
        pack["response"] = {**response, "labels": labels}
    return pack


def _numbered_items(short: Mapping[str, object]) -> list[dict[str, object]]:
    count, code = short.get("count"), short.get("code")
    if set(short) != {"count", "code"} or not isinstance(count, int) or not isinstance(code, str):
        refuse(
            PackFault.PACK_FIELD, field="items", complaint="in its short form has a count and a code, no more"
        )
    if not 1 <= count <= _MOST_ITEMS or "{number}" not in code:
        refuse(
            PackFault.PACK_FIELD,
            field="items",
            complaint="needs a count from 1 to 2000 and a code holding {number}",
        )
    return [{"number": n, "code": code.replace("{number}", str(n))} for n in range(1, count + 1)]


def _reversed_items(
    items: list[Mapping[str, object]], reverse: object, codes: Mapping[int, object]
) -> list[dict[str, object]]:
    if not isinstance(reverse, list) or not all(isinstance(name, int | str) for name in reverse):
        refuse(PackFault.PACK_FIELD, field="reverse", complaint="must be a list of item numbers or codes")
    known = [item.get("code") for item in items]
    chosen = set()
    for name in reverse:
        code = codes.get(name, name)
        if not isinstance(code, str) or code not in known:
            refuse(PackFault.PACK_REVERSAL_UNKNOWN, item=name)
        if code in chosen:
            refuse(PackFault.PACK_DUPLICATE, what="reversed item", value=name)
        chosen.add(code)
    return [{**item, "reverse": True} if item.get("code") in chosen else dict(item) for item in items]


def _spelt_out_scale(scale: object, codes: Mapping[int, object]) -> object:
    if not isinstance(scale, Mapping):
        return scale
    full = dict(scale)
    if full.get("missing") == "all needed":
        full["missing"] = {}
    items = full.get("items")
    names = _numbers(items) if isinstance(items, str) else items
    if isinstance(names, list):
        full["items"] = [_code_of(name, codes, str(scale.get("code"))) for name in names]
    return full


def _code_of(name: object, codes: Mapping[int, object], scale: str) -> object:
    if isinstance(name, int) and name not in codes:
        refuse(PackFault.PACK_UNKNOWN_ITEM, scale=scale, item=name)
    return codes[name] if isinstance(name, int) else name


def _numbers(text: str) -> list[object]:
    """The numbers of "1-6, 9"; anything that is not a number stays as it is, a code."""
    numbers: list[object] = []
    for part in text.split(","):
        run = _RUN.match(part)
        if run is None:
            numbers.append(int(part) if part.strip().isdecimal() else part.strip())
            continue
        first, last = int(run[1]), int(run[2])
        if not 1 <= last - first + 1 <= _MOST_ITEMS:
            refuse(
                PackFault.PACK_FIELD,
                field="items",
                complaint=f"has a run that goes nowhere: '{part.strip()}'",
            )
        numbers.extend(range(first, last + 1))
    return numbers
