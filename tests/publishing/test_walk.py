"""Random walks over one thing's texts: the states are always as a model of them says, and languages stay apart."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from partners.memberships.states import Role
from tests.people import person
from tests.walks import walk
from victor.accounts.models import User
from victor.pages.models import Page
from victor.publishing import actions as publishing_actions
from victor.publishing.errors import MoveNotPossible, NotPublished, OwnWork
from victor.publishing.models import LanguageVersion
from victor.publishing.states import TextState

LANGUAGES = st.sampled_from(["en", "el", "bg"])
WORDS = st.sampled_from(["lamp", "λάμπα", "лампа", "bridge"])
EDITORS = st.sampled_from([0, 1])


class Texts(RuleBasedStateMachine):
    """Two editors, three languages, every move in any order; `model` is what should have become of each."""

    editors: list[User]
    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.page = Page.objects.create(slug=f"walk-{Page.objects.count()}")
        self.model: dict[str, dict[str, Any]] = {}

    def version(self, language: str) -> LanguageVersion:
        return LanguageVersion.objects.of(self.page).get(language=language)

    def public(self, language: str) -> str | None:
        return self.model.get(language, {}).get("public")

    @rule(language=LANGUAGES, word=WORDS, who=EDITORS)
    def save(self, language: str, word: str, who: int) -> None:
        texts = {"title": word, "summary": word, "body": f"<p>{word}</p>"}
        publishing_actions.save_draft(self.page, language, texts, by=self.editors[who])
        text = self.model.setdefault(language, {"public": None, "basis": None, "follows": None})
        text |= {"state": TextState.DRAFT, "word": word, "author": who, "basis": self.public("en")}

    @precondition(lambda self: self.model)
    @rule(language=LANGUAGES, who=EDITORS, move=st.sampled_from(["submit", "send_back", "approve"]))
    def review(self, language: str, who: int, move: str) -> None:
        if not (text := self.model.get(language)):
            return
        starts = {
            "submit": [TextState.DRAFT],
            "send_back": [TextState.IN_REVIEW, TextState.APPROVED],
            "approve": [TextState.IN_REVIEW],
        }
        leads = {"submit": TextState.IN_REVIEW, "send_back": TextState.DRAFT, "approve": TextState.APPROVED}
        try:
            getattr(publishing_actions, move)(self.version(language), by=self.editors[who])
        except MoveNotPossible:
            assert text["state"] not in starts[move]
        except OwnWork:
            assert move == "approve"
            assert text["author"] == who
        else:
            assert text["state"] in starts[move]
            text["state"] = leads[move]

    @precondition(lambda self: self.model)
    @rule(language=LANGUAGES, who=EDITORS, minor=st.booleans())
    def publish(self, language: str, who: int, minor: bool) -> None:
        if not (text := self.model.get(language)):
            return
        try:
            publishing_actions.publish(self.version(language), by=self.editors[who], minor=minor)
        except MoveNotPossible:
            assert text["state"] != TextState.APPROVED
            return
        assert text["state"] == TextState.APPROVED
        before = self.public("en")
        text |= {"state": TextState.PUBLISHED, "public": text["word"]}
        if language == "en" and minor:
            for other in self.model.values():
                other["basis"] = text["word"] if other["basis"] == before else other["basis"]

    @precondition(lambda self: self.model)
    @rule(language=LANGUAGES, who=EDITORS)
    def unpublish(self, language: str, who: int) -> None:
        if not (text := self.model.get(language)):
            return
        try:
            publishing_actions.unpublish(self.version(language), by=self.editors[who])
        except NotPublished:
            assert text["public"] is None
            return
        text["state"] = TextState.DRAFT if text["state"] == TextState.PUBLISHED else text["state"]
        text["public"] = None

    @invariant()
    def public_texts_are_as_told(self) -> None:
        Texts.steps += 1
        self.page.refresh_from_db()
        assert [getattr(self.page, f"title_{code}") for code in ("en", "el", "bg")] == [
            self.public(code) for code in ("en", "el", "bg")
        ]

    @invariant()
    def states_are_as_told(self) -> None:
        for language, text in self.model.items():
            version = self.version(language)
            public = None not in (text["public"], self.public("en"))
            left = language != "en" and public and text["basis"] != self.public("en")
            assert version.state == text["state"]
            assert version.outdated == left


@pytest.mark.long
@pytest.mark.django_db
def test_walks_end_as_the_model_says(figure):
    Texts.editors = [person(Role.EDITOR), person(Role.EDITOR)]
    walk(Texts, walks=40, steps=40)
    figure("publishing: random steps, states as the model says", Texts.steps)
    assert Texts.steps >= 1000
