"""Browsers that are signed in: kept as a digest, ended after a while without a sign of life."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.contrib.auth import SESSION_KEY as LOGIN
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import DatabaseError, transaction

from replenish.basis import clock
from replenish.people.models import Session

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
# Each page would otherwise be a write; a minute is near enough for half an hour.
NEAR_ENOUGH = timedelta(minutes=1)


class SessionStore(SessionBase):
    """Django's sessions over the table of this room."""

    cache_key_prefix: ClassVar[str] = ""
    _row: Session | None = None

    def exists(self, session_key: str) -> bool:
        """Whether the name is taken."""
        return Session.objects.filter(pk=digest(session_key)).exists()

    def create(self) -> None:
        """Begin under a new name."""
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def load(self) -> dict[str, Any]:
        """What is kept; nothing where it has ended."""
        found = Session.objects.filter(pk=digest(self.session_key or ""), ends_at__gt=clock.now()).first()
        self._row = found
        if found is None:
            self._session_key = None
            return {}
        kept: dict[str, Any] = self.decode(found.content)
        return kept

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's signature
        """Keep it.

        Raises:
            CreateError: the name is taken.
            UpdateError: it was ended meanwhile, from another browser.
        """
        if self.session_key is None:
            self.create()
            return
        content = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        begun = self._row.begun_at if self._row and not must_create else clock.now()
        row = Session(
            id=digest(self.session_key),
            login_id=content.get(LOGIN),
            content=self.encode(content),
            begun_at=begun,
            ends_at=_end(begun),
        )
        try:
            with transaction.atomic():
                row.save(force_insert=must_create, force_update=not must_create)
        except DatabaseError as error:
            raise CreateError if must_create else UpdateError from error
        self._row = row

    def delete(self, session_key: str | None = None) -> None:
        """End it."""
        named = session_key or self.session_key
        if named is not None:
            Session.objects.filter(pk=digest(named)).delete()

    def seen(self) -> None:
        """A sign of life: the half hour begins anew, noted once a minute at most."""
        row = self._row
        if row is None or _end(row.begun_at) - row.ends_at < NEAR_ENOUGH:
            return
        row.ends_at = _end(row.begun_at)
        Session.objects.filter(pk=row.pk).update(ends_at=row.ends_at)

    @classmethod
    def clear_expired(cls) -> None:
        """Forget those that have ended."""
        Session.objects.filter(ends_at__lte=clock.now()).delete()


def digest(name: str) -> str:
    """How a name that a browser holds stands in the table; it has 190 random bits, so once is enough."""
    return hashlib.sha256(name.encode()).hexdigest()


def _end(begun: datetime) -> datetime:
    return min(clock.now() + IDLE, begun + LONGEST)
