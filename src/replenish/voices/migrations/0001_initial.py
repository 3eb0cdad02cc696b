"""The first tables of the carers' side."""

# ruff: noqa: D101, RUF012

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ArrivingBox",
            fields=[
                ("name", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("wrapped", models.BinaryField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ArrivingSeat",
            fields=[
                ("name", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("season", models.CharField(max_length=128)),
                ("unit", models.CharField(max_length=128)),
                ("counts_from", models.IntegerField()),
                ("moves_to", models.CharField(blank=True, default="", max_length=128)),
                ("moves_from", models.IntegerField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Box",
            fields=[
                ("name", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("wrapped", models.BinaryField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ErasedBox",
            fields=[
                ("name_hash", models.CharField(max_length=64, primary_key=True, serialize=False)),
            ],
        ),
        migrations.CreateModel(
            name="NightState",
            fields=[
                ("id", models.CharField(max_length=8, primary_key=True, serialize=False)),
                ("key_id", models.CharField(max_length=64)),
                ("rewriting", models.BooleanField(default=False)),
                ("mixed_on", models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Seat",
            fields=[
                ("name", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("season", models.CharField(max_length=128)),
                ("unit", models.CharField(max_length=128)),
                ("counts_from", models.IntegerField()),
                ("moves_to", models.CharField(blank=True, default="", max_length=128)),
                ("moves_from", models.IntegerField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SeatSeason",
            fields=[
                ("id", models.CharField(max_length=128, primary_key=True, serialize=False)),
                ("follows", models.CharField(blank=True, default="", max_length=128)),
                ("renew_until", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="GroupOfUnit",
            fields=[
                ("id", models.CharField(max_length=257, primary_key=True, serialize=False)),
                ("season", models.CharField(max_length=128)),
                ("unit", models.CharField(max_length=128)),
                ("group", models.CharField(max_length=128)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("season", "unit"), name="one_group_for_a_unit")
                ],
            },
        ),
        migrations.CreateModel(
            name="OpenRound",
            fields=[
                ("id", models.CharField(max_length=128, primary_key=True, serialize=False)),
                ("season", models.CharField(max_length=128)),
                ("number", models.IntegerField()),
                ("recipient", models.CharField(blank=True, default="", max_length=200)),
                ("scales", models.JSONField()),
                ("packs", models.JSONField()),
                ("accepting", models.BooleanField(default=True)),
                ("starts_on", models.DateField()),
                ("closes_on", models.DateField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("season", "number"), name="one_round_of_a_number"),
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="rounds_count_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closes_on__gt", models.F("starts_on"))), name="round_has_length"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("voice", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("group", models.CharField(max_length=128)),
                ("sealed", models.BinaryField()),
                (
                    "round",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="voices.openround"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SlipDraw",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("season", models.CharField(max_length=128)),
                ("unit", models.CharField(max_length=128)),
                ("made", models.IntegerField()),
                ("used", models.IntegerField(default=0)),
                ("withdrawn", models.IntegerField(default=0)),
                ("expires_on", models.DateField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "made__gte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("used"), "+", models.F("withdrawn")
                                ),
                            ),
                            ("used__gte", 0),
                            ("withdrawn__gte", 0),
                        ),
                        name="slips_add_up",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Slip",
            fields=[
                ("hash", models.CharField(max_length=64, primary_key=True, serialize=False)),
                (
                    "draw",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="voices.slipdraw"),
                ),
            ],
        ),
    ]
