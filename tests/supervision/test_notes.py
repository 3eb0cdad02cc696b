"""Notes open for those they are sealed to, are given on by them alone, and end when their time is over."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Any

import pytest
from tests.supervision.sealed_pairs import Pair, agreed, employee, meeting, proposed
from tests.web.staff_world import StaffWorld

from replenish.basis import clock
from replenish.basis.errors import Fault, Refused
from replenish.basis.faults.records import RecordFault
from replenish.basis.faults.supervision import SupervisionFault
from replenish.ledger.models import Entry
from replenish.people.actions import end_account
from replenish.people.askers import Asker
from replenish.people.record_keys import replace_lost_key
from replenish.people.roles import RoleKind
from replenish.sealing.record_key import RecordSecret
from replenish.supervision.agreements import end, leave, propose
from replenish.supervision.keeping import end_what_is_over, kept_until
from replenish.supervision.models import AgreementKind, Meeting, Note, Notebook, NoteKey, NoteKind
from replenish.supervision.notebook import OwnNote, begin_notebook, keep_own_note, read_notebook
from replenish.supervision.notes import (
    give,
    next_readers,
    notes_of,
    share_agenda,
    without_key,
    write_shared,
)

WORDS = "We agreed on one long case less a week"


def refusal(call: object, **said: object) -> Fault:
    assert callable(call)
    with pytest.raises(Refused) as refused:
        call(**said)
    return refused.value.fault


def texts(pair: Pair, asker: Asker) -> list[str | None]:
    return [one.text for one in notes_of(asker=asker, key=pair.key(asker))]


def written(pair: Pair, agreement: str) -> str:
    return write_shared(asker=pair.ana, agreement=agreement, meeting=meeting(agreement), text=WORDS)


def lose_phrase(pair: Pair, asker: Asker) -> None:
    pair.phrases[asker.account or ""] = RecordSecret.new()
    replace_lost_key(asker=asker, secret=pair.phrases[asker.account or ""])


def test_both_read_what_one_wrote_and_nobody_else_does(pair: Pair, theirs: StaffWorld) -> None:
    note = written(pair, agreed(pair))
    assert texts(pair, pair.ana) == texts(pair, pair.supervisor) == [WORDS]
    steward = pair.world.asker(RoleKind.STEWARD)
    key = pair.with_key(steward)
    for stranger in (steward, theirs.asker(RoleKind.SUPERVISOR)):
        assert notes_of(asker=stranger, key=key) == ()
        assert refusal(next_readers, asker=stranger, note=note) is SupervisionFault.NOTE
        assert refusal(give, asker=stranger, key=key, note=note, to=steward.account) is SupervisionFault.NOTE


def test_a_row_that_is_put_under_another_reader_does_not_open(pair: Pair) -> None:
    """Whoever can write to the database can show that a note is there, and nothing of it."""
    written(pair, agreed(pair))
    steward = pair.world.asker(RoleKind.STEWARD)
    key = pair.with_key(steward)
    NoteKey.objects.filter(account=pair.ana.account).update(account=steward.account)
    (told,) = notes_of(asker=steward, key=key)
    assert told.text is None
    assert refusal(give, asker=steward, key=key, note=told.note, to=pair.ana.account) is SupervisionFault.GIVE


def test_nothing_is_written_before_all_agreed_or_after_the_end(pair: Pair) -> None:
    early = propose(asker=pair.ana, said=proposed(pair))
    said: dict[str, Any] = {"asker": pair.ana, "text": WORDS}
    assert refusal(write_shared, **said, agreement=early, meeting=meeting(early)) is (
        SupervisionFault.NOT_AGREED
    )
    late = agreed(pair)
    end(asker=pair.ana, agreement=late, why="by-choice")
    assert refusal(write_shared, **said, agreement=late, meeting=meeting(late)) is SupervisionFault.ENDED
    assert refusal(write_shared, **said, agreement=agreed(pair), meeting=meeting(late)) is (
        SupervisionFault.MEETING
    )
    assert refusal(write_shared, **{**said, "text": " "}, agreement=late, meeting="") is (
        SupervisionFault.NOTE_EMPTY
    )
    assert not Note.objects.exists()


def test_a_later_version_takes_the_place_of_the_earlier_one(pair: Pair) -> None:
    agreement = agreed(pair)
    of = meeting(agreement)
    said: dict[str, Any] = {"agreement": agreement, "meeting": of}
    write_shared(asker=pair.ana, **said, text="one")
    assert refusal(write_shared, asker=pair.supervisor, **said, text="two") is SupervisionFault.NOTE_CHANGED
    write_shared(asker=pair.supervisor, **said, text="two", read=1)
    assert texts(pair, pair.ana) == ["two"]
    (told,) = notes_of(asker=pair.ana, key=None, agreement=agreement)
    assert (told.version, told.text, told.written_by) == (2, None, "Supervisor of Ours")


def test_each_shares_an_agenda_of_their_own(pair: Pair) -> None:
    agreement = agreed(pair)
    of = meeting(agreement)
    for asker in (pair.ana, pair.supervisor):
        share_agenda(asker=asker, agreement=agreement, meeting=of, text=f"for {asker.account}")
    write_shared(asker=pair.ana, agreement=agreement, meeting=of, text=WORDS)
    assert len(texts(pair, pair.supervisor)) == 3


def test_without_a_key_nothing_can_be_sealed_to_somebody(pair: Pair) -> None:
    ben, _ = employee(pair.world, "Ben Field")
    agreement = agreed(pair, kind=AgreementKind.GROUP, others=(pair.ana.account or "", ben.account or ""))
    assert without_key(pair.ana, agreement) == ("Ben Field",)
    said: dict[str, Any] = {
        "asker": pair.ana,
        "agreement": agreement,
        "meeting": meeting(agreement),
        "text": WORDS,
    }
    with pytest.raises(Refused, match="Ben Field has no record phrase yet"):
        write_shared(**said)
    pair.with_key(ben)
    write_shared(**said)
    assert texts(pair, ben) == [WORDS]


def test_after_a_lost_phrase_the_other_party_shares_again(pair: Pair) -> None:
    note = written(pair, agreed(pair))
    lose_phrase(pair, pair.ana)
    assert texts(pair, pair.ana) == [None]
    (waiting,) = next_readers(pair.supervisor, note)
    assert waiting.name == "Ana Brook"
    assert refusal(give, asker=pair.ana, key=pair.key(pair.ana), note=note, to=pair.supervisor.account) is (
        RecordFault.CLOSED
    )
    give(asker=pair.supervisor, key=pair.key(pair.supervisor), note=note, to=pair.ana.account or "")
    give(asker=pair.supervisor, key=pair.key(pair.supervisor), note=note, to=pair.ana.account or "")
    assert texts(pair, pair.ana) == [WORDS]
    assert next_readers(pair.supervisor, note) == ()


def test_the_supervised_person_decides_what_the_next_supervisor_reads(pair: Pair) -> None:
    first = agreed(pair)
    shown, hidden = written(pair, first), written(pair, first)
    end(asker=pair.supervisor, agreement=first, why="changed-post")
    nia, _ = employee(pair.world, "Nia Lane", RoleKind.SUPERVISOR)
    pair.with_key(nia)
    own: dict[str, Any] = {"key": pair.key(pair.ana), "note": shown, "to": nia.account}
    assert refusal(give, asker=pair.ana, **own) is SupervisionFault.GIVE
    agreed(pair, supervisor=nia.account or "", follows=first)
    theirs = {**own, "key": pair.key(pair.supervisor)}
    assert refusal(give, asker=pair.supervisor, **theirs) is SupervisionFault.GIVE
    assert [one.name for one in next_readers(pair.ana, shown)] == ["Nia Lane"]
    give(asker=pair.ana, key=pair.key(pair.ana), note=shown, to=nia.account or "")
    (told,) = notes_of(asker=nia, key=pair.key(nia))
    assert (told.note, told.text) == (shown, WORDS)
    assert refusal(
        give, asker=nia, key=pair.key(nia), note=shown, to=pair.world.asker(RoleKind.STEWARD).account
    ) is (SupervisionFault.GIVE)
    assert hidden not in {one.note for one in notes_of(asker=nia, key=pair.key(nia))}


def test_notes_of_a_group_go_to_no_next_supervisor(pair: Pair) -> None:
    """They are about several people, and one of them cannot decide for the others."""
    ben, _ = employee(pair.world, "Ben Field")
    pair.with_key(ben)
    group = agreed(pair, kind=AgreementKind.GROUP, others=(pair.ana.account or "", ben.account or ""))
    note = written(pair, group)
    leave(asker=pair.supervisor, agreement=group)
    nia, _ = employee(pair.world, "Nia Lane", RoleKind.SUPERVISOR)
    pair.with_key(nia)
    agreed(pair, supervisor=nia.account or "", follows=group)
    assert next_readers(pair.ana, note) == ()
    said: dict[str, Any] = {"key": pair.key(pair.ana), "note": note, "to": nia.account}
    assert refusal(give, asker=pair.ana, **said) is SupervisionFault.GIVE


def test_who_leaves_loses_their_keys_and_the_other_keeps_theirs(pair: Pair) -> None:
    written(pair, agreed(pair))
    begin_notebook(pair.supervisor)
    end_account(asker=pair.world.operator, account=pair.supervisor.account or "")
    end_what_is_over()
    assert texts(pair, pair.ana) == [WORDS]
    assert set(NoteKey.objects.values_list("account", flat=True)) == {pair.ana.account}
    assert not Notebook.objects.filter(account=pair.supervisor.account).exists()
    end_account(asker=pair.world.operator, account=pair.ana.account or "")
    end_what_is_over()
    assert not Note.objects.exists()


def test_notes_end_when_their_time_is_over_and_nothing_is_noted(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreement = agreed(pair)
    written(pair, agreement)
    share_agenda(asker=pair.ana, agreement=agreement, meeting=meeting(agreement), text="agenda")
    entries, today = Entry.objects.count(), clock.today()

    def left_after(day: date) -> set[str]:
        monkeypatch.setattr(clock, "today", lambda: day)
        end_what_is_over()
        return set(Note.objects.values_list("kind", flat=True))

    assert left_after(today + timedelta(days=31)) == {"shared", "agenda"}
    assert left_after(today + timedelta(days=32)) == {"shared"}
    last = kept_until(NoteKind.SHARED, today, None)
    assert timedelta(days=3 * 365 - 3) <= last - today <= timedelta(days=3 * 366)
    assert left_after(last) == {"shared"}
    assert left_after(last + timedelta(days=1)) == set()
    assert not NoteKey.objects.exists()
    assert Entry.objects.count() == entries
    assert Meeting.objects.count() == 2, "that they met stays a fact"


@pytest.mark.parametrize("month", range(1, 13))
def test_the_last_day_is_a_day_in_every_month(month: int) -> None:
    for day in (1, 28, calendar.monthrange(2027, month)[1]):
        last = kept_until(NoteKind.SHARED, date(2027, month, day), None)
        assert (last.year, last.month, last.day) == (2030, month, min(day, 28))


def test_a_notebook_opens_for_its_owner_alone(pair: Pair) -> None:
    begin_notebook(pair.ana)
    begin_notebook(pair.supervisor)
    note = OwnNote("n1", "", "", is_for_agenda=False, text="I was afraid to say it")
    keep_own_note(pair.ana, pair.key(pair.ana), note, read=None)
    assert read_notebook(pair.ana, pair.key(pair.ana)) == (note,)
    assert refusal(read_notebook, asker=pair.ana, key=pair.key(pair.supervisor)) is RecordFault.CLOSED
    assert read_notebook(pair.supervisor, pair.key(pair.supervisor)) == ()


def test_an_empty_notebook_and_a_written_one_look_alike(pair: Pair) -> None:
    for asker in (pair.ana, pair.supervisor):
        begin_notebook(asker)
    note = OwnNote("n1", "", "", is_for_agenda=True, text="x" * 2_000)
    keep_own_note(pair.ana, pair.key(pair.ana), note, read=None)
    rows = Notebook.objects.values_list("key_number", "sealed", "sealed_key")
    assert len({(number, len(bytes(one)), len(bytes(two))) for number, one, two in rows}) == 1


def test_a_notebook_that_changed_meanwhile_is_not_written_over(pair: Pair) -> None:
    begin_notebook(pair.ana)
    key = pair.key(pair.ana)
    first = OwnNote("n1", "", "", is_for_agenda=False, text="one")
    keep_own_note(pair.ana, key, first, read=None)
    keep_own_note(pair.ana, key, first, read=None)
    other = OwnNote("n1", "", "", is_for_agenda=False, text="two")
    with pytest.raises(Refused) as refused:
        keep_own_note(pair.ana, key, other, read="something else")
    assert refused.value.fault is SupervisionFault.NOTEBOOK_CHANGED
    keep_own_note(pair.ana, key, other, read="one")
    gone = OwnNote("n1", "", "", is_for_agenda=False, text=" ")
    keep_own_note(pair.ana, key, gone, read="two")
    assert read_notebook(pair.ana, key) == ()


def test_a_lost_phrase_loses_the_notebook_and_begins_another(pair: Pair) -> None:
    begin_notebook(pair.ana)
    keep_own_note(pair.ana, pair.key(pair.ana), OwnNote("n", "", "", False, "words"), read=None)
    lose_phrase(pair, pair.ana)
    begin_notebook(pair.ana)
    assert read_notebook(pair.ana, pair.key(pair.ana)) == ()


def test_nothing_that_was_written_stands_in_any_table(pair: Pair) -> None:
    agreement = agreed(pair)
    written(pair, agreement)
    begin_notebook(pair.ana)
    keep_own_note(pair.ana, pair.key(pair.ana), OwnNote("n", "", "", False, WORDS), read=None)
    held = [
        bytes(one) for table in (Note, Notebook) for one in table.objects.values_list("sealed", flat=True)
    ]
    held += [
        bytes(one)
        for table in (NoteKey, Notebook)
        for one in table.objects.values_list("sealed_key", flat=True)
    ]
    assert len(held) == 5
    assert not any(WORDS.encode() in one for one in held)
