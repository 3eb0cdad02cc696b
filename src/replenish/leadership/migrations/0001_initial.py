"""Responses of leaders and their commitments."""

# ruff: noqa: D101, RUF012 - written by Django

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Response",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=32)),
                ("round", models.CharField(max_length=32)),
                ("place", models.PositiveIntegerField()),
                ("unit", models.CharField(blank=True, default="", max_length=32)),
                ("account", models.CharField(max_length=32)),
                ("signed", models.CharField(max_length=120)),
                ("part", models.CharField(max_length=20)),
                ("said_on", models.DateField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "round", "place"), name="response_place_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("place__gte", 1)), name="response_places_from_one"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                ("id", models.CharField(max_length=34, primary_key=True, serialize=False)),
                ("place", models.PositiveIntegerField()),
                ("words", models.CharField(max_length=280)),
                ("condition", models.CharField(blank=True, default="", max_length=60)),
                ("until", models.DateField(null=True)),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="commitments",
                        to="leadership.response",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("response", "place"), name="commitment_place_once"),
                    models.CheckConstraint(
                        condition=models.Q(("place__gte", 1), ("place__lte", 5)),
                        name="commitments_at_most_five",
                    ),
                ],
            },
        ),
    ]
