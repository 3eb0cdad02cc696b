"""The tables of seasons, rounds and published releases."""

# ruff: noqa: D101, RUF012

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Season",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=32)),
                ("number", models.PositiveIntegerField()),
                ("starts_on", models.DateField()),
                ("partition", models.JSONField()),
                ("headcount", models.JSONField()),
                ("unit_codes", models.JSONField()),
                ("unit_paths", models.JSONField()),
                ("group_codes", models.JSONField()),
                ("pauses", models.JSONField(default=list)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "number"), name="season_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("number_in_season", models.PositiveIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("starts_on", models.DateField()),
                ("closes_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("open", "Open"),
                            ("closing", "Closing"),
                            ("closed", "Closed"),
                            ("cancelled", "Cancelled"),
                        ],
                        default="planned",
                        max_length=16,
                    ),
                ),
                ("claim", models.CharField(blank=True, default="", max_length=32)),
                ("asked", models.JSONField(default=list)),
                ("people", models.JSONField(default=dict)),
                ("floor", models.PositiveIntegerField(default=7)),
                ("recipient", models.CharField(blank=True, default="", max_length=200)),
                ("holders", models.JSONField(default=dict)),
                ("key_destroyed", models.BooleanField(default=False)),
                (
                    "season",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="conditions.season",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PublishedRelease",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=32)),
                ("number", models.PositiveIntegerField()),
                ("rule", models.CharField(max_length=64)),
                ("body", models.TextField()),
                ("hash", models.CharField(max_length=64, unique=True)),
                ("previous", models.CharField(blank=True, default="", max_length=64)),
                ("signature", models.CharField(max_length=128)),
                ("public_key", models.CharField(max_length=64)),
                ("visible_from", models.DateField()),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="release",
                        to="conditions.round",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "number"), name="release_number_once")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                fields=("season", "number_in_season"), name="round_number_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["planned", "open", "closing", "closed", "cancelled"])),
                name="round_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("floor__gte", 7)), name="round_floor_not_lowered"
            ),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.CheckConstraint(
                condition=models.Q(("closes_on__gt", models.F("starts_on"))), name="round_closes_after_start"
            ),
        ),
    ]
