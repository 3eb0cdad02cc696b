"""How an account comes away from the sign-in that opened it."""

from __future__ import annotations

from replenish.people.models import Account, Login


def let_go(account: Account) -> None:
    """The account is opened by its printed code alone; a login that opens nothing else is gone with it."""
    login, account.login = account.login_id, None
    account.save(update_fields=["login"])
    if login is not None and not Account.objects.filter(login=login).exists():
        Login.objects.filter(pk=login).delete()
