"""Letters to named people about what waits for them: chosen by themselves, for themselves, or not at all."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults import PeopleFault
from replenish.basis.faults.telling import TellingFault
from replenish.people import rules
from replenish.people.askers import Asker
from replenish.people.models import Account, Notices, Rhythm


def choose_notices(*, asker: Asker, rhythm: Rhythm | None, language: str) -> None:
    """Want letters from tomorrow on, or none any more.

    Raises:
        Refused: there is no proven address to send them to.
    """
    with transaction.atomic():
        if asker.account is None or not rules.is_living(asker.account, organisation=asker.organisation):
            refuse(PeopleFault.ACCOUNT_UNKNOWN, account=asker.actor)
        if rhythm is None:
            Notices.objects.filter(account=asker.account).delete()
            return
        if not Account.objects.filter(pk=asker.account, login__email__isnull=False).exists():
            refuse(TellingFault.NOTICES_WITHOUT_EMAIL)
        chosen = {"rhythm": rhythm, "language": language}
        Notices.objects.update_or_create(
            account_id=asker.account,
            defaults=chosen,
            create_defaults={**chosen, "told_until": clock.today()},
        )


def told(*, asker: Asker, until: date) -> None:
    """They know what there was until this day."""
    Notices.objects.filter(account=asker.account, told_until__lt=until).update(told_until=until)
