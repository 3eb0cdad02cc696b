"""What every text for a tired person must keep: short sentences, words that judge nobody, a way on."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import mean

import yaml
from django.urls import reverse

LONGEST, MEAN = 25, 14
FORBIDDEN = {
    "judges": r"\b(risks?|risky|failing|failures?|resilien\w*|weak(?!ness)\w*|cope better|toughen\w*)\b",
    "judges (weakness is named only to say that it is none)": r"(?<!not )(?<!no )\bweakness",
    "rewards enduring": r"\b(streaks?|badges?|well done|heroes|hero|heroic|congratulations|keep it up)\b",
    "promises too much": r"\b(anonymous\w*|guarantee\w*|proven|cures?|always works)\b|100 ?%",
    "diagnoses": r"\b(symptoms?|disorders?|patholog\w*|you suffer from|sufferers?|burn-?out syndrome)\b",
    "shouts": r"!",
    "orders": r"\b(you must|you should|you have to|just relax|stay positive|cheer up)\b",
    "scolds for silence": r"\b(you missed|missed weeks?|you forgot)\b",
}
# What stands after these words frees rather than orders.
FREEING = r"\b(?:need not|do not have to|nobody has to)\b"
BRAND = r"\bCALM\b"


def split(path: Path) -> tuple[dict[str, object], str]:
    """The head and the body of a text."""
    _, head, body = path.read_text("utf-8").split("---\n", 2)
    facts = yaml.safe_load(head)
    assert isinstance(facts, dict)
    return facts, body


def spoken(markdown: str) -> str:
    """A text as it is read aloud: no marks, and each line of a list, heading or cell ends its sentence."""
    words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    words = re.sub(r"^\|[-| ]+\|$", "", words, flags=re.MULTILINE)
    lines = []
    for block in re.split(r"\n\s*\n|\n(?=[-#|]|\d+\. )", words):
        plain = re.sub(r"^(#+|-|\d+\.|\*\*\*)\s*", "", block.strip()).replace("**", "")
        lines += [cell.strip() for cell in plain.split("|")] if plain.startswith("|") else [plain]
    return "\n".join(" ".join(line.split()) for line in lines if line)


def sentences(markdown: str) -> list[str]:
    """The sentences of a text; a quoted one inside another is counted by itself."""
    found = re.split(r"(?<=[.?:])[\"”]?\s+(?=[\"“A-Z0-9])|\n", spoken(markdown))
    return [one for one in found if re.search(r"[A-Za-z]", one)]


def words_in(sentence: str) -> int:
    """How many words a sentence has."""
    return len(re.findall(r"[A-Za-z0-9’'-]+", sentence))


def too_long(markdown: str) -> list[str]:
    """Sentences with more words than a tired person can hold, and the mean where it is too high."""
    found = sentences(markdown)
    long = [one for one in found if words_in(one) > LONGEST]
    average = mean(words_in(one) for one in found)
    return [*long, *([f"on average {average:.1f} words"] if average > MEAN else [])]


def forbidden_in(text: str) -> list[str]:
    """Words that these pages never use, with what is wrong with each."""
    plain = re.sub(FREEING, "", spoken(text), flags=re.IGNORECASE)
    found = [
        f"{why}: {hit.group()}"
        for why, pattern in FORBIDDEN.items()
        for hit in re.finditer(pattern, plain, flags=re.IGNORECASE)
    ]
    return [*found, *(f"a brand: {hit}" for hit in re.findall(BRAND, text))]


def links(markdown: str) -> list[str]:
    """Where its links lead: addresses, found from the names of pages."""
    found = []
    for target in re.findall(r"\]\(page:([^)]+)\)", markdown):
        name, _, argument = target.partition("/")
        found.append(reverse(name, args=[argument] if argument else []))
    return found
