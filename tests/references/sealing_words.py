"""Check the words of key cards against SCOWL: python tests/references/sealing_words.py FOLDER.

FOLDER holds the lists of SCOWL, such as /usr/share/dict/scowl from Debian's package `scowl`. With a list of
words to strike as second argument, the candidates that the rules leave are printed instead, best known first;
the list was chosen among these by hand.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

LIST = Path(__file__).resolve().parents[2] / "src" / "replenish" / "sealing" / "words.txt"
LEVELS = (10, 20, 35)
ENDINGS = {
    "s": "",
    "es": "",
    "ies": "y",
    "ed": "",
    "d": "",
    "ied": "y",
    "ing": "",
    "er": "",
    "est": "",
    "ly": "",
}


def levels(folder: Path) -> dict[str, int]:
    """Each word of the lists with its level: 10 the best known."""
    known: dict[str, int] = {}
    for level in LEVELS:
        for word in (folder / f"english-words.{level}").read_text(encoding="latin-1").split():
            known.setdefault(word, level)
    return known


def one_slip_apart(left: str, right: str) -> bool:
    """Whether one letter is wrong, missing or added, or two neighbours are swapped."""
    if len(left) == len(right):
        wrong = [at for at in range(len(left)) if left[at] != right[at]]
        swapped = len(wrong) == 2 and wrong[1] == wrong[0] + 1
        return len(wrong) == 1 or (
            swapped and left[wrong[0]] == right[wrong[1]] and left[wrong[1]] == right[wrong[0]]
        )
    short, long = sorted((left, right), key=len)
    return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def candidates(known: dict[str, int], struck: set[str]) -> list[str]:
    """What the rules leave, best known first, then the words nearest to five or six letters."""
    taken: list[str] = []
    begun: set[str] = set()
    fit = [word for word in known if re.fullmatch("[a-z]{4,8}", word) and word not in struck]
    for word in sorted(fit, key=lambda word: (known[word], abs(len(word) - 5.4), word)):
        stems = {
            word.removesuffix(ending) + stem for ending, stem in ENDINGS.items() if word.endswith(ending)
        }
        if word[:4] in begun or stems & known.keys() or any(one_slip_apart(word, other) for other in taken):
            continue
        taken.append(word)
        begun.add(word[:4])
    return taken


def main() -> int:
    """Check, or print candidates."""
    known = levels(Path(sys.argv[1]))
    if len(sys.argv) > 2:
        print("\n".join(candidates(known, set(Path(sys.argv[2]).read_text(encoding="utf-8").split()))))
        return 0
    words = LIST.read_text(encoding="ascii").split()
    pairs = ((left, right) for at, left in enumerate(words) for right in words[at + 1 :])
    broken = [word for word in words if word not in known or not re.fullmatch("[a-z]{4,8}", word)]
    broken += [
        f"{left} {right}" for left, right in pairs if left[:4] == right[:4] or one_slip_apart(left, right)
    ]
    print(f"{len(words)} words, {len(set(words))} different, broken rules: {broken}")
    print({level: sum(known.get(word) == level for word in words) for level in LEVELS})
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
