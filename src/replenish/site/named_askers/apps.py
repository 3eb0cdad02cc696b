"""The libraries of signing in, without what they would write unasked.

Permissions, groups and kinds of content are rows that Django writes after each migration; who may do what
stands in `people.rules` alone. Their tables, and those in which the library of accounts keeps addresses,
are not made at all.
"""

from __future__ import annotations

from allauth.account.apps import AccountConfig
from django.contrib.auth.apps import AuthConfig
from django.contrib.contenttypes.apps import ContentTypesConfig


class Auth(AuthConfig):
    """Django's tools for signing in, without permissions and without a time of the last visit."""

    def ready(self) -> None:
        """Nothing is written after a migration."""


class ContentTypes(ContentTypesConfig):
    """Needed by name; nothing asks for a kind of content."""

    def ready(self) -> None:
        """Nothing is written after a migration."""


class Accounts(AccountConfig):  # type: ignore[misc]
    """The library of accounts; its middleware runs below the staff pages alone, where it does not look."""

    def ready(self) -> None:
        """Nothing is required of the list of middlewares."""
