"""One report with everything in it, built and drawn once for all tests of this folder."""

from __future__ import annotations

import pytest
from tests.report.report_material import full_report

from replenish.report import Report, draw_html, draw_pdf


@pytest.fixture(scope="session")
def whole() -> Report:
    """The report with bands, merged groups, parents and model results."""
    return full_report()


@pytest.fixture(scope="session")
def page(whole: Report) -> str:
    """Its page."""
    return draw_html(whole)


@pytest.fixture(scope="session")
def paper(whole: Report) -> bytes:
    """Its PDF."""
    return draw_pdf(whole)
