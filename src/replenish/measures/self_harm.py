"""Questions about suicide and self-harm are refused: nobody here could read an answer in time to help.

Asking such a question promises that somebody will act on the answer. Answers in this software are read
by nobody as they come in, and in groups by design, so the promise would be false.
"""

from __future__ import annotations

import re

_SELF = r"(?:my|your|him|her|them|our|one)(?:self|selves)"
_PHRASES = (
    r"suicid",
    r"suizid",
    r"selbstm(?:o|ö)rd",
    r"selbstt(?:ö|oe)tung",
    r"selbstverletz",
    r"zelfmoord",
    r"zelfdoding",
    r"autol[ye]s",
    r"self[\s_.-]*(?:harm|injur|mutilat)",
    rf"(?:hurt|harm|injur|kill|cut)(?:ing|e|ed)?\s+{_SELF}\b",
    r"better\s+(?:off\s+)?dead",
    r"(?:wish|want)\w*\s+(?:i|you|we|to)\s+(?:was|were|be)\s+dead",
    r"lieber\s+tot",
    r"\bleid\s+zu(?:zu)?f(?:ü|ue)gen",
    r"\bend(?:ing|ed)?\s+(?:my|your|their|his|her|it)\s+(?:own\s+)?(?:life|all)\b",
    r"\btak(?:e|ing)\s+(?:my|your|their|his|her)\s+own\s+li(?:fe|ves)\b",
    r"mieux\s+mort",
    r"faire\s+du\s+mal\s+(?:à\s+)?(?:vous|soi|moi)",
    r"mejor\s+muert",
    r"quitar(?:me|se)\s+la\s+vida",
    r"44260-8",  # the LOINC code of item 9 of the PHQ-9
)
_ASKS = re.compile("|".join(f"(?:{phrase})" for phrase in _PHRASES), re.IGNORECASE)

_KNOWN_ITEMS = {
    # Instruments whose item is known by its number, for keys that carry no wording.
    "phq9": 9,
    "patienthealthquestionnaire9": 9,
    "bdi": 9,
    "bdiii": 9,
    "beckdepressioninventory": 9,
    "epds": 10,
    "edinburghpostnataldepressionscale": 10,
    "madrs": 10,
    "hamd": 3,
    "hdrs": 3,
    "qidssr": 12,
}


def asks_about_self_harm(
    *texts: str | None, instrument: tuple[str, ...] = (), number: int | None = None
) -> bool:
    """Whether a question asks about suicide or self-harm.

    Args:
        texts: wording, gloss, code or terminology code of the question.
        instrument: names of the instrument (id, title), to recognise an item by its number alone.
        number: the number of the item, 1 for the first.
    """
    if any(text is not None and _ASKS.search(text) for text in texts):
        return True
    names = (re.sub(r"[^a-z0-9]", "", name.lower()) for name in instrument)
    return number is not None and any(_KNOWN_ITEMS.get(name) == number for name in names)
