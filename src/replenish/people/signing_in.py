"""How a session finds its login again; nothing is tried here, each way of signing in checks itself."""

from __future__ import annotations

from django.contrib.auth.backends import BaseBackend

from replenish.people.models import Login


class ByLogin(BaseBackend):
    """Finds the login that a session names."""

    def get_user(self, user_id: str) -> Login | None:
        """The login; None where it is gone."""
        return Login.objects.filter(pk=user_id).first()
