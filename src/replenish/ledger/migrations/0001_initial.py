"""The chain of entries."""

# ruff: noqa: D101, RUF012 - written by Django

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("number", models.PositiveBigIntegerField(primary_key=True, serialize=False)),
                ("organisation", models.CharField(blank=True, max_length=32)),
                ("at", models.DateTimeField()),
                ("event", models.CharField(max_length=40)),
                ("actor", models.CharField(max_length=32)),
                ("content", models.JSONField()),
                ("previous", models.CharField(max_length=64, unique=True)),
                ("hash", models.CharField(max_length=64, unique=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation", "number"], name="entries_of_an_organisation")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("number__gte", 1)), name="entries_begin_with_one"
                    )
                ],
            },
        ),
    ]
