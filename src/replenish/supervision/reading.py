"""Reading agreements: each party their own, and nobody anybody else's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from replenish.basis import clock
from replenish.basis.errors import refuse
from replenish.basis.faults.supervision import SupervisionFault
from replenish.people.askers import Asker
from replenish.people.queries import names_of_accounts
from replenish.supervision.models import Agreement, AgreementState, Meeting, Part, Party, Terms
from replenish.supervision.wording import DAYS_IN_WEEK, Answer, Wording


@dataclass(frozen=True)
class PartyTold:
    """Somebody who belongs to an agreement."""

    account: str
    name: str
    part: Part
    agreed_version: int
    agreed_on: date | None
    left_on: date | None


@dataclass(frozen=True)
class TermsTold:
    """Terms of an agreement, with their version and the day from which they hold (None: not yet)."""

    version: int
    in_force_from: date | None
    rebook_days: int
    wording: Wording


@dataclass(frozen=True)
class AgreementTold:
    """An agreement, as each of its parties may read it.

    Attributes:
        agreement: its id.
        kind: who meets.
        unit: where the supervised people work.
        external: who supervises from outside, in words.
        state: where it stands.
        parties: all who belong to it, the supervisor first.
        own: the place of whoever reads.
        latest: the newest terms.
        in_force: the terms that hold; None before all agreed.
        agreed_on: the day from which it holds.
        ended_on: the day on which it ended.
        ended_why: the code of the reason.
        follows: the agreement it took over from; empty where there was none.
    """

    agreement: str
    kind: str
    unit: str
    external: str
    state: AgreementState
    parties: tuple[PartyTold, ...]
    own: PartyTold
    latest: TermsTold
    in_force: TermsTold | None
    agreed_on: date | None
    ended_on: date | None
    ended_why: str
    follows: str

    @property
    def is_open(self) -> bool:
        """Whether it stands or is proposed."""
        return self.state != AgreementState.ENDED and self.own.left_on is None

    @property
    def waits_for_own(self) -> bool:
        """Whether whoever reads has not agreed to the newest terms."""
        return self.is_open and self.own.agreed_version != self.latest.version

    @property
    def supervisor(self) -> str:
        """Who supervises; empty among equals."""
        named = (one.name for one in self.parties if one.part is Part.SUPERVISOR)
        return next(named, self.external)

    @property
    def with_whom(self) -> tuple[str, ...]:
        """Everybody else who belongs to it."""
        return tuple(one.name for one in self.parties if one.account != self.own.account and not one.left_on)

    @property
    def is_to_review(self) -> bool:
        """Whether the day has come to look at it again."""
        terms = self.in_force
        return self.is_open and terms is not None and terms.wording.review_on <= clock.today()


@dataclass(frozen=True)
class MeetingTold:
    """A meeting of an agreement, by its day."""

    meeting: str
    day: date | None
    due_on: date | None
    state: str


def agreements_of(asker: Asker) -> tuple[AgreementTold, ...]:
    """The asker's own agreements: open ones first, newest first."""
    rows = list(
        Agreement.objects.filter(organisation=asker.organisation, parties__account=asker.account or "")
        .prefetch_related("parties", "terms")
        .order_by("-proposed_on", "id")
    )
    names = names_of_accounts(asker.organisation)
    told = [_told(row, names, asker.account or "") for row in rows]
    return tuple(sorted(told, key=lambda one: not one.is_open))


def agreement_of(asker: Asker, agreement: str) -> AgreementTold:
    """One of the asker's own.

    Raises:
        Refused: there is none for them.
    """
    row = (
        Agreement.objects.filter(
            pk=agreement, organisation=asker.organisation, parties__account=asker.account or ""
        )
        .prefetch_related("parties", "terms")
        .first()
    )
    if row is None:
        refuse(SupervisionFault.UNKNOWN)
    return _told(row, names_of_accounts(asker.organisation), asker.account or "")


def meetings_of(asker: Asker, agreement: str) -> tuple[MeetingTold, ...]:
    """The meetings of one of the asker's own agreements, newest first.

    Raises:
        Refused: there is none for them.
    """
    agreement_of(asker, agreement)
    rows = Meeting.objects.filter(agreement=agreement).order_by("-day", "-due_on", "id")
    return tuple(MeetingTold(row.id, row.day, row.due_on, row.state) for row in rows)


def wording_of(terms: Terms) -> Wording:
    """Terms as their table holds them."""
    answers: Mapping[str, Mapping[str, str]] = terms.points
    return Wording(
        rhythm=terms.rhythm,
        weeks=None if terms.every_days is None else terms.every_days // DAYS_IN_WEEK,
        minutes=terms.minutes,
        reflective_share=terms.reflective_share,
        review_on=terms.review_on,
        functions=tuple(terms.functions),
        answers={code: Answer(one["code"], one.get("words", "")) for code, one in answers.items()},
    )


def _told(row: Agreement, names: Mapping[str, str], own: str) -> AgreementTold:
    parties = tuple(sorted((_party(one, names) for one in row.parties.all()), key=_supervisor_first))
    terms = sorted(row.terms.all(), key=lambda one: one.version)
    in_force = [one for one in terms if one.in_force_from is not None]
    return AgreementTold(
        agreement=row.id,
        kind=row.kind,
        unit=row.unit,
        external=row.external,
        state=AgreementState(row.state),
        parties=parties,
        own=next(one for one in parties if one.account == own),
        latest=_terms(terms[-1]),
        in_force=_terms(in_force[-1]) if in_force else None,
        agreed_on=row.agreed_on,
        ended_on=row.ended_on,
        ended_why=row.ended_why,
        follows=row.follows_id or "",
    )


def _party(row: Party, names: Mapping[str, str]) -> PartyTold:
    return PartyTold(
        row.account,
        names.get(row.account, ""),
        Part(row.part),
        row.agreed_version,
        row.agreed_on,
        row.left_on,
    )


def _supervisor_first(one: PartyTold) -> tuple[bool, str, str]:
    return (one.part is not Part.SUPERVISOR, one.name, one.account)


def _terms(row: Terms) -> TermsTold:
    return TermsTold(row.version, row.in_force_from, row.rebook_days, wording_of(row))
