"""The hash chain covers every field and the order of the events."""

from hypothesis import given
from hypothesis import strategies as st

from recouvrement.journal.chain import GENESIS, Link, link_hash

LINK = Link("acme", "acme/durand/EUR", 1, "e1", "stop_lifted", "2026-03-14", "2026-03-14T08:00:00", '{"a":1}')


@given(
    field=st.sampled_from([name for name in Link._fields if name != "version"]),
    text=st.text(),
)
def test_changing_any_field_changes_the_hash(field: str, text: str) -> None:
    changed = Link(**{**LINK._asdict(), field: text})
    assert (link_hash(GENESIS, changed) == link_hash(GENESIS, LINK)) == (changed == LINK)


def test_the_hash_depends_on_the_one_before() -> None:
    assert link_hash("1" * 64, LINK) != link_hash(GENESIS, LINK)


def test_moving_a_character_from_one_field_to_the_next_changes_the_hash() -> None:
    moved = LINK._replace(event_id="e", type="1stop_lifted")
    assert link_hash(GENESIS, moved) != link_hash(GENESIS, LINK)


def test_a_version_written_as_text_is_not_the_same_version() -> None:
    assert link_hash(GENESIS, Link(**{**LINK._asdict(), "version": "1"})) != link_hash(GENESIS, LINK)
