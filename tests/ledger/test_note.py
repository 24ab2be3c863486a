"""Signed notes and checkpoints in C2SP's formats, strictly read."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.core.errors import Refusal
from safeconduct.ledger.checkpoint import Checkpoint, checkpoint_note, open_checkpoint, parse_checkpoint
from safeconduct.ledger.note import PublicKey, SeedSigner, open_note, parse_key, public_key, sign_note
from safeconduct.ledger.tree import EMPTY_ROOT
from tests.ledger.strategies import KEY, ORIGIN, SIGNER

ROOT = bytes(range(100, 132))
# The worked example in the documentation of Go's golang.org/x/mod/sumdb/note.
NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NEUMANN_SEED = base64.b64decode("AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz")[1:]
NEUMANN_TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
NEUMANN_NOTE = NEUMANN_TEXT + (
    "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
OTHER = SeedSigner("witness.example/w1", b"w" * 32)


def test_go_s_worked_example_opens():
    opened = open_note(NEUMANN_NOTE, [parse_key(NEUMANN)])
    assert (opened.text, opened.unknown) == (NEUMANN_TEXT, 0)


def test_go_s_worked_example_is_written_byte_for_byte():
    assert sign_note(NEUMANN_TEXT, [SeedSigner("PeterNeumann", NEUMANN_SEED)]) == NEUMANN_NOTE


def test_go_s_key_line_is_written_byte_for_byte():
    assert public_key(SeedSigner("PeterNeumann", NEUMANN_SEED)).text() == NEUMANN
    assert parse_key(NEUMANN).text() == NEUMANN


def test_signatures_of_unknown_keys_are_counted_and_ignored():
    note = sign_note("text\n", [SIGNER, OTHER])
    opened = open_note(note, [KEY])
    assert opened.signed_by == (KEY,)
    assert opened.unknown == 1
    assert open_note(note, [KEY, public_key(OTHER)]).unknown == 0


def test_sixteen_and_more_signatures_are_read():
    many = [SeedSigner(f"witness.example/{number}", bytes([number]) * 32) for number in range(20)]
    assert open_note(sign_note("text\n", [*many, SIGNER]), [KEY]).unknown == 20


def test_a_text_may_hold_empty_lines_and_lines_like_signatures():
    text = f"one\n\n— {ORIGIN} AAAA\n\n\n"
    assert open_note(sign_note(text, [SIGNER]), [KEY]).text == text


def test_a_key_of_the_same_name_is_another_key():
    impostor = SeedSigner(ORIGIN, b"i" * 32)
    with pytest.raises(Refusal, match="no signature of a known key"):
        open_note(sign_note("text\n", [impostor]), [KEY])
    assert open_note(sign_note("text\n", [impostor, SIGNER]), [KEY]).unknown == 1


def test_a_wrong_signature_of_a_known_key_refuses_the_note():
    note = sign_note("text\n", [OTHER, SIGNER]).replace("text", "test")
    with pytest.raises(Refusal, match="is wrong"):
        open_note(note, [KEY])


GOOD = sign_note("text\n", [SIGNER])
LINE = GOOD.split("\n")[2]


@pytest.mark.parametrize(
    "note",
    [
        "",
        "text\n",
        GOOD[:-1],
        GOOD + "\n",
        GOOD.replace("\n\n", "\n"),
        GOOD.replace("— ", "- "),
        GOOD.replace("— ", "—  "),
        GOOD.replace("text", "te\x00xt"),
        GOOD.replace("text", "te\txt"),
        GOOD.replace("\n", "\r\n"),
        GOOD.replace("text", "te\ud800xt"),
        GOOD + "— name AAAA\n",
        GOOD + "— na+me AAAAAAAA\n",
        GOOD + "— na\u2003me AAAAAAAA\n",
        GOOD + "— name AAAAAAB=\n",
        GOOD + "— name AAAA AAAA\n",
        GOOD + "— name\n",
        "x" * 1_000_001 + GOOD,
        "text\n\n" + (LINE + "\n") * 101,
    ],
)
def test_a_malformed_note_is_refused(note):
    with pytest.raises(Refusal):
        open_note(note, [KEY])


@pytest.mark.parametrize("text", ["tab\t\n", "nul\x00\n", "escape\x1b[2J\n", "carriage return\r\n"])
def test_control_characters_are_refused_even_under_a_good_signature(text):
    sealed = base64.b64encode(KEY.id + SIGNER.sign(text.encode())).decode()
    with pytest.raises(Refusal, match="control characters"):
        open_note(f"{text}\n— {ORIGIN} {sealed}\n", [KEY])


def test_a_note_is_bounded_even_under_a_good_signature():
    with pytest.raises(Refusal, match="longer than"):
        open_note(sign_note("x" * 1_000_000 + "\n", [SIGNER]), [KEY])
    with pytest.raises(Refusal, match="over 100 signatures"):
        open_note(sign_note("text\n", [SIGNER] * 101), [KEY])


@given(st.text(max_size=200))
def test_no_text_opens_by_chance(text):
    with pytest.raises(Refusal):
        open_note(text, [KEY])


@given(
    st.text(alphabet=st.characters(min_codepoint=32, exclude_categories=["Cs"]) | st.just("\n")),
    st.binary(min_size=32, max_size=32),
)
def test_whatever_is_signed_opens_again(text, seed):
    signer = SeedSigner("log.example", seed)
    assert open_note(sign_note(text + "\n", [signer]), [public_key(signer)]).text == text + "\n"


@pytest.mark.parametrize("text", ["no newline", "tab\t\n", "", "nul\x00\n"])
def test_a_text_the_format_cannot_carry_is_not_signed(text):
    with pytest.raises(ValueError, match="note's text"):
        sign_note(text, [SIGNER])


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u00a0b", "a\nb", "a\u2028b"])
def test_a_key_name_the_format_cannot_carry_is_refused(name):
    with pytest.raises(ValueError, match="key name"):
        PublicKey(name, ROOT)


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_key_of_another_length_is_refused(size):
    with pytest.raises(ValueError, match="32 bytes"):
        PublicKey("log.example", b"k" * size)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PeterNeumann",
        NEUMANN.replace("c74f20a3", "c74f20a4"),
        NEUMANN.replace("c74f20a3", "C74F20A3"),
        NEUMANN.replace("Peter", "Petra"),
        NEUMANN[:-4],
        NEUMANN.replace("+ARpc", "+BBpc"),
        "a b+" + NEUMANN.split("+", 1)[1],
    ],
)
def test_a_damaged_key_line_is_refused(text):
    with pytest.raises(Refusal):
        parse_key(text)


# --- checkpoints -----------------------------------------------------------------------------------


def test_a_checkpoint_reads_as_the_specification_has_it():
    note = checkpoint_note(ORIGIN, 20852163, ROOT, SIGNER)
    assert note.startswith(f"{ORIGIN}\n20852163\n{base64.b64encode(ROOT).decode()}\n\n— {ORIGIN} ")
    assert open_checkpoint(note, [KEY]) == Checkpoint(ORIGIN, 20852163, ROOT)


def test_the_specification_s_example_text_is_read():
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    found = parse_checkpoint(text)
    assert (found.origin, found.size) == ("example.com/behind-the-sofa", 20852163)
    assert found.text() == text


@given(st.integers(1, 2**63 - 1), st.binary(min_size=32, max_size=32), st.lists(st.sampled_from(["a", "b c", "é+"])))
def test_a_checkpoint_survives_writing_and_reading(size, root, extensions):
    found = Checkpoint("an origin", size, root, tuple(extensions))
    assert parse_checkpoint(found.text()) == found


ENCODED = base64.b64encode(ROOT).decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"o\n1\n{ENCODED}",
        f"\n1\n{ENCODED}\n",
        f"o\n\n{ENCODED}\n",
        f"o\n01\n{ENCODED}\n",
        f"o\n-1\n{ENCODED}\n",
        f"o\n+1\n{ENCODED}\n",
        f"o\n１\n{ENCODED}\n",
        f"o\n1 \n{ENCODED}\n",
        f"o\n{2**63}\n{ENCODED}\n",
        f"o\n{'9' * 5000}\n{ENCODED}\n",
        f"o\n1\n{ENCODED[:-1]}\n",
        f"o\n1\n{ENCODED} \n",
        "o\n1\nAAAA\n",
        f"o\n1\n{ENCODED[:-2]}{chr(ord(ENCODED[-2]) + 1)}=\n",
        f"o\n1\n{ENCODED}\n\n",
        f"o\n1\n{ENCODED}\n\next\n",
        f"o\n0\n{ENCODED}\n",
    ],
)
def test_a_checkpoint_departing_from_the_format_is_refused(text):
    with pytest.raises(Refusal):
        parse_checkpoint(text)


def test_the_empty_ledger_has_a_checkpoint():
    assert open_checkpoint(checkpoint_note(ORIGIN, 0, EMPTY_ROOT, SIGNER), [KEY]).size == 0


def test_a_key_signs_only_its_own_log_s_checkpoints():
    with pytest.raises(ValueError, match="origin"):
        checkpoint_note("another.example/log", 1, ROOT, SIGNER)
    foreign = sign_note(Checkpoint("another.example/log", 1, ROOT).text(), [SIGNER])
    with pytest.raises(Refusal, match="log it names"):
        open_checkpoint(foreign, [KEY])


@pytest.mark.parametrize("origin", ["", "a\nb"])
def test_an_origin_that_would_frame_another_checkpoint_is_refused(origin):
    with pytest.raises(ValueError, match="lines of a checkpoint"):
        Checkpoint(origin, 1, ROOT)


def test_every_single_changed_character_of_a_checkpoint_is_found():
    note = checkpoint_note(ORIGIN, 7, ROOT, SIGNER)
    for at in range(len(note)):
        for bit in (1, 2, 32):
            changed = note[:at] + chr(ord(note[at]) ^ bit) + note[at + 1 :]
            with pytest.raises(Refusal):
                open_checkpoint(changed, [KEY])
