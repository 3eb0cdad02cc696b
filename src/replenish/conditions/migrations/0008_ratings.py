"""What is published about sessions of supervision; the database refuses to change or delete it.

SQLite: `INSERT OR REPLACE` deletes without asking triggers of deletion, so a trigger of insertion refuses a
second release of a season, too. On PostgreSQL the function of the other releases is used.
"""

# ruff: noqa: D101, RUF012

from django.db import migrations, models

from replenish.ledger.triggers import run_on_each

SQLITE = (
    """
    CREATE TRIGGER published_rating_keeps BEFORE UPDATE ON conditions_publishedrating
    BEGIN SELECT RAISE(ABORT, 'what was published is never changed'); END
    """,
    """
    CREATE TRIGGER published_rating_stays BEFORE DELETE ON conditions_publishedrating
    BEGIN SELECT RAISE(ABORT, 'what was published is never deleted'); END
    """,
    """
    CREATE TRIGGER published_rating_once BEFORE INSERT ON conditions_publishedrating
    WHEN EXISTS (
        SELECT 1 FROM conditions_publishedrating
        WHERE id = NEW.id OR round = NEW.round OR hash = NEW.hash
            OR (organisation = NEW.organisation AND (number = NEW.number OR season = NEW.season))
    )
    BEGIN SELECT RAISE(ABORT, 'a season is published once'); END
    """,
)
SQLITE_BACK = (
    "DROP TRIGGER published_rating_keeps",
    "DROP TRIGGER published_rating_stays",
    "DROP TRIGGER published_rating_once",
)
POSTGRESQL = (
    """
    CREATE TRIGGER published_rating_keeps BEFORE UPDATE OR DELETE ON conditions_publishedrating
    FOR EACH ROW EXECUTE FUNCTION conditions_refuse_change()
    """,
    """
    CREATE TRIGGER published_rating_stays BEFORE TRUNCATE ON conditions_publishedrating
    FOR EACH STATEMENT EXECUTE FUNCTION conditions_refuse_change()
    """,
)
POSTGRESQL_BACK = (
    "DROP TRIGGER published_rating_keeps ON conditions_publishedrating",
    "DROP TRIGGER published_rating_stays ON conditions_publishedrating",
)


class Migration(migrations.Migration):
    dependencies = [("conditions", "0007_room_figures")]

    operations = [
        migrations.CreateModel(
            name="PublishedRating",
            fields=[
                ("id", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("organisation", models.CharField(max_length=32)),
                ("round", models.CharField(max_length=32, unique=True)),
                ("season", models.PositiveIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("rule", models.CharField(max_length=64)),
                ("body", models.TextField()),
                ("hash", models.CharField(max_length=64, unique=True)),
                ("previous", models.CharField(blank=True, default="", max_length=64)),
                ("signature", models.CharField(max_length=128)),
                ("public_key", models.CharField(max_length=64)),
                ("visible_from", models.DateField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["organisation", "number"], name="rating_number_once"),
                    models.UniqueConstraint(fields=["organisation", "season"], name="rating_season_once"),
                ],
            },
        ),
        run_on_each(
            {"sqlite": SQLITE, "postgresql": POSTGRESQL},
            {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK},
        ),
    ]
