"""Where the code on a slip leads.

A camera opens this page from outside, so the browser does not send the card along. The step from here to
the carer's own pages is a step within the site, and does. The code itself stands in the fragment of the
address, which no server receives.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def slip_landing(request: HttpRequest) -> HttpResponse:
    """One link onwards; with script the code goes along, without it the code is typed on the next page."""
    return render(request, "public/slip_landing.html")
