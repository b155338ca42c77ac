"""Names that sound alike have a skeleton in common, in whatever alphabet somebody typed them; others have none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desks.duplicates.folding import MAX_SKELETONS, skeletons, words_of
from desks.duplicates.names import forms_of_given_name

ALIKE = [
    ("Παπαδόπουλος", "Papadopoulos", "Papadopoulou", "Пападопулос"),
    ("Χατζής", "Hatzis", "Chatzis", "Xatzis", "Khadzis", "Хатзис"),
    ("Μπακογιάννη", "Bakogianni", "Mpakogianni", "Bakoyanni", "Бакояни"),
    ("Ντούκας", "Doukas", "Ntoukas", "Duka", "Дукас"),
    ("Αγγελόπουλος", "Angelopoulos", "Aggelopoulou", "Агелопулос", "Ангелопулос"),
    ("Ευσταθίου", "Efstathiou", "Evstathiou", "Eustathiou", "Евстатиу"),
    ("Щерев", "Shterev", "Shtereva", "Щерева", "Štereva"),
    ("Георгиев", "Georgieva", "Gueorguiev", "Γκεοργκίεφ", "Георгиева"),
    ("Юруков", "Yurukov", "Jurukov", "Iouroukov", "Ûrukov"),
    ("Ђорђевић", "Đorđević", "Djordjevic", "Dordević", "Τζόρτζεβιτς", "Djordjevitch"),
    ("Живковић", "Živković", "Zivkovic", "Zhivkovich", "Ζίβκοβιτς"),
    ("Țurcanu", "Turcanu", "Ţurcanu", "Цуркану", "Τσουρκάνου"),
    ("Ciobanu", "Чобану", "Τσομπάνου"),
    ("Szilágyi", "Szilagyi", "Силади", "Σιλάγκι"),
    ("Kovács", "Kovacs", "Ковач", "Kovach", "Κόβατς"),
    ("Юрченко", "Yurchenko", "Iurchenko", "Jurčenko", "Γιούρτσενκο"),
    ("Шевченко", "Shevchenko", "Ševčenko", "Σεβτσένκο"),
    ("Левицький", "Levytskyi", "Левицька", "Levitsky", "Λεβίτσκι"),
    ("Škof", "Skof", "Шкоф", "Σκοφ"),
]
PAIRS = [(first, other) for first, *others in ALIKE for other in others]
FORMS = [
    ("Γιώργος", "Georgi"), ("Гошо", "Gheorghe"), ("Пешо", "Πέτρος"), ("Jóska", "Iosif"), ("Misi", "Михайло"),
    ("Ваня", "Ivanka"), ("Κική", "Vasiliki"), ("Lenuța", "Elena"), ("Sanyi", "Aleksandar"), ("Fane", "Стефан"),
    ("Наташа", "Nataliya"), ("Льоша", "Олексій"), ("Ђоко", "Đorđe"), ("Erzsi", "Elizabeth"), ("Τάκης", "Panagiotis"),
]  # fmt: skip
DIFFERENT = [
    ("Ιβανόφ", "Petrov"), ("Nagy", "Kiss"), ("Popescu", "Ionescu"), ("Коваленко", "Бондаренко"), ("Novak", "Horvat"),
    ("Παππάς", "Βλάχος"), ("Илић", "Лазић"), ("Mara", "Mira"), ("Стоянов", "Стефанов"), ("Radu", "Rusu"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "other"), PAIRS)
def test_fold_two_spellings_of_a_name_gives_a_common_skeleton(first, other):
    assert skeletons(first.lower()) & skeletons(other.lower()) != set()


@pytest.mark.parametrize(("first", "other"), DIFFERENT)
def test_fold_two_names_gives_no_common_skeleton(first, other):
    assert skeletons(first.lower()) & skeletons(other.lower()) == set()


@pytest.mark.parametrize(("pet_form", "name"), FORMS)
def test_fold_pet_form_and_name_gives_a_common_form(pet_form, name):
    assert forms_of_given_name(pet_form.lower()) & forms_of_given_name(name.lower()) != set()


def test_fold_name_with_apostrophe_and_hyphen_gives_its_words():
    assert words_of("Мар’яна О'Нил-Petrović 2") == ["маряна", "онил", "petrović", "2"]


@given(st.text(max_size=40))
def test_fold_anything_gives_few_skeletons_of_known_signs(text):
    shapes = skeletons(text.lower())
    assert len(shapes) <= MAX_SKELETONS
    assert set("".join(shapes)) <= set("AIVPTDKSLRMNaoi")


def test_fold_word_without_letters_gives_nothing():
    assert skeletons("–…!") == frozenset()
