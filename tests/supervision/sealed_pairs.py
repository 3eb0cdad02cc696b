"""People who meet for supervision: a supervisor, those they supervise, and what they agreed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from tests.web.staff_world import Person, StaffWorld

from replenish.basis import clock
from replenish.people.actions import appoint
from replenish.people.askers import Asker
from replenish.people.record_keys import make_key, opened_key
from replenish.people.roles import RoleKind
from replenish.sealing.record_key import RecordKey, RecordSecret
from replenish.supervision.agreements import Proposed, agree, propose
from replenish.supervision.models import Agreement, AgreementKind, Meeting
from replenish.supervision.points import points
from replenish.supervision.wording import Answer, Wording


def wording(**changes: Any) -> Wording:  # noqa: ANN401 - the fields of a wording
    """Terms that can be as they are, with some of them changed."""
    said = Wording(
        rhythm="",
        weeks=4,
        minutes=60,
        reflective_share=50,
        review_on=clock.today() + timedelta(days=300),
        functions=("formative", "restorative"),
        answers={point.code: Answer(point.choices[0].code) for point in points().points},
    )
    return replace(said, **changes)


@dataclass(frozen=True)
class Pair:
    """A supervisor and somebody they supervise, in one organisation, and their phrases."""

    world: StaffWorld
    supervisor: Asker
    ana: Asker
    phrases: dict[str, RecordSecret]

    def key(self, asker: Asker) -> RecordKey:
        """The open key of one of them."""
        return opened_key(asker, self.phrases[asker.account or ""])

    def with_key(self, asker: Asker) -> RecordKey:
        """A key for somebody, made and open."""
        secret = self.phrases[asker.account or ""] = RecordSecret.new()
        make_key(asker=asker, secret=secret)
        return self.key(asker)


def employee(world: StaffWorld, name: str, role: RoleKind = RoleKind.FACILITATOR) -> tuple[Asker, Person]:
    """Somebody more with an account."""
    made = appoint(asker=world.operator, name=name, role=role.value)
    assert made.code is not None
    return Asker(world.organisation, made.account), Person(made.account, made.code)


def begin_pair(world: StaffWorld, *, keys: bool = True) -> Pair:
    """A supervisor and Ana, each with a key unless told otherwise."""
    ana, _person = employee(world, "Ana Brook")
    pair = Pair(world, world.asker(RoleKind.SUPERVISOR), ana, {})
    if keys:
        pair.with_key(pair.supervisor)
        pair.with_key(ana)
    return pair


def proposed(pair: Pair, **changes: Any) -> Proposed:  # noqa: ANN401 - the fields of a proposal
    """Ana's supervision by the supervisor, with some of it changed."""
    said = Proposed(
        kind=AgreementKind.INDIVIDUAL,
        unit=pair.world.unit,
        supervisor=pair.supervisor.account or "",
        external="",
        others=(pair.ana.account or "",),
        wording=wording(),
    )
    return replace(said, **changes)


def agreed(pair: Pair, **changes: Any) -> str:  # noqa: ANN401 - the fields of a proposal
    """An agreement that Ana proposed and all agreed to."""
    agreement = propose(asker=pair.ana, said=proposed(pair, **changes))
    everybody_agrees(pair.world.organisation, agreement)
    return agreement


def everybody_agrees(organisation: str, agreement: str) -> None:
    """All parties agree to the newest terms."""
    row = Agreement.objects.get(pk=agreement)
    version = row.terms.order_by("-version")[0].version
    for account in row.parties.filter(left_on__isnull=True).values_list("account", flat=True):
        agree(asker=Asker(organisation, account), agreement=agreement, version=version, has_read_limits=True)


def meeting(agreement: str, day: date | None = None) -> str:
    """A meeting that was planned."""
    row = Meeting.objects.create(
        id=secrets.token_hex(16), agreement_id=agreement, day=day or clock.today(), begins="10:00"
    )
    return row.id
