"""Names of people in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _


def names_listed(names: Sequence[str]) -> str:
    """The names with commas, and with a word before the last one; empty for none."""
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}
