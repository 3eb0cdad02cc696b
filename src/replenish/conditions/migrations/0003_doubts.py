"""Doubts about the slips of a group, and what the two keys answer."""

# ruff: noqa: D101, RUF012

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conditions", "0002_publish_once")]

    operations = [
        migrations.CreateModel(
            name="Doubt",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("label", models.TextField()),
                ("words", models.CharField(blank=True, default="", max_length=200)),
                ("proposed_by", models.CharField(blank=True, default="", max_length=32)),
                ("proposed_as", models.CharField(blank=True, default="", max_length=20)),
                ("answered", models.BooleanField(default=False)),
                (
                    "season",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="doubts",
                        to="conditions.season",
                    ),
                ),
            ],
        ),
    ]
