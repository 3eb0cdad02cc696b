"""What telling everybody is refused for, as stewards and the operator meet it on a page."""

from __future__ import annotations

from replenish.basis.errors import Fault


class TellingFault(Fault):
    """Why words are not kept, or nothing is sent."""

    WORDS_EMPTY = (
        "telling.words_empty",
        "there are no words here; write some, or go back to our wording",
    )
    WORDS_LONG = (
        "telling.words_long",
        "this is too long for one sheet; {most} characters fit, and there are {found}",
    )
    WORDS_PARAGRAPHS = (
        "telling.words_paragraphs",
        "these are too many paragraphs for one sheet; at most {most} fit",
    )
    WORDS_PLACE = (
        "telling.words_place",
        "nothing can be filled in for {place}; use the names listed beside the field",
    )
    LIST_ADDRESS = (
        "telling.list_address",
        "this is no e-mail address that can be used; look at it once more",
    )
    LIST_ADDRESS_MISSING = (
        "telling.list_address_missing",
        "there is no address that reaches everybody yet; enter it first",
    )
    MAIL_UNREACHABLE = (
        "telling.mail_unreachable",
        "the mail server did not take the message; nothing was sent, so try again later or print the poster",
    )
    NOTICES_WITHOUT_EMAIL = (
        "telling.notices_without_email",
        "your account has no e-mail address yet; add one first, and then choose",
    )
