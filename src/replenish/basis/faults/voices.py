"""Refusals of the carers' side: slips, seats, boxes, rounds."""

from __future__ import annotations

from replenish.basis.errors import Fault


class VoiceFault(Fault):
    """Why a slip, a check-in or a close cannot be accepted."""

    SLIP_NOT_OPEN = (
        "voices.slip_not_open",
        (
            "this slip cannot be used with this card now; it may have been used already, or be older than "
            "two weeks, or be mistyped, or the card may have a seat there or in another organisation "
            "already; draw another one, make a second card, or ask the people who made the slips"
        ),
    )
    CARD_ERASED = (
        "voices.card_erased",
        "what this card kept was erased, and an erased card stays empty; make a new card",
    )
    WEEK_UNKNOWN = (
        "voices.week_unknown",
        "'{week}' is no week of the calendar; write it like 2026-W03",
    )
    WEEK_AHEAD = (
        "voices.week_ahead",
        "the week {week} has not begun yet; check in for this week or an earlier one",
    )
    ANSWER_UNKNOWN = (
        "voices.answer_unknown",
        "'{item}' is not a question of '{pack}'; load the page again and answer there",
    )
    ANSWER_IMPOSSIBLE = (
        "voices.answer_impossible",
        "'{item}' has an answer that cannot be given; load the page again and answer there",
    )
    BOX_UNREADABLE = (
        "voices.box_unreadable",
        "this box was written by a newer version of the software; ask for the software to be updated",
    )
    NOTES_FULL = (
        "voices.notes_full",
        (
            "your box has no room for more notes, and this one was not kept; what was kept before is safe, "
            "and check-ins still fit; take a copy of your notes, delete some, then keep this one"
        ),
    )
    SLIPS_TOO_LONG = (
        "voices.slips_too_long",
        "slips may be open until {latest} at most; choose that day or an earlier one",
    )
    SLIPS_COUNT = (
        "voices.slips_count",
        "{count} slips for one unit cannot be made; name a whole number from 1 to {most}",
    )
    ROUND_UNKNOWN = (
        "voices.round_unknown",
        "there is no open round of that name; it may be closed already",
    )
    ROUND_STILL_ACCEPTING = (
        "voices.round_still_accepting",
        "the round still accepts check-ins; stop it first, then read it",
    )
    ROUND_DIFFERS = (
        "voices.round_differs",
        "a round of that name is open already with other dates, questions or another key",
    )
    SCALE_TWICE = (
        "voices.scale_twice",
        "the scale '{scale}' is in two of the packs of this round; ask only one of them",
    )
    PACK_NOT_FOR_ROUNDS = (
        "voices.pack_not_for_rounds",
        (
            "the scale '{scale}' of '{pack}' is no mean from 0 to 100 over listed answers, so a round "
            "cannot ask it"
        ),
    )
    SEASON_UNKNOWN = (
        "voices.season_unknown",
        "this season has not begun; begin it before opening a round in it",
    )
    SEASON_DIFFERS = (
        "voices.season_differs",
        "a season of that name has begun already with other groups or dates",
    )
    DOUBT_WITHOUT_SEAT = (
        "voices.doubt_without_seat",
        (
            "your card has no seat in a group now, so there is no number of slips it could doubt; nothing "
            "was sent, and you can speak to your representative"
        ),
    )
    NIGHT_UNFINISHED = (
        "voices.night_unfinished",
        "{rows} rows are still under an older key after the rewrite; run the night again",
    )
    NIGHT_NOT_CLEAN = (
        "voices.night_not_clean",
        "somebody kept reading the database, so its files could not be cleaned; run the night again",
    )
