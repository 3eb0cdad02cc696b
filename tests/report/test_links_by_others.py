"""A link that only the others' reports show is still a clear link, and its bar says whose voice it is."""

from tests.report.report_material import printed, release, report

from replenish.disclosure.model_results import disclose_effect
from replenish.report.document import Bullets, Chart, IntervalMarks, Paragraph
from replenish.report.wording import effects as words


def test_a_link_by_the_others_alone_is_the_title_of_its_chart() -> None:
    results = [printed("overload", "process", "split voice", conditions=1, estimate=-12.0)]
    made = report(release(results=results))
    charts = [block for section in made.sections for block in section.blocks if isinstance(block, Chart)]
    links = next(chart for chart in charts if chart.name.startswith("links-"))
    assert links.title == "Overload goes with Time to process"
    assert isinstance(links.marks, IntervalMarks)
    assert [row.label for row in links.marks.rows] == ["Time to process, as the others said"]


def test_why_links_are_in_words_is_said_once() -> None:
    results = [
        disclose_effect(
            outcome="overload",
            condition=condition,
            kind=kind,
            estimate=-8.0,
            low=-9.0,
            high=-7.0,
            people=1000,
            groups=30,
            conditions=2,
        )
        for condition in ("process", "hours")
        for kind in ("own reports", "split voice")
    ]
    assert {result.estimate for result in results} == {None}
    blocks = report(release(results=results)).section("links").blocks
    texts = [block.text for block in blocks if isinstance(block, Paragraph)]
    assert texts.count(words.ONLY_WORDS) == 1
    (told,) = [block.items for block in blocks if isinstance(block, Bullets)]
    assert told[0].endswith("more of it goes with a lower “Overload”.")
