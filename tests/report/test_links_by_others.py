"""A link that only the others' reports show is still a clear link, and its bar says whose voice it is."""

from tests.report.report_material import printed, release, report

from replenish.report.document import Chart, IntervalMarks


def test_a_link_by_the_others_alone_is_the_title_of_its_chart() -> None:
    results = [printed("overload", "process", "split voice", conditions=1, estimate=-12.0)]
    made = report(release(results=results))
    charts = [block for section in made.sections for block in section.blocks if isinstance(block, Chart)]
    links = next(chart for chart in charts if chart.name.startswith("links-"))
    assert links.title == "Overload goes with Time to process"
    assert isinstance(links.marks, IntervalMarks)
    assert [row.label for row in links.marks.rows] == ["Time to process, as the others said"]
