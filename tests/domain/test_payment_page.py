"""Addresses of payment pages: what is kept, in which form, and what each refusal tells its reader to write."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from recouvrement import Creditor, Invoice, Money

GOOD = {
    "https://paiement.atelier.example/": "https://paiement.atelier.example/",
    "https://paiement.atelier.example": "https://paiement.atelier.example/",
    "HTTPS://Paiement.Atelier.Example/F2026-118": "https://paiement.atelier.example/F2026-118",
    "https://pay.example:443/x": "https://pay.example/x",
    "https://pay.example:8443/x": "https://pay.example:8443/x",
    "https://pay.example/a/../b": "https://pay.example/b",
    "https://pay.example/?cle=Zx_9-~.&n=2,50+1": "https://pay.example/?cle=Zx_9-~.&n=2,50+1",
    "https://pay.example/f%C3%A9vrier%20%28solde%29": "https://pay.example/f%C3%A9vrier%20%28solde%29",
    "https://pay.example/#/client/C042": "https://pay.example/#/client/C042",
    "https://xn--rglement-b1a.example/": "https://xn--rglement-b1a.example/",
    "https://pay.example/" + "x" * 480: "https://pay.example/" + "x" * 480,
}

SECURE = "does not begin with https:// and a host: write a secure address, e.g. https://"
PUBLIC = "is not the name of a public site: write it in full, e.g. https://"
REMOVE = "take it out, or check that the whole address was copied"
BAD = {
    "": f"'' {SECURE}",
    "http://pay.example/": f"'http://pay.example/' {SECURE}",
    "//pay.example/": f"'//pay.example/' {SECURE}",
    "pay.example/F1": f"'pay.example/F1' {SECURE}",
    "javascript:alert(1)": f"'javascript:alert(1)' {SECURE}",
    "data:text/html,x": f"'data:text/html,x' {SECURE}",
    "https:pay.example": f"'https:pay.example' {SECURE}",
    "https:///pay.example": f"'https:///pay.example' {SECURE}",
    " https://pay.example/": f"' https://pay.example/' {SECURE}",
    "https://": "'https://' is not an address (empty host): copy it from the browser",
    "https://?x=1": "'https://?x=1' is not an address (empty host): copy it from the browser",
    "https://pay.example:99999/": "is not an address (invalid port number): copy it from the browser",
    "https://localhost/": f"host 'localhost' {PUBLIC}",
    "https://192.0.2.1/": f"host '192.0.2.1' {PUBLIC}",
    "https://0xC0.0.0x2.1/": f"host '192.0.2.1' {PUBLIC}",
    "https://[2001:db8::1]/": "holds '[': write %5B in its place",
    "https://pay..example/": f"host 'pay..example' {PUBLIC}",
    "https://pay.example./": f"host 'pay.example.' {PUBLIC}",
    "https://-pay.example/": f"host '-pay.example' {PUBLIC}",
    "https://ma_banque.example/": f"host 'ma_banque.example' {PUBLIC}",
    "https://" + "x" * 64 + ".example/": PUBLIC,
    "https://" + "x." * 130 + "example/": PUBLIC,
    "https://règlement.example/": "host 'règlement.example' is not in plain letters: write its ASCII form, which",
    "https://pаy.example/": "is not in plain letters",  # a Cyrillic letter
    "https://pay。example/": "is not in plain letters",
    "https://banque.example@autre.example/": "it names a user before its host, which hides where it leads: write it",
    "https://user:secret@pay.example/": "it names a user before its host",
    "https://pay.example/@client": "holds '@': write %40 in its place",
    "https://pay.example/février": "holds 'é': write %C3%A9 in its place",
    "https://pay.example/a b": f"holds ' ': {REMOVE}",
    "https://pay.example/\n": rf"holds '\n': {REMOVE}",
    "https://pay.example/\x00": rf"holds '\x00': {REMOVE}",
    "https://pay.example/\u00a0": rf"holds '\xa0': {REMOVE}",
    "https://pay.example/\u202eexe": rf"holds '\u202e': {REMOVE}",
    "https://pay.example\\@autre.example/": "it names a user before its host",
    "https://pay.example\\autre": "write %5C in its place",
    "https://pay.example/F1.": "ends with '.', which mail programs leave out of a link: take it out",
    "https://pay.example/F1,": "ends with ','",
    "https://pay.example/?": "ends with '?'",
    "https://pay.example/x:": "ends with ':'",
    "https://pay.example/%": "holds '%' without two hexadecimal digits: write it as %25",
    "https://pay.example/%2": "holds '%' without two hexadecimal digits: write it as %25",
    "https://pay.example/" + "x" * 481: "it has 501 characters: give an address of at most 500",
    **{
        f"https://pay.example/{sign}x": f"holds {sign!r}: write {code} in its place"
        for sign, code in (
            *((">", "%3E"), ("<", "%3C"), ('"', "%22"), ("'", "%27"), ("(", "%28"), (")", "%29"), ("*", "%2A")),
            *(("[", "%5B"), ("]", "%5D"), ("`", "%60"), ("|", "%7C"), ("{", "%7B"), ("}", "%7D"), ("^", "%5E")),
            *(("$", "%24"), ("!", "%21"), (";", "%3B"), ("\\", "%5C")),
        )
    },
}


def kept(url: str) -> str | None:
    return Creditor(id="a", name="Atelier", payment_url=url).payment_url


@pytest.mark.parametrize(("written", "normal"), GOOD.items())
def test_a_page_is_kept_in_the_form_a_browser_gives_it(written: str, normal: str) -> None:
    assert kept(written) == normal


@pytest.mark.parametrize(("written", "told"), BAD.items())
def test_an_address_that_may_not_be_shown_is_refused_with_what_to_write(written: str, told: str) -> None:
    with pytest.raises(ValidationError) as refused:
        kept(written)
    (fault,) = refused.value.errors()
    assert fault["loc"] == ("payment_url",)
    assert told in fault["msg"]
    assert len(fault["msg"]) < 300


@pytest.mark.parametrize("url", ["https://user:secret@pay.example/", "http://user:secret@pay.example/", "//a:secret@b"])
def test_a_password_is_not_told_again(url: str) -> None:
    with pytest.raises(ValidationError) as refused:
        kept(url)
    assert "secret" not in refused.value.errors()[0]["msg"]


def test_both_forms_go_through_json() -> None:
    creditor = Creditor(id="a", name="Atelier", payment_url="https://pay.example/a")
    assert Creditor.model_validate_json(creditor.model_dump_json()) == creditor
    assert Creditor.model_validate_json('{"id": "a", "name": "Atelier"}').payment_url is None
    day = date(2026, 9, 30)
    invoice = Invoice.single("F1", issued_on=day, due_on=day, total=Money.of("1.00", "EUR"))
    assert invoice.payment_url is None
    linked = Invoice.model_validate(dict(invoice) | {"payment_url": "https://pay.example/F1"})
    assert '"payment_url":"https://pay.example/F1"' in linked.model_dump_json()
    assert Invoice.model_validate_json(linked.model_dump_json()) == linked


pieces = st.sampled_from(
    [*"abz09-._~/?#&=+,:%@;<>()[]'\"\\|`*é\u202e \n", "https://", "%2F", "%C3%A9", "%5C", "..", "xn--", ".example"]
)


@given(
    st.one_of(st.text(), st.lists(pieces).map("".join), st.lists(pieces).map(lambda some: f"https://{''.join(some)}"))
)
def test_what_is_kept_is_plain_and_is_kept_as_it_is_the_next_time(written: str) -> None:
    try:
        url = kept(written)
    except ValidationError:
        return
    assert url is not None
    assert kept(url) == url
    assert len(url) <= 500
    assert re.fullmatch(r"https://[a-z0-9.-]+(?::\d+)?/[A-Za-z0-9\-._~/?#&=+,:%]*", url)
