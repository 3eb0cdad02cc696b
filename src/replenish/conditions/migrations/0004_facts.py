"""Facts of provision, and what the facts of all parts of a unit come to."""

# ruff: noqa: D101, RUF012

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conditions", "0003_doubts"),
    ]

    operations = [
        migrations.CreateModel(
            name="AddedUp",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=32)),
                ("unit", models.CharField(blank=True, default="", max_length=32)),
                ("kind", models.CharField(max_length=40)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("count", models.BigIntegerField()),
                ("out_of", models.BigIntegerField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "kind", "last_day"], name="added_up_by_kind")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "unit", "kind", "first_day", "last_day"), name="added_up_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProvidedFact",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=32)),
                ("unit", models.CharField(blank=True, default="", max_length=32)),
                ("kind", models.CharField(max_length=40)),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("count", models.BigIntegerField()),
                ("out_of", models.BigIntegerField()),
                ("source", models.CharField(max_length=200)),
                ("entered_by", models.CharField(max_length=32)),
                ("entered_on", models.DateField()),
                ("replaces", models.CharField(blank=True, default="", max_length=32)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("current", "Current"),
                            ("corrected", "Corrected"),
                            ("taken_back", "Taken Back"),
                        ],
                        default="current",
                        max_length=16,
                    ),
                ),
                ("ended_by", models.CharField(blank=True, default="", max_length=32)),
                ("ended_on", models.DateField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "unit"], name="fact_by_unit"),
                    models.Index(fields=["organisation", "kind", "last_day"], name="fact_by_kind"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "current")),
                        fields=("organisation", "unit", "kind", "first_day"),
                        name="fact_one_current",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["current", "corrected", "taken_back"])),
                        name="fact_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="fact_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("count__gte", 0), ("out_of__gt", 0)), name="fact_out_of_something"
                    ),
                ],
            },
        ),
    ]
