"""Text that programs have damaged, and text that only looks like it."""

from __future__ import annotations

import pytest
from django.forms import ValidationError

from trainings.registrations.damaged_text import refuse_damaged
from trainings.registrations.names import validate_person_name


@pytest.mark.parametrize(
    "text", ["?tefan Mure?an", "Kova? d.o.o.", "Direc?ia de Asisten?ă", "Mure\ufffdan", "\ufffd", "Ana?", "Т?дор"]
)
def test_refuse_damaged_text_with_lost_letters_says_so(text: str) -> None:
    with pytest.raises(ValidationError, match="Letters have been lost"):
        refuse_damaged(text)


@pytest.mark.parametrize(
    "text",
    ["Mure&#539;an", "Mure&#x219;an", "Caf&eacute;", "Mure%C8%99an", "=C8=98tefan", "\\u0218tefan", "_x0218_tefan"],
)
def test_refuse_damaged_text_with_signs_spelt_out_says_so(text: str) -> None:
    with pytest.raises(ValidationError, match="A program has written letters as signs"):
        refuse_damaged(text)


@pytest.mark.parametrize("name", ["Ștefan Mureșan", "Čedomir Šuštaršič", "José", "Петров", "Ελένη", "Łukasz", "Győző"])
@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "cp1250", "cp1251", "cp1253"])
def test_refuse_damaged_text_in_a_wrong_encoding_names_what_it_was(name: str, encoding: str) -> None:
    damaged = "".join(
        bytes([byte]).decode(encoding) if bytes([byte]).decode(encoding, "ignore") else chr(byte)
        for byte in name.encode()
    )
    with pytest.raises(ValidationError, match="A program has damaged these letters"):
        refuse_damaged(damaged)


@pytest.mark.parametrize("text", ["M√ºller", "├®lan", "\ue000na", "Mure╚Öan"])
def test_refuse_damaged_text_of_old_programs_says_so(text: str) -> None:
    with pytest.raises(ValidationError, match="A program has damaged these letters"):
        refuse_damaged(text)


@pytest.mark.parametrize(
    "text",
    [
        *("Ștefan Țăranu", "Ελένη ΠΑΠΑΔΟΠΟΎΛΟΥ", "Ђурђевић", "Ґанна Їжакевич", "ŽŠ", "Müller & Söhne", "100% sure"),
        *(
            "Õ Ä",
            "Åse",
            "Łódź",
            "Île-de-France",
            "Âge d’Or",
            "Ñandú",
            "Ça va",
            "Ömür Çağrı",
            "A.B. (Athens)",
            "Đỗ",
            "?",
        ),
    ],
)
def test_refuse_damaged_takes_text_as_people_write_it(text: str) -> None:
    refuse_damaged(text)
    assert text.strip() == text


def test_name_that_is_damaged_is_no_name() -> None:
    with pytest.raises(ValidationError, match="Letters have been lost"):
        validate_person_name("?tefan Mure?an")
