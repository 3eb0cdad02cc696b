"""Conversations after something hard, what was learnt in them, and who is trained to lead them."""

# ruff: noqa: D101, RUF012 - written by Django

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("debrief", "0002_incidents"),
    ]

    operations = [
        migrations.CreateModel(
            name="Training",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=32)),
                ("account", models.CharField(max_length=32)),
                ("course", models.CharField(max_length=120)),
                ("trained_on", models.DateField()),
                ("valid_until", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="Conversation",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=32)),
                ("unit", models.CharField(max_length=32)),
                (
                    "kind",
                    models.CharField(
                        choices=[("hot", "Hot"), ("learning", "Learning"), ("review", "Review")],
                        max_length=10,
                    ),
                ),
                ("day", models.DateField()),
                ("minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("because", models.CharField(blank=True, default="", max_length=40)),
                ("came", models.CharField(blank=True, default="", max_length=4)),
                ("number", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "incident",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conversations",
                        to="debrief.incident",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LearningPoint",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("place", models.PositiveSmallIntegerField()),
                ("words", models.CharField(max_length=280)),
                ("condition", models.CharField(max_length=40)),
                ("by_when", models.DateField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, default="", max_length=10)),
                ("answer_words", models.CharField(blank=True, default="", max_length=280)),
                ("action", models.CharField(blank=True, default="", max_length=32)),
                ("answered_on", models.DateField(blank=True, null=True)),
                (
                    "conversation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="points",
                        to="debrief.conversation",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LedInMonth",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=32)),
                ("account", models.CharField(max_length=32)),
                ("month", models.CharField(max_length=7)),
                ("led", models.PositiveSmallIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "account", "month"), name="one_row_for_a_month_of_leading"
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="conversation",
            index=models.Index(fields=["organisation", "day"], name="conversations_by_day"),
        ),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("because", ""), ("minutes__isnull", False)),
                    models.Q(
                        ("because__gt", ""), ("came", ""), ("minutes__isnull", True), ("number__isnull", True)
                    ),
                    _connector="OR",
                ),
                name="held_or_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="conversation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("came", "some"), ("number__isnull", False)),
                    models.Q(models.Q(("came", "some"), _negated=True), ("number__isnull", True)),
                    _connector="OR",
                ),
                name="heads_for_some_alone",
            ),
        ),
        migrations.AddConstraint(
            model_name="learningpoint",
            constraint=models.UniqueConstraint(fields=("conversation", "place"), name="one_point_in_a_place"),
        ),
    ]
