"""An organisation set up from a terminal: units, appointments, two keys, and the ledger of it all."""

from __future__ import annotations

import getpass
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from django.core.management import call_command
from django.db import connection

from replenish.basis import clock
from replenish.cli.main import main
from replenish.people import codes

pytestmark = [pytest.mark.django_db, pytest.mark.patient]
UNITS = "service,team\nCare,Oak\nCare,Elm\nSchool,Ash\n"
HEADCOUNT = "service,team,headcount\nCare,Oak,9\nCare,Elm,8\nSchool,Ash,12\n"
COLUMNS = ("--columns", "service,team")


@pytest.fixture(autouse=True)
def quick_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@dataclass(frozen=True)
class Said:
    """What one run of a command gave."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> object:
        """What was printed with `--json`."""
        return json.loads(self.out)


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def once(*words: str, code: int = 0) -> Said:
        given = main(list(words))
        captured = capsys.readouterr()
        assert given == code, captured.err
        return Said(given, captured.out, captured.err)

    return once


@dataclass(frozen=True)
class Keys:
    """The two keys, each with a file that holds its code."""

    steward: tuple[str, ...]
    representative: tuple[str, ...]


@pytest.fixture
def keys(run: Run, tmp_path: Path) -> Keys:
    run("organisation", "create", "Ours", "--setting", "school")
    units = tmp_path / "units.csv"
    units.write_text(UNITS, encoding="utf-8")
    run("organisation", "units", "--import", str(units), *COLUMNS)
    (tmp_path / "people.csv").write_text(HEADCOUNT, encoding="utf-8")

    def appointed(role: str, name: str) -> tuple[str, ...]:
        made = run("organisation", "appoint", role, "--name", name, "--json").json
        assert isinstance(made, dict)
        kept = tmp_path / f"{role}.txt"
        kept.write_text(made["code"] + "\n", encoding="utf-8")
        return "--as", made["account"], "--code-file", str(kept)

    return Keys(appointed("steward", "Sam Steward"), appointed("representative", "Robin Voice"))


def declared(run: Run, keys: Keys, tmp_path: Path) -> str:
    people = str(tmp_path / "people.csv")
    said = run("organisation", "propose-headcount", people, *COLUMNS, *keys.steward)
    proposal = said.out.strip()
    run("organisation", "confirm", proposal, "--yes", *keys.representative)
    return proposal


def test_an_organisation_begins_with_its_units(run: Run, tmp_path: Path) -> None:
    made = run("organisation", "create", "Ours", "--setting", "hospice", "--floor", "8")
    assert re.fullmatch(r"[0-9a-f]{32}\n", made.out)
    listed = run("organisation", "list", "--json").json
    assert isinstance(listed, list)
    assert [(one["name"], one["setting"], one["floor"]) for one in listed] == [("Ours", "hospice", 8)]
    units = tmp_path / "units.csv"
    units.write_text("service,team\nCare,\nCare,Oak\ncare,Elm\n", encoding="utf-8")
    first = run("organisation", "units", "--import", str(units), *COLUMNS)
    assert "3 units added" in first.err
    again = run("organisation", "units", "--import", str(units), *COLUMNS)
    assert "0 units added" in again.err
    assert again.out == first.out
    shown = run("organisation", "units", "--json").json
    assert isinstance(shown, list)
    assert [one["path"] for one in shown] == [["Care"], ["Care", "Elm"], ["Care", "Oak"]]


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("Care,Oak\n,Elm\n", "row 2: this row names a unit but not the one above it"),
        ("Care,Oak\n" + "x" * 121 + ",Elm\n", "row 2: a name has 1 to 120"),
        ("Care,Oak\nCare,oak@example.org\n", "row 2: 'name' of an entry 'unit_added' looks like an address"),
    ],
)
def test_a_file_of_units_is_taken_whole_or_not_at_all(run: Run, tmp_path: Path, rows: str, told: str) -> None:
    run("organisation", "create", "Ours", "--setting", "school")
    units = tmp_path / "units.csv"
    units.write_text("service,team\n" + rows, encoding="utf-8")
    said = run("organisation", "units", "--import", str(units), *COLUMNS, code=2)
    assert told in said.err
    assert run("organisation", "units", "--json").json == []


def test_units_are_moved_renamed_and_dissolved_by_their_paths(run: Run, keys: Keys) -> None:
    run("organisation", "move", "Care / Oak", "--under", "school")
    run("organisation", "rename", "School/Oak", "Rowan")
    run("organisation", "dissolve", "Care / Elm")
    run("organisation", "move", "School / Ash", "--under", "-")
    shown = run("organisation", "units", "--json").json
    assert isinstance(shown, list)
    assert [one["path"] for one in shown] == [["Ash"], ["Care"], ["School"], ["School", "Rowan"]]
    by_id = next(one["unit"] for one in shown if one["path"] == ["Ash"])
    run("organisation", "rename", by_id, "Yew")
    assert "There is no unit 'Ash'" in run("organisation", "dissolve", "Ash", code=2).err


def test_two_keys_declare_a_headcount_and_agree_on_slips(run: Run, keys: Keys, tmp_path: Path) -> None:
    people = str(tmp_path / "people.csv")
    proposal = run("organisation", "propose-headcount", people, *COLUMNS, *keys.steward).out.strip()
    shown = run("organisation", "proposals")
    assert "proposed" in shown.out
    assert re.search(r"Care / Oak +9 +-\n", shown.out)
    assert re.search(r"together +29\n", shown.out)
    assert "waits for a representative" in shown.err
    same = run("organisation", "confirm", proposal, "--yes", *keys.steward, code=2)
    assert "you made this proposal yourself" in same.err.lower()
    run("organisation", "confirm", proposal, "--yes", *keys.representative)
    nowhere = run("organisation", "propose-slips", "--season", "s1", *keys.representative, code=2)
    assert "a season that runs or is planned" in nowhere.err
    season = run("rounds", "plan").out.split()[2]
    slips = run("organisation", "propose-slips", "--season", season, *keys.representative).out.strip()
    listed = run("organisation", "proposals", "--json").json
    assert isinstance(listed, list)
    assert [(one["proposal"], one["kind"], one["season"], one["waits_for"]) for one in listed] == [
        (slips, "slips", season, "steward")
    ]
    assert sorted(one["number"] for one in listed[0]["numbers"]) == [8, 9, 12]
    until = clock.today() + timedelta(days=28)
    assert f"Draw them by {until}" in run("organisation", "confirm", slips, "--yes", *keys.steward).err
    assert "Nothing waits" in run("organisation", "proposals").err


@pytest.mark.parametrize(("answer", "code"), [("yes", 0), (" YES ", 0), ("y", 2), ("", 2), (None, 2)])
def test_confirming_shows_the_figures_and_asks(
    run: Run, keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str | None, code: int
) -> None:
    def answered(question: str) -> str:
        assert "Are these figures right" in question
        if answer is None:
            raise EOFError
        return answer

    monkeypatch.setattr("builtins.input", answered)
    people = str(tmp_path / "people.csv")
    proposal = run("organisation", "propose-headcount", people, *COLUMNS, *keys.steward).out.strip()
    said = run("organisation", "confirm", proposal, *keys.representative, code=code)
    assert re.search(r"School / Ash +12", said.out)
    waiting = run("organisation", "proposals", "--json").json
    assert isinstance(waiting, list)
    assert len(waiting) == (1 if code else 0)


def test_a_proposal_is_withdrawn(run: Run, keys: Keys, tmp_path: Path) -> None:
    people = str(tmp_path / "people.csv")
    proposal = run("organisation", "propose-headcount", people, *COLUMNS, *keys.steward).out.strip()
    run("organisation", "withdraw", proposal, *keys.representative)
    assert run("organisation", "proposals", "--json").json == []


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("Care,Oak,9\nCare,Fir,8\n", "row 2: there is no unit 'Care / Fir'"),
        ("Care,Oak,9\ncare,OAK,8\n", "row 2: the unit 'care / OAK' stands a second time (first in row 1)"),
        ("Care,Oak,9\nCare,Elm,\n", "row 2, column 'headcount': the number is missing"),
        ("Care,Oak,9\nCare,Elm,2.5\n", "row 2, column 'headcount'"),
        ("Care,Oak,9\nCare,Elm,-1\n", "row 2, column 'headcount'"),
    ],
)
def test_a_file_of_figures_is_read_whole_or_not_at_all(
    run: Run, keys: Keys, tmp_path: Path, rows: str, told: str
) -> None:
    people = tmp_path / "wrong.csv"
    people.write_text("service,team,headcount\n" + rows, encoding="utf-8")
    said = run("organisation", "propose-headcount", str(people), *COLUMNS, *keys.steward, code=2)
    assert told in said.err
    assert run("organisation", "proposals", "--json").json == []


def test_a_code_is_asked_for_and_never_an_argument(
    run: Run, keys: Keys, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, account, _, kept = keys.steward
    code = Path(kept).read_text(encoding="utf-8").strip()
    asked: list[str] = []

    def prompted(prompt: str) -> str:
        asked.append(prompt)
        return code

    monkeypatch.setattr(getpass, "getpass", prompted)
    people = str(tmp_path / "people.csv")
    run("organisation", "propose-headcount", people, *COLUMNS, "--as", account)
    assert asked == ["Printed code of the account: "]
    for flag in ("--code", "--code-fil"):
        with pytest.raises(SystemExit):
            main(["organisation", "propose-headcount", people, "--as", account, flag, code])


def test_a_wrong_code_and_an_unknown_account_read_the_same(run: Run, keys: Keys, tmp_path: Path) -> None:
    _, account, _, kept = keys.steward
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("AAAAA-AAAAA-AAAAA-AAAAA", encoding="utf-8")
    told = {
        run("organisation", "withdraw", "x", "--as", who, "--code-file", str(file), code=2).err
        for who, file in ((account, wrong), ("0" * 32, kept), ("0" * 32, wrong))
    }
    assert len(told) == 1
    assert "do not belong together" in told.pop()
    absent = str(tmp_path / "absent.txt")
    said = run("organisation", "withdraw", "x", "--as", account, "--code-file", absent, code=2)
    assert "cannot be read" in said.err


def test_a_code_is_shown_once_and_replaced_on_request(run: Run, keys: Keys, tmp_path: Path) -> None:
    made = run("organisation", "appoint", "steward", "--name", "Kim", "--unit", "Care / Oak")
    found = re.search(r"account +(\S+)\ncode +(\S+)\n", made.out)
    assert found
    account, code = found.groups()
    assert "shown this once" in made.err
    everything = run("organisation", "accounts").out + run("ledger", "show", "--json").out
    assert account in everything
    assert code not in everything
    assert re.search(rf"Kim +{account} +steward +Care / Oak", everything)
    fresh = run("organisation", "new-code", account).out.strip()
    assert fresh != code
    run("organisation", "end-role", account, "steward", "--unit", "Care / Oak")
    run("organisation", "leave", account)
    assert account not in run("organisation", "accounts").out


def test_several_organisations_must_be_told_apart(run: Run, keys: Keys) -> None:
    other = run("organisation", "create", "Theirs", "--setting", "charity").out.strip()
    assert "say which one" in run("organisation", "units", code=2).err
    assert run("organisation", "units", "--organisation", other, "--json").json == []
    assert run("organisation", "units", "--organisation", "Theirs", "--json").json == []
    shown = run("organisation", "units", "--organisation", "Ours", "--json").json
    assert isinstance(shown, list)
    assert len(shown) == 5
    assert "no organisation" in run("organisation", "units", "--organisation", "Nobody", code=2).err
    said = run("organisation", "rename", "Care", "New", "--organisation", "Theirs", code=2)
    assert "no unit 'Care'" in said.err


def test_without_an_organisation_there_is_a_next_step(run: Run) -> None:
    assert "organisation create" in run("organisation", "units", code=2).err
    assert run("organisation", "list").out.split() == ["name", "id", "setting", "floor", "since"]
    assert "choose one of school" in run("organisation", "create", "X", "--setting", "bank", code=2).err


def test_the_ledger_is_shown_and_verified(run: Run, keys: Keys, tmp_path: Path) -> None:
    declared(run, keys, tmp_path)
    shown = run("ledger", "show", "--json").json
    assert isinstance(shown, list)
    assert [one["event"] for one in shown] == [
        "organisation_created",
        *["unit_added"] * 5,
        *["person_appointed"] * 2,
        "headcount_proposed",
        "headcount_confirmed",
    ]
    assert [one["actor"] for one in shown[-2:]] == [keys.steward[1], keys.representative[1]]
    two = run("ledger", "show", "--after", "3", "--limit", "2").out.splitlines()
    assert [line.split()[0] for line in two if not line.startswith("    ")] == ["4", "5"]
    assert any(line.startswith("    ") for line in two)
    assert run("ledger", "show", "--installation", "--json").json == []
    sound = run("ledger", "verify", "--json").json
    assert isinstance(sound, dict)
    assert (sound["entries"], sound["unbroken"], sound["findings"]) == (10, True, [])
    assert "Unbroken" in run("ledger", "verify", "--head", str(sound["head"])).err
    assert "64 digits" in run("ledger", "verify", "--head", "abc", code=2).err
    gone = run("ledger", "verify", "--head", "0" * 64, code=1)
    assert "its end was cut off" in gone.out


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the way around a trigger differs")
def test_a_changed_ledger_is_said_and_gives_another_exit_code(run: Run, keys: Keys) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER ledger_entry_keeps")
        cursor.execute("UPDATE ledger_entry SET actor = 'timetable' WHERE number = 3")
    said = run("ledger", "verify", code=1)
    assert "entry 3: its content does not fit its hash" in said.out
    assert "Broken" in said.err


def test_a_database_that_is_not_prepared_is_said_calmly(run: Run) -> None:
    call_command("migrate", "ledger", "zero", verbosity=0, skip_checks=True, fake=True)
    assert "is not prepared for this version" in run("organisation", "list", code=2).err


def test_the_commands_work_without_the_running_system_until_they_run(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The parser is built without Django: a researcher's command line has these names too."""
    with pytest.raises(SystemExit) as ended:
        main(["organisation", "--help"])
    assert ended.value.code == 0
