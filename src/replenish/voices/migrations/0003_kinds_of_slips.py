"""Slips that were drawn, seats that were renewed, and replacements are told apart."""

# ruff: noqa: D101, RUF012

from django.db import migrations, models

KINDS = ("drawn", "renewed", "replacement")


class Migration(migrations.Migration):
    dependencies = [("voices", "0002_found_at_once")]

    operations = [
        migrations.AddField(
            model_name="slipdraw",
            name="kind",
            field=models.CharField(
                max_length=16, choices=[(kind, kind.capitalize()) for kind in KINDS], default="drawn"
            ),
        ),
    ]
