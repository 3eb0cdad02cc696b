"""The ledger of the organisation, a page at a time, newest first.

It says what administrators did, so it is open to the operator and to both keys: each can hold it against
what they remember. The running numbers are those of the whole installation, and moments would show when
people work: neither stands on the page.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from replenish.ledger.queries import head, newest
from replenish.people.askers import Asker
from replenish.people.roles import KEY_HOLDERS, RoleKind
from replenish.web.staff.door import staff_page
from replenish.web.staff.drawn import drawn
from replenish.web.staff.upkeep.said import Teller

READS_LEDGER = (RoleKind.OPERATOR, *KEY_HOLDERS)
ON_A_PAGE = 50
MOST_PAGES = 10_000


@staff_page(*READS_LEDGER)
@require_safe
def ledger(request: HttpRequest, asker: Asker) -> HttpResponse:
    """What was done, by whom and on which day."""
    page = _page(request.GET.get("page", "1"))
    found = newest(asker.organisation, passed_over=(page - 1) * ON_A_PAGE, limit=ON_A_PAGE + 1)
    tell = Teller(asker.organisation)
    last = head()
    shown = {
        "entries": [tell.told(one) for one in found[:ON_A_PAGE]],
        "page": page,
        "newer": page - 1,
        "older": page + 1 if len(found) > ON_A_PAGE else None,
        "head": last[1] if last else "",
    }
    return drawn(request, "staff/upkeep/ledger.html", shown)


def _page(typed: str) -> int:
    if typed.isascii() and typed.isdecimal() and 1 <= len(typed) <= 5:
        return min(max(int(typed), 1), MOST_PAGES)
    return 1
