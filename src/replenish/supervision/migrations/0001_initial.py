"""Agreements, meetings, and what is sealed to their parties."""

# ruff: noqa: D101, RUF012

from typing import Any

import django.db.models.deletion
from django.db import migrations, models


def of(table: str, name: str, *, null: bool = False, gone: bool = False) -> "models.ForeignKey[Any, Any]":
    """A row that belongs to another."""
    deleted = django.db.models.deletion.CASCADE if gone else django.db.models.deletion.PROTECT
    return models.ForeignKey(null=null, on_delete=deleted, related_name=name, to=f"supervision.{table}")


def words(*codes: str) -> list[tuple[str, str]]:
    """The values a column may have, as Django names them."""
    return [(code, code.replace("_", " ").title()) for code in codes]


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CalendarKey",
            fields=[
                ("account", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=32)),
                ("key", models.CharField(max_length=32, unique=True)),
                ("with_names", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="Notebook",
            fields=[
                ("account", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=32)),
                ("key_number", models.PositiveIntegerField()),
                ("sealed", models.BinaryField()),
                ("sealed_key", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Agreement",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=32)),
                ("unit", models.CharField(max_length=32)),
                (
                    "kind",
                    models.CharField(
                        choices=words("individual", "group", "peer", "external"),
                        max_length=12,
                    ),
                ),
                ("external", models.CharField(blank=True, default="", max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=words("proposed", "agreed", "ended"),
                        default="proposed",
                        max_length=10,
                    ),
                ),
                ("proposed_by", models.CharField(max_length=32)),
                ("proposed_on", models.DateField()),
                ("agreed_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("ended_why", models.CharField(blank=True, default="", max_length=60)),
                (
                    "follows",
                    of("agreement", "followed_by", null=True),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("day", models.DateField(blank=True, null=True)),
                ("begins", models.CharField(blank=True, default="", max_length=5)),
                ("place", models.CharField(blank=True, default="", max_length=200)),
                ("medium", models.CharField(blank=True, default="", max_length=60)),
                (
                    "state",
                    models.CharField(
                        choices=words("planned", "held", "moved", "cancelled", "not_held"),
                        default="planned",
                        max_length=10,
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        blank=True,
                        choices=words("supervisor", "supervisee", "organisation"),
                        default="",
                        max_length=12,
                    ),
                ),
                ("reason", models.CharField(blank=True, default="", max_length=60)),
                ("changed_on", models.DateField(blank=True, null=True)),
                ("minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("interrupted", models.BooleanField(blank=True, null=True)),
                ("reflective_kept", models.BooleanField(blank=True, null=True)),
                ("functions", models.JSONField(blank=True, default=list)),
                ("themes", models.JSONField(blank=True, default=list)),
                ("wellbeing_offered", models.BooleanField(blank=True, null=True)),
                ("raised", models.PositiveSmallIntegerField(default=0)),
                ("closed", models.PositiveSmallIntegerField(default=0)),
                ("recorded_by", models.CharField(blank=True, default="", max_length=32)),
                ("recorded_on", models.DateField(blank=True, null=True)),
                (
                    "agreement",
                    of("agreement", "meetings"),
                ),
                (
                    "instead_of",
                    of("meeting", "instead", null=True),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("account", models.CharField(max_length=32)),
                ("confirmed_on", models.DateField()),
                (
                    "meeting",
                    of("meeting", "confirmations"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(choices=words("shared", "agenda"), max_length=10),
                ),
                ("version", models.PositiveSmallIntegerField(default=1)),
                ("written_by", models.CharField(max_length=32)),
                ("written_on", models.DateField()),
                ("sealed", models.BinaryField()),
                (
                    "agreement",
                    of("agreement", "notes"),
                ),
                (
                    "meeting",
                    of("meeting", "notes", null=True),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NoteKey",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("account", models.CharField(max_length=32)),
                ("key_number", models.PositiveIntegerField()),
                ("sealed_key", models.BinaryField()),
                ("given_on", models.DateField()),
                (
                    "note",
                    of("note", "keys", gone=True),
                ),
            ],
        ),
        migrations.CreateModel(
            name="OwnRhythm",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=32)),
                ("unit", models.CharField(blank=True, default="", max_length=32)),
                ("rhythm", models.CharField(max_length=60)),
                ("every_days", models.PositiveSmallIntegerField()),
                ("minutes", models.PositiveSmallIntegerField()),
                ("why", models.CharField(blank=True, default="", max_length=200)),
                ("from_date", models.DateField()),
                ("entered_by", models.CharField(max_length=32)),
                ("entered_on", models.DateField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "unit", "rhythm", "from_date"),
                        name="own_rhythm_once_from_a_day",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("account", models.CharField(max_length=32)),
                (
                    "part",
                    models.CharField(
                        choices=words("supervisor", "supervisee", "peer"),
                        max_length=10,
                    ),
                ),
                ("read_limits", models.BooleanField(default=False)),
                ("agreed_version", models.PositiveSmallIntegerField(default=0)),
                ("agreed_on", models.DateField(blank=True, null=True)),
                ("left_on", models.DateField(blank=True, null=True)),
                (
                    "agreement",
                    of("agreement", "parties"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Terms",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("version", models.PositiveSmallIntegerField()),
                ("written_by", models.CharField(max_length=32)),
                ("written_on", models.DateField()),
                ("in_force_from", models.DateField(blank=True, null=True)),
                ("rhythm", models.CharField(blank=True, default="", max_length=60)),
                ("every_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("minutes", models.PositiveSmallIntegerField()),
                ("reflective_share", models.PositiveSmallIntegerField()),
                ("rebook_days", models.PositiveSmallIntegerField()),
                ("review_on", models.DateField()),
                ("functions", models.JSONField()),
                ("points", models.JSONField()),
                (
                    "agreement",
                    of("agreement", "terms"),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="agreement",
            index=models.Index(fields=["organisation", "state", "unit"], name="agreements_by_unit"),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "external"), ("external", ""), _connector="OR"),
                name="words_for_somebody_outside_alone",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_on__isnull", False), ("state", "ended")),
                    models.Q(models.Q(("state", "ended"), _negated=True), ("ended_on__isnull", True)),
                    _connector="OR",
                ),
                name="agreement_ends_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="agreement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "agreed"), _negated=True),
                    ("agreed_on__isnull", False),
                    _connector="OR",
                ),
                name="agreement_agreed_on_a_day",
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["agreement", "day"], name="meetings_by_day"),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["state", "due_on"], name="meetings_by_due_day"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "held"),
                    models.Q(("minutes__isnull", True), ("reflective_kept__isnull", True)),
                    _connector="OR",
                ),
                name="minutes_where_it_was_held",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), ("side", ""), ("state__in", ["planned", "held"])),
                    models.Q(
                        ("state__in", ["moved", "cancelled", "not_held"]),
                        models.Q(("side", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_side_where_it_fell_through",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("due_on__isnull", False)),
                fields=("agreement", "due_on"),
                name="due_once_on_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="confirmation",
            constraint=models.UniqueConstraint(fields=("meeting", "account"), name="confirmed_once_by_each"),
        ),
        migrations.AddConstraint(
            model_name="note",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "shared")),
                fields=("meeting",),
                name="one_shared_note_for_a_meeting",
            ),
        ),
        migrations.AddConstraint(
            model_name="note",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "agenda")),
                fields=("meeting", "written_by"),
                name="one_agenda_for_each",
            ),
        ),
        migrations.AddIndex(
            model_name="notekey",
            index=models.Index(fields=["account"], name="note_keys_by_account"),
        ),
        migrations.AddConstraint(
            model_name="notekey",
            constraint=models.UniqueConstraint(fields=("note", "account"), name="one_key_for_each_reader"),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(fields=["account"], name="parties_by_account"),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.UniqueConstraint(
                fields=("agreement", "account"), name="party_once_in_an_agreement"
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.UniqueConstraint(
                condition=models.Q(("part", "supervisor")),
                fields=("agreement",),
                name="one_supervisor_in_an_agreement",
            ),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.CheckConstraint(
                condition=models.Q(("agreed_version", 0), ("read_limits", True), _connector="OR"),
                name="limits_are_read_before_agreeing",
            ),
        ),
        migrations.AddConstraint(
            model_name="terms",
            constraint=models.UniqueConstraint(
                fields=("agreement", "version"), name="terms_once_in_a_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="terms",
            constraint=models.CheckConstraint(
                condition=models.Q(("reflective_share__lte", 100)), name="a_share_of_the_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="terms",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("every_days__isnull", False), ("rhythm", "")),
                    models.Q(models.Q(("rhythm", ""), _negated=True), ("every_days__isnull", True)),
                    _connector="OR",
                ),
                name="a_preset_or_own_days",
            ),
        ),
        migrations.AddConstraint(
            model_name="terms",
            constraint=models.CheckConstraint(
                condition=models.Q(("review_on__gt", models.F("written_on"))), name="a_review_to_come"
            ),
        ),
    ]
