"""What leaders promised for a part, round by round; until when they have time; or that nothing was said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from replenish.conditions.response import Answer, RoundAnswers, Standing
from replenish.leadership.queries import Promise
from replenish.report.document import Block, Heading, LeadersWords, Paragraph, Section
from replenish.web.conditions_report.asked import condition_titles
from replenish.web.conditions_report.parts import THE_WHOLE, PartInRound
from replenish.web.conditions_report.sections.since import became, caution, since
from replenish.web.conditions_report.source import Source
from replenish.web.conditions_report.wording import day, number, upper

ROUNDS_TOLD = 6


def promised(source: Source) -> Section | None:
    """The newest rounds; nothing before one has closed, or where no round ever spoke about the part."""
    told = _about_the_part(source)
    if not told:
        return None
    intro = Paragraph(
        _(
            "After each round, those who lead say what they will do. Everybody here reads it. It is never "
            "changed."
        )
    )
    blocks: list[Block] = [intro]
    for one in told[:ROUNDS_TOLD]:
        blocks += _round(one, source.rounds)
    if any(since(promise, one.number, source.rounds) for one in told[:ROUNDS_TOLD] for promise in _all(one)):
        blocks.append(Paragraph(caution()))
    return Section("promised", _title(), tuple(blocks))


def promised_in_short(source: Source) -> list[Section]:
    """The newest round in a few lines."""
    told = _about_the_part(source)[:1]
    return [Section("promised", _title(), tuple(_said(one, source.rounds))) for one in told]


def standing_in_words(one: RoundAnswers) -> str:
    """Where the answer to a round stands; empty where it is there."""
    if one.standing is Standing.TIME_LEFT:
        return _("Leaders have until %(day)s to say what they will do.") % {"day": day(one.until)}
    if one.standing is Standing.NO_ANSWER:
        return _("No answer from leaders yet.")
    if one.standing is Standing.PARTLY:
        return _("Only some parts have an answer so far.")
    return ""


def signed(answer: Answer) -> str:
    """Who promised it, for which part, and when."""
    said = _by(answer) % {
        "name": answer.signed,
        "part": answer.scope.name or _("the whole organisation"),
        "day": day(answer.said_on),
    }
    return _("%(said)s Added later.") % {"said": said} if answer.later else said


def in_words(promise: Promise) -> str:
    """A commitment with what it is about, and until when."""
    titles = condition_titles()
    about = titles.get(promise.condition, promise.condition)
    if promise.until is not None and about:
        return _("%(words)s (About: %(condition)s. Until %(day)s.)") % {
            "words": promise.words,
            "condition": about,
            "day": day(promise.until),
        }
    if promise.until is not None:
        return _("%(words)s (Until %(day)s.)") % {"words": promise.words, "day": day(promise.until)}
    if about:
        return _("%(words)s (About: %(condition)s.)") % {"words": promise.words, "condition": about}
    return promise.words


def _title() -> str:
    return _("What leaders promised")


def _by(answer: Answer) -> str:
    if answer.part == "deputy":
        return _("%(name)s, deputy, for %(part)s, on %(day)s.")
    return _("%(name)s, steward, for %(part)s, on %(day)s.")


def _about_the_part(source: Source) -> Sequence[RoundAnswers]:
    """Rounds whose release speaks about the part, and those whose release is not read yet."""
    silent = {one.published.round for one in source.rounds if one.group is None and one.parent is None}
    whole = source.part == THE_WHOLE
    return [one for one in source.answers if whole or one.number not in silent]


def _all(one: RoundAnswers) -> Iterator[Promise]:
    return (promise for answer in one.answers for promise in answer.promises)


def _round(one: RoundAnswers, rounds: Sequence[PartInRound]) -> Iterator[Block]:
    yield Heading(
        _("Round %(round)s, closed on %(closed)s")
        % {"round": number(one.number), "closed": day(one.closed_on)}
    )
    yield from _said(one, rounds)


def _said(one: RoundAnswers, rounds: Sequence[PartInRound]) -> Iterator[Block]:
    for answer in one.answers:
        yield Paragraph(upper(signed(answer)))
        yield from _promises(answer, one.number, rounds)
    standing = standing_in_words(one)
    if standing:
        yield Paragraph(standing)


def _promises(answer: Answer, answered: int, rounds: Sequence[PartInRound]) -> Iterator[Block]:
    """The promises in one list; one of which more is said stands by itself, with that below it."""
    together: list[str] = []
    for made in answer.made:
        since_then = since(made.promise, answered, rounds)
        together += [in_words(made.promise), *became(made)]
        if since_then or made.log:
            yield LeadersWords(tuple(together))
            together = []
        if since_then:
            yield Paragraph(since_then)
    if together:
        yield LeadersWords(tuple(together))
