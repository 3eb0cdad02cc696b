"""Slips in place of lost cards are agreed on by themselves."""

# ruff: noqa: D101, RUF012

from django.db import migrations, models

KINDS = ("headcount", "slips", "replacements")


class Migration(migrations.Migration):
    dependencies = [("people", "0002_proposals_lapse")]

    operations = [
        migrations.AlterField(
            model_name="proposal",
            name="kind",
            field=models.CharField(max_length=20, choices=[(kind, kind.capitalize()) for kind in KINDS]),
        ),
    ]
