"""Every setting there is: its name, its default, what it does, and what it may not do.

Settings come from environment variables that begin with `REPLENISH_`. The list is complete on purpose:
an unknown name is refused, so that a misspelt setting is never silently without effect, and the
configuration attack reads this list to try every value that could weaken the wall.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from replenish.basis.errors import refuse
from replenish.basis.faults import SiteFault
from replenish.disclosure.bands import FLOOR
from replenish.site.mail import mail_address

PREFIX = "REPLENISH_"
MOST = 10_000


@dataclass(frozen=True)
class Setting:
    """One setting: how its text is read, and the sentence that explains it."""

    name: str
    default: str
    meaning: str
    read: Callable[[str], object]
    expected: str


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = int(text)
        if not low <= number <= high:
            raise ValueError(text)
        return number

    return read


def _yes_or_no(text: str) -> bool:
    return {"yes": True, "no": False}[text.casefold()]


def _encrypted(text: str) -> str:
    if text and not text.startswith("https://"):
        raise ValueError(text)
    return text.rstrip("/")


def _names(text: str) -> tuple[str, ...]:
    names = tuple(part.strip() for part in text.split(",") if part.strip())
    if not names:
        raise ValueError(text)
    return names


SETTINGS = (
    Setting(
        "INSTANCE", "replenish-instance", "the folder of this installation: its database and its keys",
        Path, "it must be a path",
    ),
    Setting(
        "KEYS", "", "the folder of the keys, `keys` in the instance unless given; keep it on another volume "
        "than the database, and out of every backup and snapshot",
        Path, "it must be a path",
    ),
    Setting(
        "DATABASE", "", "a path for SQLite, or postgresql://user:password@host/name; SQLite in the instance "
        "unless given",
        str, "it must be a path or a postgresql address",
    ),
    Setting(
        "HOSTS", "localhost,127.0.0.1,[::1]", "the names under which browsers reach the server, with commas",
        _names, "it must be names with commas between them",
    ),
    Setting(
        "ADDRESS", "http://localhost:8410", "the address printed on slips and cards, without a final slash",
        lambda text: text.rstrip("/"), "it must be an address",
    ),
    Setting(
        "SECURE", "no", "`yes` where the server is reached through https: cookies then travel only so",
        _yes_or_no, "it must be yes or no",
    ),
    Setting(
        "FLOOR", str(FLOOR), f"the least number of voices of a published group: {FLOOR} or more",
        _whole(FLOOR, MOST), f"it must be a whole number from {FLOOR} (a setting may raise the floor only)",
    ),
    Setting(
        "MAIL", "", "the mail server, as smtp://user:password@host:587 or smtps://user:password@host:465; "
        "without it nothing is ever sent",
        mail_address, "it must be an address that begins with smtp:// or smtps://",
    ),
    Setting(
        "MAIL_FROM", "", "the address letters come from",
        str, "it must be an e-mail address",
    ),
    Setting(
        "SERVICE", "", "the https address of a service of yours through which named people may sign in "
        "(OpenID Connect); without it no other service is ever asked",
        _encrypted, "it must be an address that begins with https://",
    ),
    Setting(
        "SERVICE_NAME", "", "what your people call that service",
        str, "it must be a name",
    ),
    Setting(
        "SERVICE_CLIENT", "", "the name under which that service knows this installation; its secret stands "
        "in `service.secret` in the folder of the keys",
        str, "it must be a name",
    ),
    Setting(
        "DEMO", "no", "`yes` where everybody is invented: each page says so at its top; nothing else changes",
        _yes_or_no, "it must be yes or no",
    ),
)  # fmt: skip


def read_configuration(environment: Mapping[str, str]) -> dict[str, object]:
    """The settings by name, defaults filled in.

    Raises:
        Refused: an unknown name with the prefix, or a value that cannot be read or is not allowed.
    """
    known = {setting.name: setting for setting in SETTINGS}
    for variable in environment:
        name = variable.removeprefix(PREFIX)
        if variable.startswith(PREFIX) and name not in known and name not in _ELSEWHERE:
            refuse(SiteFault.SETTING_UNKNOWN, name=variable, known=", ".join(PREFIX + name for name in known))
    return {name: _value(setting, environment) for name, setting in known.items()}


# Read by the tests alone: where the real data sets lie.
_ELSEWHERE = {"REALDATA"}


def _value(setting: Setting, environment: Mapping[str, str]) -> object:
    text = environment.get(PREFIX + setting.name, setting.default)
    try:
        return setting.read(text)
    except (ValueError, KeyError):
        refuse(SiteFault.SETTING_VALUE, name=PREFIX + setting.name, value=text, expected=setting.expected)
