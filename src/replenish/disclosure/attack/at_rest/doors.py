"""Every door of the running system, and why none of them leads below the floor or to anything but a release.

Settings, roles, addresses, commands and formats are listed with a reason. A test walks the real ones: a door
that is not listed here fails it, so that nobody adds one without saying what it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from replenish.basis.errors import Refused
from replenish.disclosure.bands import FLOOR

HOSTILE = (
    "0", "1", "-1", "-7", "6", "6.9", "6.999999999", "7 ", " 7", "+7", "07", "7.0", "7e0", "0x7", "1e-9",
    "inf", "-inf", "nan", "None", "true", "", " ", "seven", "\u0667", "7\n", "7;6", "7,6", "1_0",
    "99999999999999999999",
)  # fmt: skip
"""Values for a number that must be at least the floor."""

SETTINGS: Mapping[str, str] = {
    "INSTANCE": "a folder: no figure depends on it",
    "KEYS": "a folder: no figure depends on it; `doctor` warns where it lies beside the database",
    "DATABASE": "which database: whoever sets it holds the database anyway",
    "HOSTS": "which names the server answers to",
    "ADDRESS": "what is printed on slips and cards",
    "SECURE": "whether cookies travel encrypted only",
    "FLOOR": "raises the floor; a value below it is refused",
    "MAIL": "which server letters to named people leave by; none unless given",
    "MAIL_FROM": "where these letters come from",
    "SERVICE": "which service vouches for named people; none unless given",
    "SERVICE_NAME": "what it is called on the page",
    "SERVICE_CLIENT": "under which name it knows this installation",
    "DEMO": "a line on every page that says that everybody is invented; nothing else",
}

ROLES: Mapping[str, str] = {
    "steward": "facts, plans and releases of the own organisation",
    "deputy": "the same, where the steward is away; neither key",
    "representative": "the same, and the second key",
    "facilitator": "debriefs they lead, and releases as every member reads them",
    "supervisor": "their own supervision, and releases as every member reads them",
    "operator": "backups and upkeep; nothing that people answered",
}

ADDRESSES: Mapping[str, str] = {
    "": "welcome: the same for everybody",
    "who-can-see-what/": "the promise and the floor: the same for everybody",
    "help-now/": "help lines: the same for everybody",
    "practise/": "practices: the same for everybody",
    "practise/<slug:name>/": "one practice: the same for everybody",
    "understand/": "texts: the same for everybody",
    "understand/<slug:name>/": "one text: the same for everybody",
    "understand/in-your-setting/<slug:setting>/": "a kind of place, not one's own: the same for everybody",
    "conversation/": "how a team talks about its conditions: the same for everybody",
    "conversation/cards/": "cards for such a talk: the same for everybody",
    "conversation/cards.pdf": "the cards on paper: the same for everybody",
    "conversation/guide.pdf": "the guide on paper: the same for everybody",
    "learn/": "what is offered to learn: the same for everybody",
    "learn/<slug:offer>/": "one offer: the same for everybody",
    "learn/<slug:offer>/<slug:unit>/": "one text to read: the same for everybody",
    "learn/<slug:offer>/<slug:unit>/plan/": "how to lead a session about it: the same for everybody",
    "how-noticing-works/": "rates of error from a simulation: the same for everybody",
    "language/": "a choice that is kept on the device",
    "quiet/": "an empty page: the same for everybody",
    "check-in-offline/": "the questions of the week: the same for everybody",
    "offline-pages/": "all pages for anybody at once: the same for everybody",
    "worker.js": "which pages a browser keeps: the same for everybody",
    "calendar/supervision/<slug:key>.ics": "days of one person's meetings, with a key kept as a digest",
    "calendar/<slug:key>.ics": "days of rounds and holidays, with a key that is the same for everybody in it",
    "join/": "a page that keeps the code of a slip in the browser",
    "my/": "one's own seat and box, with the own card",
    "my/join/": "a slip for a seat, with the own card",
    "my/new-card/": "a new secret, shown once",
    "my/card/": "the own card",
    "my/card/picture/": "the own card as a picture, while nothing is kept under it",
    "my/return/": "coming back with the own card",
    "my/leave/": "taking the card off a device",
    "my/check-in/": "the own answers of this week",
    "my/check-in/more/": "the own answers of this week",
    "my/check-in/queued/": "takes in own answers that waited; gives a key to seal them, a tag and random ids",
    "my/picture/": "the own box beside what was published about the own group",
    "my/words/": "words of one's own, from the own box",
    "my/case/": "conditions a person chose, and facts with their sources",
    "my/ask/": "an offer to a team, which goes out unasked as well",
    "my/doubt/": "how many slips were made for one's group, and whether somebody there doubts it",
    "my/reflect/": "the own notes",
    "my/reflect/supervision/": "the own notes",
    "my/reflect/after-supervision/": "the own answers about sessions of supervision of this week",
    "my/report/": "releases of the own organisation, and facts of what is provided",
    "my/report/page/": "the same, for the newest round",
    "my/report/report.csv": "figures of releases, and facts",
    "my/report/report.pdf": "the page on paper",
    "my/report/page.pdf": "the page on paper",
    "my/hide/": "a quiet page; the card's cookie notes that the screen is hidden",
    "my/open/": "the way back to a hidden or locked card, with its code",
    "my/device/": "the card on this device",
    "my/data/": "the own box, and how many slips were made for one's group",
    "my/data/answers/": "the own box",
    "my/data/my-answers.json": "the own box",
    "my/data/my-answers.csv": "the own box",
    "my/data/my-notes.txt": "the own notes",
    "my/data/destroy/": "the end of the own box",
    "staff/": "the own parts in the own organisation",
    "staff/rounds/": "seasons, groups by label with their headcount, days of rounds; no count of answers",
    "staff/rounds/plan/": "days and groups of a season before it is fixed, from the declared headcount",
    "staff/rounds/holidays/": "days of rounds that would move",
    "staff/rounds/cancel/": "rounds by number and day, and the end of one",
    "staff/keys/": "headcounts, slips agreed, proposals and doubts without a name; never slips used",
    "staff/keys/decide/": "one proposal with its figures beside those that hold",
    "staff/keys/headcount/": "headcounts two people agreed on, and a form for new ones",
    "staff/keys/slips/": "headcounts and slips agreed, and a form for new ones",
    "staff/keys/replacements/": "how many lost cards a group can replace, and a form for it",
    "staff/keys/draw/": "codes of slips that two people agreed on, shuffled, shown once to one of them",
    "staff/keys/doubts/": "that somebody in a group doubts its slips, and the answer of both keys",
    "staff/conversation/": "words: who is read together; facts of provision; what a team agreed on",
    "staff/documents/": "what the two drafts are: the same for everybody who may take them along",
    "staff/documents/psychosocial.odt": "releases the reader may read, facts, promises, and places to fill",
    "staff/documents/psychosocial.pdf": "the same on paper",
    "staff/documents/data-protection.odt": "settings in force, parts, tables by what they hold; no answer",
    "staff/documents/data-protection.pdf": "the same on paper",
    "staff/sign-in/": "the way in, with account and printed code: the same for everybody",
    "staff/sign-in/password/": "the way in: the same for everybody",
    "staff/sign-in/recovery/": "the way in: the same for everybody",
    "staff/sign-in/email/": "the way in: the same for every address, known or not",
    "staff/sign-in/email/code/": "the way in: the same for every address, known or not",
    "staff/sign-in/service/": "leads to the service of the installation, where it has one",
    "staff/sign-in/service/back/": "the way back from there",
    "staff/sign-in/passkey/": "the way in: the same for everybody",
    "staff/sign-in/passkey/options/": "what a passkey is to sign: a number made by chance",
    "staff/set-up/": "how one signs in oneself",
    "staff/account/": "how one signs in oneself, and since when",
    "staff/account/passkey/": "how one signs in oneself",
    "staff/account/passkey/options/": "what a passkey is made for: a number made by chance",
    "staff/account/passkey/remove/": "how one signs in oneself",
    "staff/account/password/": "how one signs in oneself",
    "staff/account/recovery-codes/": "new codes of one's own, shown once",
    "staff/account/email/": "one's own address",
    "staff/account/email/code/": "one's own address",
    "staff/account/service/": "one's own name at the service of the installation",
    "staff/account/another-organisation/": "one more account of one's own, with its printed code",
    "staff/account/sign-out-everywhere/": "the end of one's own sessions",
    "staff/organisations/": "the organisations one acts for oneself",
    "staff/answers/": "what leaders promised, in public; what waits for an answer of one's own",
    "staff/answers/write/": "a form for an answer of one's own: parts one leads, days of rounds",
    "staff/answers/kept/": "promises for parts one leads, and a form for what became of one",
    "staff/report/": "releases of the own organisation that the reader may read, and facts",
    "staff/report/page/": "the same, for the newest round",
    "staff/report/pictures/": "charts of the page as pictures",
    "staff/report/report.csv": "figures of releases, and facts",
    "staff/report/report.pdf": "the page on paper",
    "staff/report/page.pdf": "the page on paper",
    "staff/report/picture.svg": "a chart of the page",
    "staff/report/picture.png": "a chart of the page",
    "staff/report/pictures.zip": "charts of the page",
    "staff/telling/": "days of rounds, and what is said to everybody",
    "staff/telling/poster.pdf": "the same on paper",
    "staff/telling/message.txt": "the same as text",
    "staff/telling/message.eml": "the same as a draft, to nobody yet",
    "staff/telling/rounds.ics": "days of rounds and holidays",
    "staff/telling/wording/": "the organisation's own words to everybody",
    "staff/telling/calendar/": "a new key for the calendar of public days",
    "staff/telling/list/": "the address of one list that everybody is on",
    "staff/telling/send/": "one message to that list, before it goes",
    "staff/telling/notices/": "how often one wants letters oneself, and one's own address",
    "staff/people/": "who acts for the own organisation, and in which part: names that are public there",
    "staff/people/one/": "the parts of one of them",
    "staff/people/appoint/": "the operator's: a part for somebody; a new code, shown once",
    "staff/people/end-part/": "the end of a part: one's own, or the operator's to end",
    "staff/people/end-account/": "the end of an account: one's own, or the operator's to end",
    "staff/people/new-code/": "the operator's: a new code for somebody, shown once",
    "staff/units/": "the units and their declared headcounts: public in the organisation",
    "staff/units/one/": "the history of one unit and its declared headcounts",
    "staff/units/add/": "a change of the tree by the operator or a steward of that part",
    "staff/units/rename/": "a change of the tree by the operator or a steward of that part",
    "staff/units/move/": "a change of the tree by the operator or a steward of that part",
    "staff/units/dissolve/": "a change of the tree by the operator or a steward of that part",
    "staff/units/call-off/": "changes of the tree that are announced",
    "staff/units/organisation/": "the kind of place and the floor: public in the organisation",
    "staff/units/organisation/setting/": "the operator's: another kind of place",
    "staff/units/organisation/floor/": "the operator's: a higher floor, never a lower one",
    "staff/upkeep/": "the operator's: the last night, the last backup, what the doctor finds on the machine",
    "staff/upkeep/ledger/": "what administrators did in the own organisation, by the day",
    "staff/supervision/": "with whom the reader meets and what comes next; nobody else's",
    "staff/supervision/meeting/": "when and where one of the reader's own meetings is, for its parties alone",
    "staff/supervision/meeting/plan/": "a form for a meeting of an agreement of the reader's own",
    "staff/supervision/meeting/prepare/": "what the reader wants to talk about, opened by their phrase",
    "staff/supervision/meeting/move/": "a form for another day, with a side and a reason as codes",
    "staff/supervision/meeting/held/": "facts of the reader's own meetings, to confirm; no words",
    "staff/supervision/meeting/again/": "a form for a new day after a meeting fell through",
    "staff/supervision/meeting/call-off/": "a form with a side and a reason as codes",
    "staff/supervision/calendar/": "a new private address of the reader's own calendar, shown once",
    "staff/supervision/meetings.ics": "days, times and places of the reader's own meetings",
    "staff/supervision/guide/": "recognised ways to reflect, the same for everybody",
    "staff/supervision/guide/session/": "one of them with times; nothing is written there",
    "staff/supervision/rhythms/change/": "a form for how often supervision is expected in a part one leads",
    "staff/supervision/rhythms/": "how often supervision is expected and where that is written",
    "staff/incidents/": "what happened to teams of the reader's part, what follows, and standing offers",
    "staff/incidents/write/": "a form for an incident; no field for a name, a case or words",
    "staff/incidents/one/": "one incident of the reader's part and its steps; never who took part",
    "staff/incidents/asking/": "the facilitator's own list, opened by their phrase alone, until day 31",
    "staff/incidents/answers/": "bands of the answers of a quarter, over at least seven offers",
    "staff/incidents/restraint/": "what laws want recorded: the same for everybody",
    "staff/learning/": "what is offered to learn, and sessions; nobody who comes is named",
    "staff/learning/plan/": "a form for a session of a part one answers for",
    "staff/learning/session/": "one session, and how many came where that tells of nobody",
    "staff/learning/sheet/": "a session on paper, with a strip for each place",
    "staff/learning/sessions.ics": "days, times and places of sessions",
    "staff/debriefs/": "that debriefs were held or why not, and one's own count of those one led",
    "staff/debriefs/before/": "words of our own about debriefs, the same for everybody",
    "staff/debriefs/lead/": "a guide; what is typed comes back once, and only agreed words are kept",
    "staff/debriefs/not-held/": "a form with reasons from a list",
    "staff/debriefs/points/": "words about the place that groups agreed on, and answers to them",
    "staff/debriefs/answer/": "one such point, and a form for its answer",
    "staff/debriefs/reviews/": "the same of learning reviews, by themselves",
    "staff/debriefs/register/": "who leads debriefs, and until when their training holds",
    "staff/sign-out/": "the end of one's own session",
    "staff/actions/": "actions in public words, and what releases tell of their effect",
    "staff/actions/library/": "words of our own about actions",
    "staff/actions/plan/": "a form for an action of units one leads",
    "staff/actions/one/": "one action in public words, and what releases tell of its effect",
    "staff/actions/said/": "releases and actions, as everybody reads them in the report",
    "staff/provision/": "facts of what is provided, with who entered them",
    "staff/provision/supervision/": "facts of all supervision, and releases of ratings over everybody",
    "staff/provision/debriefs/": "facts of what followed all incidents",
    "staff/provision/enter/": "a form for one fact of a part one answers for",
    "staff/provision/correct/": "the same for a fact that is there",
    "staff/provision/take-back/": "the same, to let it count no longer",
    "staff/provision/import/": "one's own table, and what is wrong in it",
    "staff/provision/example.csv": "names of units and of kinds of facts",
    "staff/provision/facts.csv": "facts of what is provided",
    "staff/records/": "whether one's own records are open here, and since when one has a key",
    "staff/records/make/": "what a record phrase is; a new one of one's own, shown once",
    "staff/records/lost/": "what stays closed; a new phrase of one's own, shown once",
    "staff/records/new-words/": "other words for one's own key, shown once",
    "staff/records/close/": "the end of open records in this browser",
    "staff/supervision/agreements/": "agreements one belongs to oneself, and with whom",
    "staff/supervision/agreements/one/": "one of them: its terms, and who agreed to them",
    "staff/supervision/agreements/propose/": "a form: names that are public in the organisation, and units",
    "staff/supervision/agreements/change/": "the terms of an agreement of one's own",
    "staff/supervision/notes/": "notes that are sealed to oneself, opened with one's own phrase",
    "staff/supervision/notes/write/": "a form for a note that is sealed to those who belong to an agreement",
    "staff/supervision/notes/share/": "notes one can open, and who may be let in next",
    "staff/supervision/notes/notes.txt": "notes that are sealed to oneself, to take along",
    "staff/supervision/notes/notebook/": "a notebook that is sealed to oneself alone",
    "staff/signed-out/": "a page after signing out: the same for everybody",
}

ON_A_DEVICE: Mapping[str, str] = {
    "cookie replenish_card": "the card, or what holds it open: goes to the carer's own pages alone",
    "cookie replenish_records": "what holds records open until the evening: goes to staff pages alone",
    "cookie csrftoken": "the key of forms: random, until the browser closes",
    "cookie replenish_language": "the language that was chosen",
    "session replenish-slip": "the code of a slip, for the one step to its form",
    "local replenish-hidden": "that the screen was hidden, until the server knows it",
    "database replenish/waiting": "check-ins that wait, sealed: random ids, the quarter of a year",
    "database replenish/ready": "a public key, a quarter's tag of the card, random ids, if it has a code",
    "cache replenish-": "pages that are the same for everybody, and their files",
}
"""What a browser may keep, and what that tells whoever finds the device."""

COMMANDS: Mapping[str, str] = {
    "start": "an invented organisation, its cards and codes with it, or a report from one's own file",
    "instruments": "questionnaires",
    "score": "exact figures of one's own file; says that they are not for publication",
    "convert": "a file that its holder holds already, in another format",
    "analyse": "exact figures of one's own file; says that they are not for publication",
    "reliability": "exact figures of one's own file; says that they are not for publication",
    "report": "drawn from releases alone",
    "release": "releases",
    "attack": "what is wrong, never an answer",
    "policies": "an invented organisation",
    "simulate": "an invented organisation",
    "serve": "the pages above",
    "organisation": "units, accounts, headcounts and slips: nothing that people answered",
    "ledger": "what administrators did",
    "nightly": "nothing but that it is done",
    "rounds": "seasons, groups by label, days of rounds; slips to print, once; no count of answers",
    "backup": "names of files",
    "restore": "names of files",
    "doctor": "what could let answers be read; never one",
}

EXPORTS: Mapping[str, str] = {
    "staff/provision/example.csv": "names of units and of kinds of facts",
    "staff/provision/facts.csv": "facts of what is provided",
    "conversation/cards.pdf": "words of our own",
    "conversation/guide.pdf": "words of our own",
    "my/data/my-answers.json": "one's own box",
    "my/data/my-answers.csv": "one's own box",
    "my/data/my-notes.txt": "one's own notes",
    "my/report/report.csv": "figures of releases, and facts",
    "my/report/report.pdf": "releases and facts on paper",
    "my/report/page.pdf": "releases and facts on paper",
    "staff/report/report.csv": "figures of releases, and facts",
    "staff/report/report.pdf": "releases and facts on paper",
    "staff/report/page.pdf": "releases and facts on paper",
    "staff/report/picture.svg": "a chart of releases",
    "staff/report/picture.png": "a chart of releases",
    "staff/report/pictures.zip": "charts of releases",
    "staff/supervision/meetings.ics": "days, times and places of the reader's own meetings",
    "staff/learning/sessions.ics": "days, times and places of sessions",
    "staff/documents/psychosocial.odt": "releases, facts and promises, to edit",
    "staff/documents/psychosocial.pdf": "releases, facts and promises on paper",
    "staff/documents/data-protection.odt": "settings and words, to edit",
    "staff/documents/data-protection.pdf": "settings and words on paper",
    "staff/telling/poster.pdf": "words and days for everybody on paper",
    "staff/telling/message.txt": "words and days for everybody",
    "staff/telling/message.eml": "words and days for everybody",
    "staff/telling/rounds.ics": "days of rounds and holidays",
    "staff/supervision/notes/notes.txt": "notes that are sealed to oneself",
}

CONSTRUCTORS = frozenset(
    {"disclosure/release/making.py", "disclosure/release/plain.py", "disclosure/release/results.py"}
)
"""The only files that construct a release."""

REPORT_SOURCES = (
    "web.conditions_report", "web.shared", "conditions.queries", "conditions.facts", "conditions.response",
    "conditions.read_together", "leadership.queries", "conditions.shared_list", "conditions.actions",
    "web.acting",
    "web.conversation_kit", "disclosure", "report", "measures.pack_parts", "people.queries",
    "people.roles", "basis",
)  # fmt: skip
"""The only places from which the pages of the report import: what was published, facts, names, and words."""

READERS = frozenset({"conditions/gate.py"})
"""The only files that read microdata."""


def accepted_below_floor(read: Callable[[str], object], hostile: Iterable[str] = HOSTILE) -> list[str]:
    """Values that a reader of the floor accepts although they give less than the floor, or no whole number.

    Args:
        read: from the text of a setting to its value; it may refuse.
        hostile: what is tried.
    """
    accepted = []
    for text in hostile:
        try:
            value = read(text)
        except (Refused, ValueError, KeyError):
            continue
        if not isinstance(value, int) or isinstance(value, bool) or value < FLOOR:
            accepted.append(text)
    return accepted


def unlisted(found: Iterable[str], listed: Collection[str]) -> tuple[list[str], list[str]]:
    """Doors that nobody has listed, and listed ones that are gone."""
    there = set(found)
    return sorted(there - set(listed)), sorted(set(listed) - there)
