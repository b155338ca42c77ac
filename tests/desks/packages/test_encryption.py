"""Packages are opened by programs that are not ours, with the key; and by nothing without it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from cryptography.exceptions import InvalidTag
from pyrage import x25519

from desks.packages.encryption import (
    attach_files,
    fingerprint_of,
    is_fingerprint_of,
    lock_with_key,
    lock_with_passphrase,
    read_recipient,
)
from desks.packages.errors import NotAKey
from desks.packages.passphrases import new_passphrase, word_list
from tests.desks.packages.age_reader import open_age
from victor.pdf import personal_pdf

WORDS = "Zornitsa lives in Ulitsa Pirin"
OWN, STRANGER = x25519.Identity.generate(), x25519.Identity.generate()


@pytest.fixture(scope="module")
def paper() -> bytes:
    return attach_files(personal_pdf("words", {"words": WORDS}), {"S8D-3JH.json": b'{"status": "requested"}'})


def run(*command: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, capture_output=True, check=False)


def with_age(folder: Path, locked: bytes, identity: str) -> bytes | None:
    """What the program age reads; None where it opens nothing."""
    (folder / "package.age").write_bytes(locked)
    (folder / "identity").write_text(identity)
    done = run("age", "--decrypt", "-i", folder / "identity", folder / "package.age")
    return done.stdout if done.returncode == 0 else None


def opens_with_qpdf(folder: Path, locked: bytes, passphrase: str) -> bool:
    """Whether the program qpdf opens it, with all that is in it."""
    (folder / "package.pdf").write_bytes(locked)
    done = run("qpdf", f"--password={passphrase}", "--decrypt", folder / "package.pdf", folder / "opened.pdf")
    return done.returncode == 0


def test_own_reader_opens_age_file_with_the_key_only(paper):
    locked = lock_with_key(paper, str(OWN.to_public()))
    assert open_age(locked, str(OWN)) == paper
    with pytest.raises(InvalidTag):
        open_age(locked, str(STRANGER))


def test_own_reader_opens_a_file_of_several_chunks():
    content = bytes(range(256)) * 1000
    assert open_age(lock_with_key(content, str(OWN.to_public())), str(OWN)) == content


def test_altered_age_file_opens_nowhere(paper):
    locked = bytearray(lock_with_key(paper, str(OWN.to_public())))
    locked[-1] ^= 1
    with pytest.raises(InvalidTag):
        open_age(bytes(locked), str(OWN))


@pytest.mark.skipif(
    not shutil.which("age"), reason="the program age is not installed here; CI has it, and no skip passes there"
)
def test_age_opens_the_file_with_the_key_only(paper, tmp_path):
    locked = lock_with_key(paper, str(OWN.to_public()))
    assert with_age(tmp_path, locked, str(OWN)) == paper
    assert with_age(tmp_path, locked, str(STRANGER)) is None


@pytest.mark.parametrize("word", [b"Zornitsa", b"requested", b"/Title", b"S8D-3JH"])
def test_locked_files_hold_no_word_in_clear(paper, word):
    assert word not in lock_with_key(paper, str(OWN.to_public()))
    assert word not in lock_with_passphrase(paper, "six words")


def test_pdfium_opens_pdf_with_the_words_only(paper):
    locked = lock_with_passphrase(paper, "open the lamp near our door")
    page = pypdfium2.PdfDocument(locked, password="open the lamp near our door")[0]
    assert WORDS in page.get_textpage().get_text_range()
    for wrong in (None, "", "open the lamp near our doors"):
        with pytest.raises(pypdfium2.PdfiumError):
            pypdfium2.PdfDocument(locked, password=wrong)


@pytest.mark.skipif(
    not shutil.which("qpdf"), reason="the program qpdf is not installed here; CI has it, and no skip passes there"
)
def test_qpdf_opens_pdf_with_the_words_only(paper, tmp_path):
    locked = lock_with_passphrase(paper, "open the lamp near our door")
    assert opens_with_qpdf(tmp_path, locked, "open the lamp near our door")
    assert not opens_with_qpdf(tmp_path, locked, "")
    encryption = run("qpdf", "--password=open the lamp near our door", "--show-encryption", tmp_path / "package.pdf")
    assert b"AESv3" in encryption.stdout


@pytest.mark.parametrize(
    "text",
    ["", "age1", "age1qqqq", "ssh-ed25519 AAAA", str(OWN), f"{OWN.to_public()}q"],
    ids=["nothing", "beginning", "short", "another kind", "private key", "one sign more"],
)
def test_read_what_is_no_public_key_is_refused(text):
    with pytest.raises(NotAKey):
        read_recipient(text)


def test_read_key_in_capital_letters_is_the_same_key():
    assert read_recipient(f"  {str(OWN.to_public()).upper()}\n") == str(OWN.to_public())


def test_fingerprint_is_what_sha256sum_says():
    recipient = str(OWN.to_public())
    printed = subprocess.run(["sha256sum"], input=recipient.encode(), capture_output=True, check=True).stdout.decode()
    assert fingerprint_of(recipient).replace(" ", "") == printed[:32]


def test_fingerprint_typed_in_any_way_is_recognised_and_no_other():
    recipient = str(OWN.to_public())
    assert is_fingerprint_of(recipient, fingerprint_of(recipient).upper().replace(" ", "-"))
    assert not is_fingerprint_of(recipient, fingerprint_of(str(STRANGER.to_public())))
    assert not is_fingerprint_of(recipient, fingerprint_of(recipient)[:-1])


def test_passphrase_has_six_words_of_a_list_of_more_than_2048():
    words = word_list()
    assert len(words) == len(set(words)) >= 2048
    assert all(word.isascii() and word.islower() and word.isalpha() and len(word) <= 6 for word in words)
    passphrases = {new_passphrase() for _number in range(50)}
    assert len(passphrases) == 50
    assert {len(passphrase.split()) for passphrase in passphrases} == {6}
