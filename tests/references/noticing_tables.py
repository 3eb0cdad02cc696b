"""The tables of the page that explains the private notice, from its published error rates.

    python -m tests.references.noticing_tables

writes them into docs/explanation/noticing.md, between the marks that stand there.
"""

from __future__ import annotations

from pathlib import Path

from replenish.statistics.noticing import ErrorRates, error_rates
from replenish.statistics.noticing.rates import ChangedRate, Kind, Share, UnchangedRate

PAGE = Path(__file__).resolve().parents[2] / "docs" / "explanation" / "noticing.md"
SCORES = {
    "even": "even scale",
    "items": "six answers",
    "low": "six answers, few signs",
    "lowest": "six answers, hardly any sign",
    "slow moods": "moods that last months",
}
MISSING = {
    "none": "every week",
    "by chance": "36 % missing by chance",
    "when strained": "36 % missing, more when strained",
}


def percent(share: Share) -> str:
    """A share with its interval, such as "6.1 % (5.5 to 6.8)"."""
    return f"{100 * share.share:.1f} % ({100 * share.low:.1f} to {100 * share.high:.1f})"


def who(kind: Kind) -> str:
    """The cells that say which kind of person it is."""
    return f"{SCORES[kind.scores]} | {kind.autocorrelation:g} | {kind.sd:g} | {MISSING[kind.missing]}"


def unchanged_row(line: UnchangedRate) -> str:
    """One line of false notices."""
    return f"| {who(line.kind)} | {percent(line.first_year)} | {percent(line.second_year)} |"


def changed_row(line: ChangedRate) -> str:
    """One line of changes found."""
    size = f"{line.size:g} SD" + (" a year" if line.change == "slope" else "")
    after = f"{line.quiet_weeks} weeks later" if line.quiet_weeks else "at once"
    found = " | ".join(percent(share) for share in line.found.values())
    return f"| {line.change}, {size}, {after} | {who(line.kind)} | {found} |"


def tables(rates: ErrorRates) -> tuple[str, str, str]:
    """False notices where the promise holds, where it does not, and changes found."""
    head = (
        "| scores | autocorrelation | SD | answers | first year | second year |\n|---|---|---|---|---|---|\n"
    )
    promised = "\n".join(unchanged_row(line) for line in rates.unchanged if line.kind.promised)
    other = "\n".join(unchanged_row(line) for line in rates.unchanged if not line.kind.promised)
    found = (
        "| change | scores | autocorrelation | SD | answers | 12 weeks | 26 weeks | 52 weeks |\n"
        "|---|---|---|---|---|---|---|---|\n"
    )
    return head + promised, head + other, found + "\n".join(changed_row(line) for line in rates.changed)


def main() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name, table in zip(("promised", "beyond", "found"), tables(error_rates()), strict=True):
        before, rest = text.split(f"<!-- {name} -->\n", 1)
        text = f"{before}<!-- {name} -->\n\n{table}\n\n<!-- end -->{rest.split('<!-- end -->', 1)[1]}"
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
