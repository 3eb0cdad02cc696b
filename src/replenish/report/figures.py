"""The figures of a report as rows: exactly what the release prints, one entry for each."""

from __future__ import annotations

from replenish.report.document import Figure
from replenish.report.findings import Findings


def figures(findings: Findings) -> tuple[Figure, ...]:
    """Bands of groups, what follows for their parents, and model results, in the order of the report."""
    rows: list[Figure] = []
    for question in findings.questions:
        rows += _bands(findings, question.name)
        rows += _parents(findings, question.name)
    rows += _model_results(findings)
    return tuple(rows)


def _bands(findings: Findings, name: str) -> list[Figure]:
    rows = []
    for group in findings.groups:
        cell = group.cells[name]
        low, high = (None, None) if cell.band is None else (cell.band.low, cell.band.high)
        rows.append(
            Figure(
                kind="band",
                question=name,
                group=group.label,
                size="" if cell.size is None else cell.size.label,
                low=low,
                high=high,
                change=cell.change or "",
                words="not enough voices this time" if cell.band is None else "",
            )
        )
    return rows


def _parents(findings: Findings, name: str) -> list[Figure]:
    return [
        Figure(
            kind="parent",
            question=name,
            group=parent.label,
            low=parent.cells[name].low,
            middle=parent.cells[name].middle,
            high=parent.cells[name].high,
        )
        for parent in findings.parents
        if name in parent.cells
    ]


def _model_results(findings: Findings) -> list[Figure]:
    return [
        Figure(
            kind="effect" if result.condition else "spread",
            question=result.outcome,
            condition=result.condition,
            source=result.kind,
            low=result.low,
            middle=result.estimate,
            high=result.high,
            step=result.step,
            words=result.words or "",
            people=result.people_class,
            groups=result.groups_class,
        )
        for result in findings.release.model_results
        if findings.question(result.outcome) is not None
    ]
