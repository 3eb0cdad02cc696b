"""The draft of a data protection impact assessment, from how the installation is set up and our own words."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from replenish.people.presets import preset_named
from replenish.people.roles import RoleKind
from replenish.report.document import Block, Entry, Paragraph, Report, Section, Table
from replenish.web.staff.documents.configuration import Configuration
from replenish.web.staff.documents.filling import about, empty, review, sources, table_to_fill
from replenish.web.staff.documents.texts import DataProtection, Holding, data_protection_words
from replenish.web.staff.parts import NAMES, TELLS


def data_protection_draft(found: Configuration) -> Report:
    """The draft for one organisation on this installation."""
    words = data_protection_words()
    flow, *rest = words.parts
    sections = [
        about(words.summary, words.about),
        _part("part-0", flow.title, flow.paragraphs, flow.asks),
        _in_force(found),
        *(_part(f"part-{n}", one.title, one.paragraphs, one.asks) for n, one in enumerate(rest, 1)),
        _parts_played(found),
        _held(found, words),
        _harms(words),
        review(),
        sources(words.law),
    ]
    return Report(found.organisation, "", found.made_on, tuple(sections), figures=(), releases=())


def _part(name: str, title: str, paragraphs: Sequence[str], asks: Sequence[str]) -> Section:
    blocks: list[Block] = [Paragraph(one) for one in paragraphs]
    return Section(name, title, (*blocks, table_to_fill(_("To fill in"), asks)))


def _in_force(found: Configuration) -> Section:
    rows = tuple((name, value) for name, value in _settings(found))
    table = Table(_("Settings in force"), (_("What"), _("Here")), rows)
    return Section("settings", _("How it is set up here"), (table,))


def _settings(found: Configuration) -> list[tuple[str, str]]:
    preset = preset_named(found.setting)
    days = _("%(days)s days")
    return [
        (_("Organisation"), found.organisation),
        (_("Kind of place"), _(preset.title) if preset is not None else found.setting),
        (_("Units"), str(found.units)),
        (_("Least number of voices for a figure"), str(found.floor)),
        (_("The least this program allows here"), str(found.floor_of_installation)),
        (
            _("How long a round lasts"),
            _("none is planned yet") if found.round_days is None else days % {"days": found.round_days},
        ),
        (_("Members read a report after the close, in"), days % {"days": found.members_read_after}),
        (_("Leaders answer within, from then on"), days % {"days": found.answer_within}),
        (_("Pages travel encrypted only"), _yes(on=found.encrypted)),
        (_("A mail server is set, so letters can leave"), _yes(on=found.mail)),
        (_("Another service may sign named people in"), _yes(on=found.outside_sign_in)),
        (_("Database"), _("PostgreSQL") if found.postgresql else _("one file, SQLite")),
    ]


def _yes(*, on: bool) -> str:
    return _("yes") if on else _("no")


def _parts_played(found: Configuration) -> Section:
    columns = (_("Part"), _("What they may do"), _("People with this part today"))
    rows: list[tuple[Entry, ...]] = [
        (str(NAMES[kind]), str(TELLS[kind]), str(found.people[kind])) for kind in RoleKind
    ]
    rows.append(
        (
            _("Carer"),
            _("They have a key card and no account. They read their own, and what is published."),
            "–",
        )
    )
    return Section("parts", _("Who can see what"), (Table(_("Parts"), columns, tuple(rows)),))


def _held(found: Configuration, words: DataProtection) -> Section:
    """Every table there is, in groups; one that no text describes is named, and never left out."""
    described = {table for one in words.holdings for table in one.tables}
    there = [one for one in words.holdings if any(table in found.tables for table in one.tables)]
    rows = [(one.what, one.about, one.until, _places(one, found, words)) for one in there]
    rows += [
        (table, words.places.unknown, "–", _place(found.tables[table], words))
        for table in sorted(found.tables.keys() - described)
    ]
    columns = (_("What"), _("About whom"), _("Until when"), _("Where it lies"))
    return Section(
        "held", _("What is kept, where, and until when"), (Table(_("Records"), columns, tuple(rows)),)
    )


def _places(one: Holding, found: Configuration, words: DataProtection) -> str:
    places = dict.fromkeys(found.tables[table] for table in one.tables if table in found.tables)
    return "; ".join(_place(place, words) for place in places)


def _place(place: str, words: DataProtection) -> str:
    told: str = getattr(words.places, place)
    return told


def _harms(words: DataProtection) -> Section:
    columns = (
        _("What could go wrong"),
        _("What is done about it"),
        _("What stays open"),
        _("How likely, how bad"),
        _("What you decide"),
    )
    rows = tuple((one.what, one.measures, one.left, empty(), empty()) for one in words.harms)
    intro = Paragraph(_("How likely and how bad each of these is here, only you can say."))
    return Section("harms", _("What could go wrong for people"), (intro, Table(_("Harms"), columns, rows)))
