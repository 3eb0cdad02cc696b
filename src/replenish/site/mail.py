"""The mail server of an installation, where it has one; without one nothing is ever sent."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 587, "smtps": 465}
NONE = "django.core.mail.backends.dummy.EmailBackend"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@dataclass(frozen=True)
class MailServer:
    """How letters leave: encrypted from the first byte (`smtps`) or from the greeting on (`smtp`)."""

    backend: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    is_encrypted_at_once: bool = False


def mail_address(text: str) -> str:
    """The address of a mail server, looked at once.

    Raises:
        ValueError: it is none.
    """
    mail_server(text)
    return text


def mail_server(address: str) -> MailServer:
    """The server at an address such as `smtp://user:password@mail.example.org:587`; none for no address.

    Raises:
        ValueError: it is no such address.
    """
    if not address:
        return MailServer(NONE)
    parts = urlsplit(address)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError(address)
    return MailServer(
        SMTP,
        parts.hostname,
        parts.port or PORTS[parts.scheme],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        parts.scheme == "smtps",
    )
