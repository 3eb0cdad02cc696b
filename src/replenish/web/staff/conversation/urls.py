"""Addresses of the pages about the conversation of a small team."""

from __future__ import annotations

from django.urls import path

from replenish.web.staff.conversation.page import conversation

urlpatterns = [path("", conversation, name="staff-conversation")]
