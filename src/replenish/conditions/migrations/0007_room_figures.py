"""Figures that the rooms of supervision and debrief give by themselves."""

# ruff: noqa: D101, RUF012

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conditions", "0006_actions")]

    operations = [
        migrations.CreateModel(
            name="RoomFigure",
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
                "indexes": [models.Index(fields=["organisation", "unit"], name="room_figure_by_unit")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["organisation", "unit", "kind", "first_day"], name="room_figure_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(count__gte=0, out_of__gt=0), name="room_figure_out_of_something"
                    ),
                ],
            },
        ),
    ]
