"""A variable that is missing or malformed is refused with its name and what was expected."""

import pytest

from victor.env import Environment, Misconfigured

NONSENSE = [
    ("text", {}, "", "X: is not set; expected a text"),
    ("secret", {}, "short", "X: is too short; expected a random secret of at least 32"),
    ("flag", {"default": False}, "perhaps", "X: is 'perhaps'; expected yes or no"),
    ("number", {"default": None}, "ten", "X: is 'ten'; expected a whole number"),
    ("number", {"default": None, "least": 1}, "0", "X: is '0'; expected a whole number from 1 up"),
    ("number", {"default": None}, "-1", "X: is '-1'; expected a whole number"),
    ("choice", {"options": ("a", "b"), "default": "a"}, "c", "X: is 'c'; expected one of a, b"),
    ("words", {}, "", "X: is not set; expected a comma-separated list"),
    ("address", {}, "victor.example", "X: is 'victor.example'; expected an address"),
    ("database", {}, "mysql://a@b/c", "X: cannot be read as an address; expected postgres://"),
    ("database", {}, "nonsense", "X: cannot be read as an address; expected postgres://"),
    ("cache", {}, "locmem://", "X: cannot be read as an address; expected redis://"),
    ("broker", {}, "filesystem://", "X: cannot be read as an address; expected redis://"),
    ("mail", {}, "pigeon://", "X: cannot be read as an address; expected smtp+tls://"),
    ("mail", {}, "", "X: is not set; expected smtp+tls://"),
]


@pytest.mark.parametrize(("reader", "options", "value", "message"), NONSENSE)
def test_read_nonsense_is_refused_with_its_name_and_what_was_expected(reader, options, value, message):
    with pytest.raises(Misconfigured) as refusal:
        getattr(Environment({"X": value}), reader)("X", **options)
    assert str(refusal.value).startswith(message)


@pytest.mark.parametrize(
    ("reader", "options", "value", "read"),
    [
        ("text", {}, " a ", "a"),
        ("text", {"default": "b"}, "", "b"),
        ("flag", {"default": True}, "", True),
        ("flag", {"default": True}, "No", False),
        ("number", {"default": 90}, "", 90),
        ("number", {"default": None}, "30", 30),
        ("words", {}, "a, b,", ["a", "b"]),
        ("address", {}, "https://victor.example/", "https://victor.example"),
        ("broker", {}, "redis+socket:///tmp/s", "redis+socket:///tmp/s"),
    ],
)
def test_read_sense_is_returned(reader, options, value, read):
    assert getattr(Environment({"X": value}), reader)("X", **options) == read


def test_read_a_folder_for_mail_is_absolute():
    assert Environment({"X": "filemail:///var/mail"}).mail("X")["EMAIL_FILE_PATH"] == "/var/mail"
