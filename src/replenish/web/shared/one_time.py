"""The key that a form carries, so that sending it again does nothing twice.

A line can break after the server took a form in and before its answer came back. Whoever sends the form again
then sends the same key: what was made under it is there already, and is answered as if it were made now.
"""

from __future__ import annotations

import re
import secrets

from django.http import HttpRequest

ONCE = "once"
_BYTES = 16
_KEY = re.compile(r"[0-9a-f]{32}")


def key_of_form(request: HttpRequest) -> str:
    """The key for a page with a form: the one that was sent with it, otherwise a new one."""
    return key_sent(request) or secrets.token_hex(_BYTES)


def key_sent(request: HttpRequest) -> str:
    """The key that came with a form; empty where none did."""
    sent = request.POST.get(ONCE, "")
    return sent if _KEY.fullmatch(sent) else ""
