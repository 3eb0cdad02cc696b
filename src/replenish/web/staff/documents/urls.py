"""Addresses of the pages with drafts of assessments."""

from __future__ import annotations

from django.urls import URLPattern, path

from replenish.web.staff.documents import files, pages

urlpatterns: list[URLPattern] = [
    path("", pages.documents, name="staff-documents"),
    path("psychosocial.odt", files.psychosocial_odt, name="staff-documents-psychosocial-odt"),
    path("psychosocial.pdf", files.psychosocial_pdf, name="staff-documents-psychosocial-pdf"),
    path("data-protection.odt", files.data_protection_odt, name="staff-documents-data-protection-odt"),
    path("data-protection.pdf", files.data_protection_pdf, name="staff-documents-data-protection-pdf"),
]
