"""What must hold before the first page is served; a server that would be unsafe does not start."""

from __future__ import annotations

from django.conf import settings

from replenish.basis.errors import refuse
from replenish.basis.faults import WebFault
from replenish.people.presets import every_preset
from replenish.web.carer.words.facts import facts
from replenish.web.public.help_lines import directory


def require_fit_to_serve() -> None:
    """Refuse to serve where pages would leak, lose what people send, or have no way to help.

    Raises:
        Refused: debugging is on; there is no lasting key for forms; the directory of help, the facts of a
            case, or the words and rhythms of a kind of place, cannot be used.
    """
    if settings.DEBUG:
        refuse(WebFault.DEBUGGING)
    if not (settings.REPLENISH_KEYS / "forms.key").is_file():
        refuse(WebFault.FORMS_KEY_MISSING)
    directory()
    facts()
    every_preset()
