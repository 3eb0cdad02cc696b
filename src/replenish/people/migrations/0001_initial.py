"""Organisations, units, accounts, roles, proposals and headcounts."""

# ruff: noqa: D101, RUF012 - written by Django

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                (
                    "setting",
                    models.CharField(
                        choices=[
                            ("school", "School"),
                            ("childrens-home", "Childrens Home"),
                            ("social-work", "Social Work"),
                            ("hospice", "Hospice"),
                            ("charity", "Charity"),
                            ("other", "Other"),
                        ],
                        max_length=20,
                    ),
                ),
                ("floor", models.PositiveIntegerField()),
                ("created_on", models.DateField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("floor__gte", 7)), name="organisation_floor_not_lowered"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("code_hash", models.CharField(max_length=200)),
                ("left_on", models.DateField(null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accounts",
                        to="people.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(choices=[("headcount", "Headcount"), ("slips", "Slips")], max_length=20),
                ),
                ("content", models.JSONField()),
                ("tree", models.CharField(max_length=64)),
                (
                    "proposed_as",
                    models.CharField(
                        choices=[
                            ("steward", "Steward"),
                            ("representative", "Representative"),
                            ("operator", "Operator"),
                        ],
                        max_length=20,
                    ),
                ),
                ("proposed_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Pending"),
                            ("confirmed", "Confirmed"),
                            ("used", "Used"),
                            ("withdrawn", "Withdrawn"),
                            ("ended", "Ended"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmed",
                        to="people.account",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="people.organisation",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposed",
                        to="people.account",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="people.organisation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Role",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("steward", "Steward"),
                            ("representative", "Representative"),
                            ("operator", "Operator"),
                        ],
                        max_length=20,
                    ),
                ),
                ("from_date", models.DateField()),
                ("until_date", models.DateField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="roles", to="people.account"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="roles",
                        to="people.unit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Headcount",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("people", models.PositiveIntegerField()),
                ("declared_on", models.DateField()),
                ("entry", models.PositiveBigIntegerField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="headcounts",
                        to="people.organisation",
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="headcounts",
                        to="people.proposal",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="headcounts",
                        to="people.unit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="UnitPlace",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("from_date", models.DateField()),
                ("until_date", models.DateField(null=True)),
                (
                    "parent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="places_below",
                        to="people.unit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="places", to="people.unit"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("confirmed_by__isnull", True),
                    models.Q(("confirmed_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="proposal_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("confirmed_by__isnull", False), ("state__in", ["confirmed", "used"])),
                    models.Q(
                        ("confirmed_by__isnull", True), ("state__in", ["pending", "withdrawn", "ended"])
                    ),
                    _connector="OR",
                ),
                name="proposal_confirmed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("proposed_as__in", ["steward", "representative"])),
                name="proposal_with_a_key",
            ),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_date__isnull", True), ("until_date__gte", models.F("from_date")), _connector="OR"
                ),
                name="role_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="headcount",
            constraint=models.UniqueConstraint(
                fields=("proposal", "unit"), name="headcount_once_in_a_proposal"
            ),
        ),
        migrations.AddConstraint(
            model_name="unitplace",
            constraint=models.UniqueConstraint(fields=("unit", "from_date"), name="place_begins_once"),
        ),
        migrations.AddConstraint(
            model_name="unitplace",
            constraint=models.UniqueConstraint(
                condition=models.Q(("until_date__isnull", True)), fields=("unit",), name="place_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="unitplace",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("until_date__isnull", True), ("until_date__gte", models.F("from_date")), _connector="OR"
                ),
                name="place_ends_after_it_begins",
            ),
        ),
        migrations.AddConstraint(
            model_name="unitplace",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("parent__isnull", True),
                    models.Q(("parent", models.F("unit")), _negated=True),
                    _connector="OR",
                ),
                name="place_not_below_itself",
            ),
        ),
    ]
