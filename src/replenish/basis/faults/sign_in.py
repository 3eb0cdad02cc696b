"""Refusals of signing in, as people with an account meet them on a page."""

from __future__ import annotations

from replenish.basis.errors import Fault


class SignInFault(Fault):
    """Why a way of signing in opens nothing, or is not changed."""

    WAY_WRONG = (
        "sign_in.way_wrong",
        "this opens nothing; look at what you typed once more, or sign in another way",
    )
    PASSWORD_PLAIN = (
        "sign_in.password_plain",
        "a password needs at least {least} signs, and must not be one that many people use",
    )
    EMAIL_UNREADABLE = (
        "sign_in.email_unreadable",
        "this is no e-mail address that can be used; look at it once more",
    )
    ACCOUNT_OPENED_OTHERWISE = (
        "sign_in.account_opened_otherwise",
        (
            "this account is set up with another way to sign in; use that one, or ask whoever runs this "
            "installation for a new code"
        ),
    )
    ORGANISATION_HELD = (
        "sign_in.organisation_held",
        "you already act for this organisation under another account; one person has one account there",
    )
