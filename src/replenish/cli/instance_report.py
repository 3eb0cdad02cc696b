"""The report of an attack on one's own installation, for a staff representative: words first, no jargon."""

from __future__ import annotations

from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from replenish import __version__
from replenish.basis import clock
from replenish.disclosure.attack.at_rest.installation import Check, InstanceFindings
from replenish.disclosure.attack.at_rest.schema import Found
from replenish.disclosure.attack.at_rest.vouched import TABLES
from replenish.report.html import content_security_policy
from replenish.report.tokens import DARK, LIGHT, custom_properties

LISTED = 20

LIMITS = (
    (
        "While a person's page is open, the running server holds their secret in its memory. Somebody who "
        "controls the machine at that moment can see what they write."
    ),
    (
        "While a round is open, somebody who controls the machine can read the answers of that round, "
        "without names, by group. When the round closes they are gone. This attack looks at what lies "
        "still, not at a machine that somebody watches."
    ),
    (
        "If somebody changes the program in secret, it can do anything. This attack runs the program that "
        "is installed here; whoever changed that could have changed this attack too. Run it from a fresh "
        "copy on another computer, on a copy of the database, to be sure."
    ),
    (
        "People who come for the first time, or renew their place, are added to the copies every four weeks, "
        "all together. If only one person came in that time, somebody who knows it can tell which box and "
        "which place are theirs. They cannot open the box, nor see whether it is used, nor find answers."
    ),
    (
        "Whoever holds the backups and the key file of the backups can see which boxes changed between two "
        "backups. Keep them in different places, with different people."
    ),
    (
        "A band makes some answers more likely than others. Nothing can be proved from it, but something "
        "can be guessed: no more than from knowing each team's yearly average."
    ),
    ("Copies of the disk that were made in other ways (snapshots, mirrors, an old disk) were not looked at."),
)
STEPS_HOLDS = (
    "Keep this page. Try again after each new version, and whenever you doubt.",
    "Compare the public key of the releases with the one you wrote down at the beginning.",
)
STEPS_FOUND = (
    "Do not publish the next release until each point above is understood.",
    "Show this page to the person who runs the installation, and to your data protection officer.",
    ("If the program is at fault, report it as SECURITY.md says. If people could be recovered, tell them."),
)


def verdict(findings: InstanceFindings) -> str:
    """The one sentence that matters."""
    count = len(findings.found)
    if not count:
        return "Nothing was found that tells who answered what"
    return (
        "One thing was found that must not be there"
        if count == 1
        else f"{count} things were found that must not be there"
    )


def lead(findings: InstanceFindings) -> str:
    """What the attack is, in plain words."""
    ending = (
        "It found nothing."
        if findings.holds
        else "What it found is listed below, with what to do about it at the end."
    )
    return (
        "This program played a thief who took everything that is stored here: the database, its files, the "
        f"backups and the logs. It tried to find out who wrote what. {ending}"
    )


def answer(check: Check) -> str:
    """One short answer for the table."""
    if check.skipped:
        return "not tried"
    if check.found:
        return f"{len(check.found)} found"
    return "nothing found, one piece of advice" if check.advice else "nothing found"


def meaning(found: Found) -> str:
    """What the table of a finding is for, where it is one of the known tables."""
    table = found.place.partition(".")[0].partition(",")[0]
    return f"This table tells {TABLES[table].tells}." if table in TABLES else ""


def draw(findings: InstanceFindings) -> str:
    """The report as one page that needs nothing else: no script, no picture, no connection."""
    templates = Environment(
        loader=PackageLoader("replenish.cli"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    css = _css()
    skipped = sum(check.skipped is not None for check in findings.checks)
    tried = len(findings.checks) - skipped
    return templates.get_template("instance.html").render(
        findings=findings,
        verdict=verdict(findings),
        lead=lead(findings),
        answer=answer,
        meaning=meaning,
        tried=f"{tried} attacks were tried" + (f", {skipped} could not be" if skipped else ""),
        limits=LIMITS,
        steps=STEPS_HOLDS if findings.holds else STEPS_FOUND,
        listed=LISTED,
        made_on=clock.today().isoformat(),
        version=__version__,
        css=Markup(css),  # noqa: S704 - the style sheet of the report, filled with its own tokens
        policy=content_security_policy(css),
    )


def _css() -> str:
    sheet = (files("replenish.report") / "templates" / "report.css").read_text("utf-8")
    places = {"light": custom_properties(LIGHT), "dark": custom_properties(DARK), "chart_rules": ""}
    for place, rules in places.items():
        sheet = sheet.replace(f"{{{{ {place} }}}}", rules)
    return sheet


def text(findings: InstanceFindings) -> str:
    """The same for a terminal."""
    lines = [f"{verdict(findings)}.", ""]
    for check in findings.checks:
        lines.append(f"{check.question} {answer(check).capitalize()}.")
        lines += [f"  - {found}" for found in check.found[:LISTED]]
        if len(check.found) > LISTED:
            lines.append(f"  - and {len(check.found) - LISTED} more")
        lines += [f"  (advice) {advice}" for advice in check.advice]
        if check.skipped:
            lines.append(f"  {check.skipped}")
    lines += ["", "What this cannot show:", *(f"- {limit}" for limit in LIMITS)]
    return "\n".join(lines)
