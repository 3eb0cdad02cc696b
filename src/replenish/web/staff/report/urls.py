"""Addresses of the pages about the conditions report, as those with a part read it.

A part and a picture are chosen by a short code behind the question mark, which names neither.
"""

from __future__ import annotations

from django.urls import URLPattern, path

from replenish.web.staff.report import files, pages

urlpatterns: list[URLPattern] = [
    path("", pages.report, name="staff-report"),
    path("page/", pages.one_sheet, name="staff-report-page"),
    path("pictures/", pages.pictures, name="staff-report-pictures"),
    path("report.csv", files.report_csv, name="staff-report-csv"),
    path("report.pdf", files.report_pdf, name="staff-report-pdf"),
    path("page.pdf", files.page_pdf, name="staff-report-page-pdf"),
    path("picture.svg", files.picture_svg, name="staff-report-picture-svg"),
    path("picture.png", files.picture_png, name="staff-report-picture-png"),
    path("pictures.zip", files.pictures_zip, name="staff-report-pictures-zip"),
]
