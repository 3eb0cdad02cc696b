"""Refusals of backups, restoring and the night's work."""

from __future__ import annotations

from replenish.basis.errors import Fault


class SafekeepingFault(Fault):
    """Why nothing was backed up, or nothing restored."""

    TABLE_UNDECIDED = (
        "safekeeping.table_undecided",
        (
            "nobody has decided whether a backup may hold {tables}, so none was made; decide in "
            "safekeeping/policy.py"
        ),
    )
    TABLE_ABSENT = (
        "safekeeping.table_absent",
        "the database has no {tables}; prepare it for this version first",
    )
    COLUMN_KIND = (
        "safekeeping.column_kind",
        "a backup cannot carry '{column_name}' of {table}, which is a {kind}; add it in safekeeping/rows.py",
    )
    SCHEMA_DIFFERS = (
        "safekeeping.schema_differs",
        "{table} has other columns here than in the backup; restore with the version that made the backup",
    )
    FOLDERS_SAME = (
        "safekeeping.folders_same",
        (
            "the backups and the key file would lie in one folder ({folder}); whoever has both can compare "
            "backups, so give the key file another place"
        ),
    )
    FOLDER_IN_INSTANCE = (
        "safekeeping.folder_in_instance",
        "{folder} lies inside the installation itself and would be lost with it; choose a folder elsewhere",
    )
    KEEP_TOO_FEW = (
        "safekeeping.keep_too_few",
        "at least one backup must be kept, and {keep} were asked for",
    )
    BUSY = (
        "safekeeping.busy",
        "the night's work, a backup or a restore is already running; wait until it has ended",
    )
    NOT_A_BACKUP = (
        "safekeeping.not_a_backup",
        "this is not a data backup of Replenish, or it is damaged ({why}); use another one",
    )
    NOT_A_KEY_FILE = (
        "safekeeping.not_a_key_file",
        "this is not a key file of Replenish, or it is damaged ({why}); use the latest copy of it",
    )
    FILE_MISSING = (
        "safekeeping.file_missing",
        "there is no such file or folder; check the path",
    )
    BACKUP_WITHOUT_KEYS = (
        "safekeeping.backup_without_keys",
        (
            "the key file does not name this backup, so its boxes stay closed; use the newest key file, and "
            "a backup it names: {named}"
        ),
    )
    BACKUP_CHANGED = (
        "safekeeping.backup_changed",
        "the backup is not the one that was made: its content was changed or damaged; use another one",
    )
    WRAPPED_TWICE = (
        "safekeeping.wrapped_twice",
        (
            "the boxes still carry the outer layer of an earlier backup, so the two could be compared; the "
            "nightly rewrite has to come first"
        ),
    )
    WRAP_KEY_ABSENT = (
        "safekeeping.wrap_key_absent",
        (
            "the boxes are wrapped under a key that is not in the folder of keys ({ids}); look whether the "
            "folder of keys is the right one"
        ),
    )
    NOT_EMPTY = (
        "safekeeping.not_empty",
        (
            "this installation already holds an organisation; nothing was touched. To give up what it holds, "
            "stop the server and add --replace"
        ),
    )
    KEY_FILE_OLD = (
        "safekeeping.key_file_old",
        (
            "the key file is older than this backup, which lies beside the one to restore; with it, erased "
            "boxes could come back and closed rounds open again, so use the newest key file"
        ),
    )
    OTHER_INSTANCE = (
        "safekeeping.other_instance",
        (
            "the signing key here belongs to another installation than the backup; restore into an empty "
            "folder of keys, or add --replace"
        ),
    )
    OTHER_VERSION = (
        "safekeeping.other_version",
        "the backup was made by another version ({made_by}); restore with that version, then update",
    )
    AFTER_RESTORE = (
        "safekeeping.after_restore",
        "what was restored does not hold together ({why}); nothing was changed here",
    )
    UPKEEP_UNREADABLE = (
        "safekeeping.upkeep_unreadable",
        "this note of the last night and the last backup cannot be read; remove it and run a backup again",
    )
    PLACES_UNKNOWN = (
        "safekeeping.places_unknown",
        "nobody has said yet where backups go; give --to FOLDER and --keys-to ANOTHER once",
    )
