"""Refusals of the parts from which words for a person are put together, and of the facts for a case."""

from __future__ import annotations

from replenish.basis.errors import Fault


class WordsFault(Fault):
    """Why texts cannot be put together from a file."""

    PARTS = (
        "words.parts",
        "the parts of sentences cannot be used ({reason}); mend the entry that is named",
    )
    FACTS = (
        "words.facts",
        (
            "the facts for making a case cannot be used ({reason}); mend the entry, or remove the file to "
            "use the facts that are shipped"
        ),
    )
