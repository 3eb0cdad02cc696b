"""The list of points that a team agreed on in a conversation."""

# ruff: noqa: D101, RUF012

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conditions", "0004_facts")]

    operations = [
        migrations.CreateModel(
            name="AgreedPoint",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=32)),
                ("unit", models.CharField(blank=True, default="", max_length=32)),
                ("words", models.CharField(max_length=280)),
                ("condition", models.CharField(max_length=20)),
                (
                    "taken_on_by",
                    models.CharField(choices=[("team", "Team"), ("leaders", "Leaders")], max_length=10),
                ),
                ("by_when", models.DateField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("agreed", "Agreed"), ("done", "Done"), ("let_go", "Let Go")],
                        default="agreed",
                        max_length=10,
                    ),
                ),
                ("agreed_on", models.DateField()),
                ("ended_on", models.DateField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "unit", "words", "agreed_on"), name="point_agreed_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", True), ("state", "agreed")),
                            models.Q(("ended_on__isnull", False), ("state__in", ["done", "let_go"])),
                            _connector="OR",
                        ),
                        name="point_ended_or_not",
                    ),
                ],
            },
        ),
    ]
