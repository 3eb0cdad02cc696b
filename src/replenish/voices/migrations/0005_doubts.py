"""A sealed row for every reporting group: whether somebody doubts its number of slips."""

# ruff: noqa: D101, RUF012

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("voices", "0004_replacements_are_carried")]

    operations = [
        migrations.CreateModel(
            name="GroupDoubt",
            fields=[
                ("id", models.CharField(max_length=257, primary_key=True, serialize=False)),
                ("sealed", models.BinaryField()),
            ],
        ),
    ]
