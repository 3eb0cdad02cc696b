"""How this installation is set up, for the data protection draft: settings, parts, tables; no secret."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connection

from replenish.basis import clock
from replenish.conditions.queries import MEMBERS_READ_AFTER, rounds
from replenish.conditions.response import ANSWER_WITHIN
from replenish.people.queries import accounts, organisation_summary, unit_tree
from replenish.people.roles import RoleKind
from replenish.safekeeping.policy import ARRIVING, KEPT, LEFT_OUT, RECORD
from replenish.web.shared.floor import floor_in_force


@dataclass(frozen=True)
class Configuration:
    """What is in force today, of what everybody in the organisation may know, or the operator may tell.

    Attributes:
        organisation: its name.
        setting: the kind of place.
        floor: the least number of voices of a figure here; never below the compiled one.
        floor_of_installation: the same, for every organisation on this installation.
        units: how many stand today.
        people: by part, how many named people act in it today.
        round_days: how many days the newest round lasts; None before one is planned.
        members_read_after: days from the close to the day on which members read.
        answer_within: days that leaders then have for an answer.
        encrypted: whether pages travel encrypted only.
        mail: whether a mail server is set, so that letters can leave.
        outside_sign_in: whether a service of the organisation may vouch for named people.
        postgresql: whether the database is PostgreSQL, and not one file.
        tables: by name of each table there is, where it lies: record, kept, arriving, left_out or unknown.
        made_on: the day.
    """

    organisation: str
    setting: str
    floor: int
    floor_of_installation: int
    units: int
    people: dict[RoleKind, int]
    round_days: int | None
    members_read_after: int
    answer_within: int
    encrypted: bool
    mail: bool
    outside_sign_in: bool
    postgresql: bool
    tables: dict[str, str]
    made_on: date


def configuration_of(organisation: str) -> Configuration:
    """What is in force for an organisation."""
    summary = organisation_summary(organisation)
    planned = [one for one in rounds(organisation) if one.state != "cancelled"]
    held = [{role.kind for role in one.roles} for one in accounts(organisation)]
    return Configuration(
        organisation=summary.name,
        setting=summary.setting,
        floor=max(summary.floor, floor_in_force()),
        floor_of_installation=floor_in_force(),
        units=len(unit_tree(organisation)),
        people={kind: sum(kind.value in kinds for kinds in held) for kind in RoleKind},
        round_days=(planned[-1].closes_on - planned[-1].starts_on).days if planned else None,
        members_read_after=MEMBERS_READ_AFTER.days,
        answer_within=ANSWER_WITHIN.days,
        encrypted=settings.REPLENISH_SECURE,
        mail=settings.REPLENISH_MAIL,
        outside_sign_in=bool(settings.REPLENISH_SERVICE),
        postgresql=connection.vendor == "postgresql",
        tables={table: place_of(table) for table in connection.introspection.table_names()},
        made_on=clock.today(),
    )


def place_of(table: str) -> str:
    """Where a table lies, by what the backup does with it."""
    if table in RECORD:
        return "record"
    if table in KEPT:
        return "kept"
    if table in ARRIVING:
        return "arriving"
    return "left_out" if table in LEFT_OUT else "unknown"
