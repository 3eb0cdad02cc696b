"""One sentence for each event of the ledger, with open places for what the entry holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from replenish.ledger.events import Event


def no_sentence() -> str:
    """For an event that is younger than this page."""
    return _("%(event)s")


_WORDS: Mapping[Event, Callable[[], str]] = {
    Event.ORGANISATION_CREATED: lambda: _("The organisation was set up as %(name)s."),
    Event.FLOOR_RAISED: lambda: _("A figure now needs %(floor)s voices. It was %(before)s before."),
    Event.SETTING_CHANGED: lambda: _("The kind of place was changed: %(setting)s."),
    Event.UNIT_ADDED: lambda: _("The unit %(name)s begins on %(on)s, as part of %(above)s."),
    Event.UNIT_MOVED: lambda: _("The unit %(unit)s moves on %(on)s, and is part of %(above)s then."),
    Event.UNIT_RENAMED: lambda: _("The unit %(before)s is called %(name)s from %(on)s."),
    Event.UNIT_DISSOLVED: lambda: _("The unit %(unit)s ends on %(on)s."),
    Event.UNIT_CHANGE_CALLED_OFF: lambda: _(
        "What was planned for the unit %(unit)s on %(on)s was called off."
    ),
    Event.PERSON_APPOINTED: lambda: _("%(who)s is %(role)s for %(unit)s from %(on)s."),
    Event.ROLE_ENDED: lambda: _("%(who)s is no longer %(role)s for %(unit)s."),
    Event.ACCOUNT_ENDED: lambda: _("The account of %(who)s ended."),
    Event.CODE_REPLACED: lambda: _("%(who)s got a new code."),
    Event.SIGN_IN_PREPARED: lambda: _("%(who)s used the code for the first time."),
    Event.HEADCOUNT_PROPOSED: lambda: _("A headcount was proposed."),
    Event.HEADCOUNT_CONFIRMED: lambda: _("A headcount was confirmed. %(first)s had proposed it."),
    Event.SLIPS_PROPOSED: lambda: _("Slips were proposed, %(total)s in all."),
    Event.SLIPS_CONFIRMED: lambda: _("Slips were confirmed, %(total)s in all. %(first)s had proposed them."),
    Event.REPLACEMENTS_PROPOSED: lambda: _("Slips for lost cards were proposed, %(total)s in all."),
    Event.REPLACEMENTS_CONFIRMED: lambda: _(
        "Slips for lost cards were confirmed, %(total)s in all. %(first)s had proposed them."
    ),
    Event.PROPOSAL_WITHDRAWN: lambda: _("A proposal was taken back or declined."),
    Event.PROPOSAL_ENDED: lambda: _("A proposal ended without a second key."),
    Event.SEASON_PLANNED: lambda: _("Season %(number)s was planned, from %(starts_on)s. Groups: %(groups)s."),
    Event.SLIPS_DRAWN: lambda: _("Slips were made, %(total)s in all. They are good until %(expires_on)s."),
    Event.REPLACEMENTS_DRAWN: lambda: _(
        "Slips for lost cards were made, %(total)s in all. They are good until %(expires_on)s."
    ),
    Event.ROUND_OPENED: lambda: _("Round %(number)s opened. It closes on %(closes_on)s."),
    Event.ROUND_PAUSED: lambda: _("Round %(number)s pauses from %(from)s to %(until)s."),
    Event.ROUND_CANCELLED: lambda: _("Round %(number)s was given up."),
    Event.ROUND_CLOSED: lambda: _("Round %(number)s closed."),
    Event.ROUND_KEY_REPLACED: lambda: _("The lost key of round %(number)s was replaced."),
    Event.ROUND_KEY_DESTROYED: lambda: _("The key of round %(number)s was destroyed."),
    Event.RELEASE_PUBLISHED: lambda: _(
        "The figures of round %(number)s were published. They can be read from %(visible_from)s."
    ),
    Event.RATINGS_PUBLISHED: lambda: _(
        "What was said after sessions of supervision in season %(number)s was published, over everybody. It "
        "can be read from %(visible_from)s."
    ),
    Event.DOUBT_SHOWN: lambda: _("Somebody in %(group)s doubts how many slips were made. Nobody knows who."),
    Event.DOUBT_ANSWERED: lambda: _("A doubt in %(group)s was answered. %(first)s had proposed the words."),
    Event.RESPONSE_PUBLISHED: lambda: _("An answer to a round was given in public, for %(unit)s."),
    Event.COMMITMENT_LOGGED: lambda: _("A leader said what became of a promise, for %(unit)s."),
    Event.CONTRIBUTIONS_PAUSED: lambda: _("Round %(number)s takes nothing from these groups: %(groups)s."),
    Event.CONTRIBUTIONS_RESUMED: lambda: _("These groups count again in round %(number)s: %(groups)s."),
    Event.POINT_AGREED: lambda: _("A point was put on the shared list, for %(unit)s."),
    Event.POINT_CHANGED: lambda: _("A point of the shared list was changed."),
    Event.POINT_STATE_SET: lambda: _("A point of the shared list was marked anew."),
    Event.ACTION_PLANNED: lambda: _("An action was planned."),
    Event.ACTION_CHANGED: lambda: _("The plan of an action was changed, before it was fixed."),
    Event.ACTION_STARTED: lambda: _(
        "The plan of an action was fixed. It begins on %(starts_on)s. The number of its lot is %(number)s."
    ),
    Event.ACTION_NOTED: lambda: _("A note was added to an action."),
    Event.ACTION_ENDED: lambda: _("An action ended."),
    Event.MESSAGE_POSTED: lambda: _("A message went out to everybody alike."),
    Event.WORDS_CHANGED: lambda: _("The words of a message were changed."),
    Event.LIST_ADDRESS_CHANGED: lambda: _("The address that messages go to was changed."),
    Event.CALENDAR_ADDRESS_CHANGED: lambda: _("The address of the calendar was changed."),
    Event.OFFER_ARRANGED: lambda: _("Offers to teams were arranged."),
    Event.OFFER_ENDED: lambda: _("Offers to teams ended."),
    Event.RHYTHM_CHANGED: lambda: _("How often supervision is expected was changed, for %(unit)s."),
    Event.INCIDENT_ENTERED: lambda: _("A hard incident was written down, for %(unit)s."),
    Event.INCIDENT_TAKEN_BACK: lambda: _("A hard incident was taken back. It was a mistake."),
    Event.INCIDENT_STEP_ENTERED: lambda: _("It was written down what followed a hard incident."),
    Event.ANSWERS_PUBLISHED: lambda: _("It was told how offers of %(quarter)s were answered, as a band."),
    Event.SESSION_PLANNED: lambda: _("A learning session was planned for %(on)s, for %(unit)s."),
    Event.SESSION_CALLED_OFF: lambda: _("A learning session was called off."),
    Event.ATTENDANCE_ENTERED: lambda: _("It was written down how a learning session went."),
    Event.DEBRIEF_RECORDED: lambda: _("It was written down how a debrief of %(on)s went, for %(unit)s."),
    Event.LEARNING_POINT_ANSWERED: lambda: _("A learning point was answered, for %(unit)s."),
    Event.TRAINING_ENTERED: lambda: _("A training of %(who)s was entered. It holds until %(until)s."),
    Event.TRAINING_REMOVED: lambda: _("A training of %(who)s was removed."),
    Event.FACT_ENTERED: lambda: _("A fact was entered, for %(unit)s."),
    Event.FACT_CORRECTED: lambda: _("A fact was corrected, for %(unit)s."),
    Event.FACT_TAKEN_BACK: lambda: _("A fact was taken back, for %(unit)s."),
    Event.FACTS_IMPORTED: lambda: _("Facts were read from a file: %(facts)s."),
}
SENTENCES: Mapping[str, Callable[[], str]] = {event.value: words for event, words in _WORDS.items()}
