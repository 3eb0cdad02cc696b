"""Actions on conditions, and how they go."""

# ruff: noqa: D101, RUF012

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conditions", "0005_shared_list"),
    ]

    operations = [
        migrations.CreateModel(
            name="Action",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=32)),
                ("library", models.CharField(blank=True, default="", max_length=60)),
                ("words", models.CharField(blank=True, default="", max_length=140)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("eliminate", "Eliminate"),
                            ("redesign", "Redesign"),
                            ("rota", "Rota"),
                            ("supervision", "Supervision"),
                            ("debrief", "Debrief"),
                            ("leadership", "Leadership"),
                            ("training", "Training"),
                            ("individual", "Individual"),
                        ],
                        max_length=12,
                    ),
                ),
                ("condition", models.CharField(max_length=60)),
                (
                    "expects",
                    models.CharField(choices=[("higher", "Higher"), ("lower", "Lower")], max_length=6),
                ),
                ("units", models.JSONField(default=list)),
                ("first_day", models.DateField()),
                ("starts", models.JSONField(default=dict)),
                ("by_lot", models.BooleanField(default=False)),
                ("seed", models.PositiveIntegerField()),
                ("waves", models.PositiveSmallIntegerField(default=1)),
                ("waiting", models.PositiveSmallIntegerField(default=0)),
                ("owner", models.CharField(max_length=32)),
                ("because_low", models.BooleanField(default=False)),
                ("release", models.CharField(blank=True, default="", max_length=32)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("stopped", "Stopped"),
                        ],
                        default="planned",
                        max_length=8,
                    ),
                ),
                ("promised", models.JSONField(default=dict)),
                ("judged", models.JSONField(default=list)),
                ("planned_on", models.DateField()),
                ("fixed_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("ended_words", models.CharField(blank=True, default="", max_length=280)),
                ("entered_by", models.CharField(max_length=32)),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "state"], name="action_by_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["planned", "running", "done", "stopped"])),
                        name="action_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", True), ("state__in", ["planned", "running"])),
                            models.Q(("ended_on__isnull", False), ("state__in", ["done", "stopped"])),
                            _connector="OR",
                        ),
                        name="action_ended_or_not",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("fixed_on__isnull", True), ("state", "planned")),
                            models.Q(("fixed_on__isnull", False), ("state__in", ["running", "done"])),
                            ("state", "stopped"),
                            _connector="OR",
                        ),
                        name="action_fixed_when_it_runs",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("library", ""), ("words", ""), _negated=True),
                        name="action_has_a_name",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ActionNote",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("words", models.CharField(max_length=280)),
                ("noted_on", models.DateField()),
                ("entered_by", models.CharField(max_length=32)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="conditions.action",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("action", "words", "noted_on"), name="note_once_a_day")
                ],
            },
        ),
    ]
