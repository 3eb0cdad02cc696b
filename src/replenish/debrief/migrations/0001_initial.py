"""What an organisation has arranged for its teams, and which offers stand."""

# ruff: noqa: D101, RUF012 - written by Django

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Arrangement",
            fields=[
                ("id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=32)),
                (
                    "kind",
                    models.CharField(
                        choices=[("debrief", "Debrief"), ("reflection", "Reflection")], max_length=20
                    ),
                ),
                ("turn_to", models.CharField(max_length=200)),
                ("since", models.DateField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "kind"), name="one_arrangement_of_a_kind")
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamOffer",
            fields=[
                ("id", models.CharField(max_length=160, primary_key=True, serialize=False)),
                ("unit", models.CharField(max_length=128)),
                (
                    "kind",
                    models.CharField(
                        choices=[("debrief", "Debrief"), ("reflection", "Reflection")], max_length=20
                    ),
                ),
                ("from_day", models.DateField()),
                ("made", models.BooleanField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("unit", "kind", "from_day"), name="one_offer_in_a_window")
                ],
            },
        ),
    ]
