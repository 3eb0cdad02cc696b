"""Incidents without case data, what was done after them, and what is sealed to one facilitator."""

# ruff: noqa: D101, RUF012 - written by Django

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("debrief", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AnswersOfQuarter",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=32)),
                ("quarter", models.CharField(max_length=6)),
                ("step", models.CharField(max_length=40)),
                ("size", models.CharField(max_length=10)),
                ("low", models.PositiveSmallIntegerField()),
                ("high", models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="AnswerTally",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=32)),
                ("account", models.CharField(max_length=32)),
                ("quarter", models.CharField(max_length=6)),
                ("sealed", models.BinaryField()),
                ("destroy_on", models.DateField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "account", "quarter"), name="one_tally_for_a_quarter"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=32)),
                ("unit", models.CharField(max_length=32)),
                ("kind", models.CharField(max_length=40)),
                ("setting", models.CharField(max_length=40)),
                ("day", models.DateField()),
                ("band", models.PositiveSmallIntegerField()),
                ("severity", models.PositiveSmallIntegerField()),
                ("restraint", models.BooleanField()),
                ("entered_as", models.CharField(max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[("current", "Current"), ("taken_back", "Taken Back")],
                        default="current",
                        max_length=10,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "day"], name="incidents_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("severity__range", (1, 3))), name="severity_of_three"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("band__in", (0, 3, 6, 9, 12, 15, 18, 21))),
                        name="bands_of_three_hours",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AskingList",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=32)),
                ("account", models.CharField(max_length=32)),
                ("sealed", models.BinaryField()),
                ("destroy_on", models.DateField()),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="asking_lists",
                        to="debrief.incident",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("incident", "account"), name="one_list_for_an_incident")
                ],
            },
        ),
        migrations.CreateModel(
            name="IncidentStep",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("step", models.CharField(max_length=40)),
                (
                    "outcome",
                    models.CharField(
                        choices=[("done", "Done"), ("offered", "Offered"), ("not_done", "Not Done")],
                        max_length=10,
                    ),
                ),
                ("because", models.CharField(blank=True, default="", max_length=40)),
                ("day", models.DateField()),
                ("band", models.PositiveSmallIntegerField()),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="debrief.incident",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("incident", "step"), name="one_row_for_a_step"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("because__gt", ""), ("outcome", "not_done")),
                            models.Q(models.Q(("outcome", "not_done"), _negated=True), ("because", "")),
                            _connector="OR",
                        ),
                        name="a_reason_for_what_was_not_done",
                    ),
                ],
            },
        ),
    ]
