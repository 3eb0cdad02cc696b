"""My picture: what it says at each stage of a history, and never more than that."""

from __future__ import annotations

import re

import pytest
from tests.web.carer_world import CarerWorld, client_with
from tests.web.picture_people import NO_SUPPORT, box_of, declining, every_sign, longer, steady, weekly

from replenish.sealing.secret import Secret
from replenish.voices.actions import edit_box
from replenish.voices.box_content import BoxContent, CheckIn
from replenish.voices.queries import my_box
from replenish.web.carer.picture.said import SIGNS


def card_with(*check_ins: CheckIn) -> Secret:
    """A card whose box holds these check-ins."""
    secret = Secret.new()
    edit_box(secret, lambda _: box_of(*check_ins))
    return secret


def page_of(secret: Secret) -> str:
    response = client_with(secret).get("/my/picture/")
    assert response.status_code == 200
    return response.text


def title_in(page: str) -> str:
    found = re.search(r'id="together">([^<]*)<', page)
    assert found is not None
    return found[1]


def test_before_the_first_check_in_it_says_what_will_appear(world: CarerWorld) -> None:
    page = page_of(Secret.new())
    assert "Your picture begins with your first check-in." in page
    assert "After twelve check-ins" in page
    assert "<svg" not in page
    assert 'href="/my/check-in/"' in page


def test_after_one_answer_it_does_not_say_that_there_was_none(world: CarerWorld) -> None:
    asked = steady(1)[0]
    page = page_of(card_with(asked.model_copy(update={"answers": {"sign.dread": 3.0}})))
    assert "Your picture begins with your first check-in." not in page
    assert "<svg" in page
    assert 'class="button" href="/practise/"' in page


@pytest.mark.parametrize("weeks", [1, 5, 11])
def test_before_twelve_check_ins_there_is_the_chart_alone(world: CarerWorld, weeks: int) -> None:
    page = page_of(card_with(*steady(weeks)))
    assert title_in(page) == "Your first weeks are here."
    needed = "After one more check-in" if weeks == 11 else f"After {12 - weeks} more check-ins"
    assert needed in page
    assert 'class="usual"' not in page
    assert "looks different" not in page
    assert "This is my usual now" not in page


def test_no_change_is_no_promise(world: CarerWorld) -> None:
    page = page_of(card_with(*steady(40)))
    assert title_in(page) == "No clear change from your own usual."
    assert "A picture like this can miss things." in page
    assert 'class="usual"' in page
    assert 'class="open"' not in page
    assert 'href="/how-noticing-works/"' in page


def test_a_lasting_change_looks_different_with_its_interval(world: CarerWorld) -> None:
    page = page_of(card_with(*declining()))
    assert re.fullmatch(
        r"Since the week of \d+ \w+, this looks different from your own usual\.", title_in(page)
    )
    said = re.search(r"about (\d+) points of 100 above your usual, likely between\s+(\d+) and (\d+)", page)
    assert said is not None
    points, low, high = map(int, said.groups())
    assert 30 < low < points < high
    assert abs(points - 50) < 15
    assert 'class="open"' in page
    assert re.search(r'class="button" href="/my/words/"', page)


def test_several_signs_that_came_more_often_are_not_called_no_change(world: CarerWorld) -> None:
    """Three signs rise as three others fall, so all six together stay where they were."""
    early = {**dict.fromkeys(SIGNS[:3], 1.0), **dict.fromkeys(SIGNS[3:], 3.0)}
    late = {**dict.fromkeys(SIGNS[:3], 3.0), **dict.fromkeys(SIGNS[3:], 1.0)}
    page = page_of(card_with(*(weekly(early if ago >= 10 else late, ago) for ago in range(30, -1, -1))))
    assert title_in(page) == "Several signs came more often lately than in your own usual."
    assert "All six taken together do not look clearly different yet." in page
    assert re.search(r'class="button" href="/my/words/"', page)


def test_who_joins_depleted_is_told_that_the_usual_itself_lies_high(world: CarerWorld) -> None:
    page = page_of(card_with(*steady(30, 3.0)))
    assert title_in(page) == "No clear change, but your usual itself lies high."
    assert "no change does not mean that all is well" in page
    assert "That is a lot to carry." in page_of(card_with(*steady(5, 3.0)))


def test_a_week_without_an_answer_is_a_gap(world: CarerWorld) -> None:
    """The line is broken there, and nothing is said about it."""
    whole = page_of(card_with(*steady(8)))
    broken = page_of(card_with(*[check_in for at, check_in in enumerate(steady(8)) if at != 4]))
    line = re.compile(r'class="said" d="([^"]*)"')
    assert line.findall(whole)[0].count("M") == 1
    assert line.findall(broken)[0].count("M") == 2
    assert "missed" not in broken


def test_the_table_holds_the_numbers_of_the_drawing(world: CarerWorld) -> None:
    page = page_of(card_with(weekly(every_sign(2), 1), weekly(every_sign(3, event_encounters=3), 0)))
    table = re.search(r'aria-labelledby="together-table">(.*?)</table>', page, re.DOTALL)
    assert table is not None
    rows = re.findall(r"<tr><th scope=\"row\">[^<]*</th>(.*?)</tr>", table[1])
    assert rows == ["<td>75</td><td>Three or four</td><td>–</td>", "<td>50</td><td>–</td><td>–</td>"]
    assert re.search(r'class="dot" d="M0.5 50h.01M1.5 25h.01"', page)


def test_at_most_a_year_is_drawn(world: CarerWorld) -> None:
    page = page_of(card_with(*steady(104)))
    assert set(re.findall(r'class="drawn line" viewBox="0 0 (\d+) 100"', page)) == {"52"}


def test_nothing_of_it_is_red_or_scored(world: CarerWorld) -> None:
    page = page_of(card_with(*declining(), longer(NO_SUPPORT)))
    assert not re.search(r"\b(red|score|risk|worse|failing)\b", re.sub(r"<[^>]*>", " ", page))
    assert not re.search(r"[▲▼↑↓]", page)
    assert "style=" not in page
    assert "Only you can see this page." in page


def test_only_the_longer_questions_answered(world: CarerWorld) -> None:
    page = page_of(card_with(longer(NO_SUPPORT)))
    assert "It was planned and cancelled" in page
    assert 'id="together"' not in page


def test_this_is_my_usual_now_and_back(world: CarerWorld) -> None:
    secret = card_with(*declining())
    client = client_with(secret)
    assert client.post("/my/picture/", {"usual": "now"})["Location"] == "/my/picture/"
    page = page_of(secret)
    assert "looks different from your own usual." not in title_in(page)
    assert "You asked to count your usual anew" in page
    client.post("/my/picture/", {"usual": "back"})
    assert "looks different from your own usual." in title_in(page_of(secret))
    assert "You asked" not in page_of(secret)


def test_a_new_usual_begins_where_the_change_began(world: CarerWorld) -> None:
    secret = card_with(*declining())
    client_with(secret).post("/my/picture/", {"usual": "now"})
    page = page_of(secret)
    assert title_in(page) == "No clear change, but your usual itself lies high."


@pytest.mark.parametrize("sent", [{}, {"usual": ""}, {"usual": "2026-W01"}, {"usual": "back"}])
def test_anything_else_that_is_sent_changes_nothing(world: CarerWorld, sent: dict[str, str]) -> None:
    secret = card_with(*steady(3))
    client_with(secret).post("/my/picture/", sent)
    assert my_box(secret) == box_of(*steady(3))


def test_a_card_without_a_box_gets_none_by_asking(world: CarerWorld) -> None:
    secret = Secret.new()
    for asked in ("now", "back"):
        client_with(secret).post("/my/picture/", {"usual": asked})
    assert my_box(secret) in (None, BoxContent())
