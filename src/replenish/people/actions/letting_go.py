"""How an account comes away from the sign-in that opened it."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import connection

from replenish.people.models import Account, Login, Notices, OutsideName, RecoveryCode, Session


def let_go(account: Account) -> None:
    """The account is opened by its printed code alone; a login that opens nothing else is gone with it."""
    login, account.login = account.login_id, None
    account.save(update_fields=["login"])
    # Whoever opens the account next has chosen no letters.
    Notices.objects.filter(account=account).delete()
    if login is not None and not Account.objects.filter(login=login).exists():
        _forget(login)


def _forget(login: str) -> None:
    """The login and all that opens it.

    Django would also look into tables of the library of accounts, which are not made here. Should a row
    elsewhere still hang on the login, the database refuses.
    """
    for rows in (RecoveryCode, OutsideName, Session):
        rows.objects.filter(login=login).delete()
    Authenticator.objects.filter(user=login).delete()
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {Login._meta.db_table} WHERE id = %s", [login])  # noqa: S608, SLF001 - our own name
