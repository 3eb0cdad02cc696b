"""The parts of the page, each filled into a template of its own. What they say is decided elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from replenish.web.carer.picture import drawing
from replenish.web.carer.picture.beside import Beside, Row, carried_by, conditions_of
from replenish.web.carer.picture.finding import Finding, Shows, sentences_of, title_of
from replenish.web.carer.picture.said import STEP, Answers, Said, monday_of
from replenish.web.carer.picture.sense import Sense, hard_moments
from replenish.web.carer.picture.signs import SignNow
from replenish.web.carer.picture.steps import step_of
from replenish.web.carer.picture.tables import table_of_all, table_of_signs
from replenish.web.carer.picture.tracks import Profile, reach
from replenish.web.carer.picture.wording import day, often, quoted, whole
from replenish.web.shared.frames import fill
from replenish.web.shared.questions import short_names


def overall(found: Finding, this_week: int, said: Said) -> SafeString:
    """All six signs together, first of all."""
    span = drawing.span_of(found.series.weeks, this_week)
    usual = found.noticing.usual
    drawn = drawing.line(
        found.series,
        span,
        name="together",
        usual=None if usual is None else (usual.low, usual.high),
        since=found.since,
        different=found.different,
    )
    parts = {
        "title": title_of(found),
        "drawn": drawn,
        **_days(span, this_week),
        "top": often(4 * STEP),
        "bottom": often(0),
        "sentences": format_html_join("", "\n<p>{}</p>", ((one,) for one in sentences_of(found))),
        "rows": table_of_all(found, span, said),
        "usual": "" if usual is None else f"{whole(usual.low)}–{whole(usual.high)}",
    }
    return fill("carer/picture/overall.html", parts, notice=found.shows is Shows.CHANGE)


def sense(found: Sense, said: Said) -> SafeString | str:
    """What the signs make sense of, and what the weeks held; nothing where nothing fits."""
    moments = hard_moments(said)
    if not found.sentences and not moments:
        return ""
    parts = {
        "sentences": format_html_join("", "\n<p>{}</p>", ((one,) for one in found.sentences)),
        "moments": moments,
        "sources": format_html_join("", "\n<li>{}</li>", ((one,) for one in found.sources)),
    }
    return fill("carer/picture/sense.html", parts)


def signs(found: Sequence[SignNow], together: Finding, this_week: int, said: Said) -> SafeString:
    """One small drawing for each sign and for the moment of warmth, all over the same weeks."""
    names = short_names(get_language() or "")
    span = drawing.span_of(tuple(said.weekly), this_week)
    there = [sign for sign in found if sign.lately is not None]
    drawn = [
        fill(
            "carer/picture/sign.html",
            {
                "name": sign.code.replace(".", "-"),
                "title": _("%(sign)s: %(finding)s")
                % {"sign": names[sign.code], "finding": _sign_finding(sign)},
                "drawn": drawing.line(
                    sign.series,
                    span,
                    name=sign.code.replace(".", "-"),
                    usual=None if sign.usual is None else (sign.usual.low, sign.usual.high),
                    since=together.since,
                ),
                "words": _sign_words(sign),
            },
        )
        for sign in there
    ]
    parts = {
        "drawn": format_html_join("", "{}", ((one,) for one in drawn)),
        **_days(span, this_week),
        "top": often(4 * STEP),
        "bottom": often(0),
        "heads": format_html_join("", '<th scope="col">{}</th>', ((names[sign.code],) for sign in there)),
        "usual": _("The sand is your own usual.") if any(sign.usual for sign in there) else "",
        "rows": table_of_signs(there, span),
    }
    return fill("carer/picture/signs.html", parts)


def tracks(profile: Profile) -> SafeString:
    """The two tracks with their uncertainty, and the next steps that go with the answer."""
    step = step_of(profile.says)
    parts: dict[str, str] = {"title": step.title, "steps": step.html}
    picture = profile.picture
    if picture is not None:
        (low, high), (other_low, other_high) = reach(picture)
        rows = (("witness", low, picture.relational, high), ("load", other_low, picture.overload, other_high))
        parts["witness"], parts["load"] = drawing.intervals(rows, names=("track-witness", "track-load"))
        parts["rows"] = format_html_join(
            "",
            '\n<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>',
            (
                (_("Bearing witness"), _z(picture.relational), _from_to(low, high)),
                (_("Overload"), _z(picture.overload), _from_to(other_low, other_high)),
                (_("The first less the second"), _z(picture.difference), _from_to(picture.low, picture.high)),
            ),
        )
    parts["needed"] = str(profile.check_ins_needed) if profile.check_ins_needed else ""
    return fill(
        "carer/picture/tracks.html",
        parts,
        one_needed=profile.check_ins_needed == 1,
        longer=profile.longer_needed,
        with_witness=profile.with_witness,
    )


def conditions(answers: Answers, week: int | None, beside: Beside) -> SafeString:
    """What a person said about their conditions, beside what was published about their group."""
    released = beside.released
    rows = conditions_of(answers, released)
    opened = beside.seat.round if beside.seat is not None else None
    parts = {
        "rows": format_html_join("", "{}", ((_row(row),) for row in rows)),
        "carried": format_html_join("", "{}", ((_row(row),) for row in carried_by(released)))
        if released
        else "",
        "said": day(monday_of(week), "DATE_FORMAT") if week is not None else "",
        "label": released.group.label if released else "",
        "round": str(released.round) if released else "",
        "published": day(released.visible_from, "DATE_FORMAT") if released else "",
        "closes": day(opened.closes_on, "DATE_FORMAT") if opened is not None and opened.accepting else "",
    }
    return fill("carer/picture/conditions.html", parts, seat=beside.seat is not None, changed=beside.changed)


def usual(request: HttpRequest, found: Finding) -> SafeString | str:
    """The button that counts the usual anew, and the one that takes it back."""
    if found.since is None and found.noticing.usual is None:
        return ""
    parts = {
        "key": format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request)),
        "since": "" if found.since is None else day(monday_of(found.since), "DATE_FORMAT"),
    }
    notice = found.noticing.notice
    parts["anew"] = day(monday_of(notice.since), "MONTH_DAY_FORMAT") if notice is not None else ""
    return fill("carer/picture/usual.html", parts, can_begin=found.noticing.usual is not None)


def _sign_finding(sign: SignNow) -> str:
    if sign.apart is None:
        return _("lately around “%(answer)s”") % {"answer": often(sign.lately or 0.0)}
    if sign.apart.low > 0:
        return _("more often than your usual")
    return _("less often than your usual") if sign.apart.high < 0 else _("no clear change")


def _sign_words(sign: SignNow) -> str:
    """How far a sign lies from its usual, and how sure that is; nothing where it does not clearly."""
    if sign.apart is None:
        return ""
    if sign.apart.low <= 0 <= sign.apart.high:
        return _("Lately around %(level)s.") % {"level": quoted(sign.lately or 0.0)}
    ends = sorted((abs(sign.apart.low), abs(sign.apart.high)))
    words = {
        "level": quoted(sign.lately or 0.0),
        "points": whole(abs(sign.apart.difference)),
        "low": whole(ends[0]),
        "high": whole(ends[1]),
    }
    if sign.apart.low > 0:
        return (
            _("Lately around %(level)s: about %(points)s points of 100 more, likely %(low)s to %(high)s.")
            % words
        )
    return (
        _("Lately around %(level)s: about %(points)s points of 100 less, likely %(low)s to %(high)s.") % words
    )


def _days(span: tuple[int, int], this_week: int) -> dict[str, str]:
    last = _("weeks to come") if span[1] > this_week else day(monday_of(span[1]))
    return {"first": day(monday_of(span[0])), "last": last}


def _row(row: Row) -> SafeString:
    mine = format_html_join(
        "", "<li>{}: <b>{}</b></li>", ((answer.question, answer.answer) for answer in row.mine)
    )
    parts = {"name": row.name, "title": row.title, "mine": mine, "group": row.group, "drawn": row.drawn or ""}
    return fill("carer/picture/condition.html", parts)


def _z(distance: float) -> str:
    return f"{distance:+.1f}".replace("-", "−")


def _from_to(low: float, high: float) -> str:
    return _("%(low)s to %(high)s") % {"low": _z(low), "high": _z(high)}
