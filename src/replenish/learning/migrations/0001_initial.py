"""Sessions of what is offered to learn."""

# ruff: noqa: D101, RUF012 - written by Django

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=32)),
                ("unit", models.CharField(blank=True, default="", max_length=32)),
                ("offer", models.CharField(max_length=40)),
                ("part", models.CharField(blank=True, default="", max_length=40)),
                ("title", models.CharField(blank=True, default="", max_length=120)),
                ("day", models.DateField()),
                ("begins", models.CharField(max_length=5)),
                ("ends", models.CharField(max_length=5)),
                ("place", models.CharField(max_length=120)),
                ("led_by", models.CharField(max_length=120)),
                ("places", models.PositiveSmallIntegerField()),
                ("planned_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Planned"), ("held", "Held"), ("called_off", "Called Off")],
                        default="planned",
                        max_length=10,
                    ),
                ),
                (
                    "came",
                    models.CharField(
                        choices=[("", ""), ("few", "few"), ("most", "most"), ("some", "some")],
                        default="",
                        max_length=4,
                    ),
                ),
                ("number", models.PositiveSmallIntegerField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["organisation", "day"], name="sessions_by_day")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("came", "some"), ("number__isnull", False)),
                            models.Q(models.Q(("came", "some"), _negated=True), ("number__isnull", True)),
                            _connector="OR",
                        ),
                        name="a_number_for_some_alone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "held"), ("came", ""), _connector="OR"),
                        name="came_where_it_was_held",
                    ),
                ],
            },
        ),
    ]
