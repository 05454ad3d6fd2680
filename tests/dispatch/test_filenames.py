"""File names made from hostile text stay names."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recouvrement.dispatch.filenames import KEY_LENGTH, SLUG_LENGTH, action_key, extension, slug


@given(st.text())
def test_a_slug_is_short_plain_and_never_empty(text: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(text))
    assert len(slug(text)) <= SLUG_LENGTH


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Établissements Lefèvre & Fils", "etablissements-lefevre-fils"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\Windows\\CON", "c-windows-con"),
        ("😀", "sans-nom"),
        ("\u202egnp.exe", "gnp-exe"),
        ("İstanbul", "istanbul"),
        ("x" * 300, "x" * SLUG_LENGTH),
    ],
)
def test_names_of_debtors_become_slugs(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text(min_size=1), st.text(min_size=1))
def test_two_actions_have_two_keys(first: str, second: str) -> None:
    assert (action_key(first) == action_key(second)) == (first == second)


@given(st.text(min_size=1))
def test_a_key_is_plain_and_short(action_id: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", action_key(action_id))
    assert len(action_key(action_id)) <= KEY_LENGTH


def test_identifiers_that_differ_by_case_have_keys_that_differ_without_it() -> None:
    assert action_key("Act-1").lower() != action_key("act-1").lower()


@given(st.text())
def test_an_extension_is_plain(filename: str) -> None:
    assert re.fullmatch(r"\.[a-z0-9]{1,8}", extension(filename))
