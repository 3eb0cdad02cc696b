"""What leaders say became of their commitments; the database itself refuses to change or delete it.

SQLite: as in the migration before, a trigger of insertion refuses a second row of the same name or place.
"""

# ruff: noqa: RUF012 - written by Django

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

from replenish.ledger.triggers import run_on_each

_TABLE = "leadership_logentry"
_SAME = "id = NEW.id OR (commitment_id = NEW.commitment_id AND place = NEW.place)"
_KEEPS = "log_keeps BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, 'what was said is kept'); END"
_STAYS = "log_stays BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, 'what was said stays'); END"
_ONCE = """log_once BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})
BEGIN SELECT RAISE(ABORT, 'this was said already'); END"""
SQLITE = tuple("CREATE TRIGGER " + does.format(table=_TABLE, same=_SAME) for does in (_KEEPS, _STAYS, _ONCE))
SQLITE_BACK = tuple(f"DROP TRIGGER log_{does}" for does in ("keeps", "stays", "once"))
_NO_CHANGE = "log_keeps BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW"
_NO_EMPTYING = "log_stays BEFORE TRUNCATE ON {table} FOR EACH STATEMENT"
_REFUSE = """
CREATE FUNCTION leadership_refuse_log_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'what was said about a promise stays as it is' USING ERRCODE = '23000'; END $$
"""
POSTGRESQL = (
    _REFUSE,
    *(
        f"CREATE TRIGGER {does.format(table=_TABLE)} EXECUTE FUNCTION leadership_refuse_log_change()"
        for does in (_NO_CHANGE, _NO_EMPTYING)
    ),
)
POSTGRESQL_BACK = (
    *(f"DROP TRIGGER log_{does} ON {_TABLE}" for does in ("keeps", "stays")),
    "DROP FUNCTION leadership_refuse_log_change()",
)


class Migration(migrations.Migration):
    """After the triggers of the other two tables."""

    dependencies = [("leadership", "0002_said_once")]

    operations = [
        migrations.CreateModel(
            name="LogEntry",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("place", models.PositiveIntegerField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[("kept", "Kept"), ("partly", "Partly"), ("not_kept", "Not Kept")],
                        max_length=10,
                    ),
                ),
                ("why", models.CharField(max_length=160)),
                ("account", models.CharField(max_length=32)),
                ("signed", models.CharField(max_length=120)),
                ("part", models.CharField(max_length=20)),
                ("said_on", models.DateField()),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="log",
                        to="leadership.commitment",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("commitment", "place"), name="log_place_once"),
                    models.CheckConstraint(condition=models.Q(("place__gte", 1)), name="log_places_from_one"),
                ],
            },
        ),
        run_on_each(
            {"sqlite": SQLITE, "postgresql": POSTGRESQL},
            {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK},
        ),
    ]
