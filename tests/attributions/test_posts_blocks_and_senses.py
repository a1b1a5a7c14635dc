"""Embedded posts, words behind a colon, who is quoted, verbs in another sense, owners of a claim."""

# ruff: noqa: E501 - one row per sentence reads better than a wrapped one

from __future__ import annotations

import pandas as pd
import pytest

from onrecord import analyse
from onrecord.attributions.pipeline import find_attributions
from onrecord.text.tokens import read_article
from onrecord.wordlists import load_lists


def analysed(text: str):
    return analyse(
        pd.DataFrame({"doc_id": ["a"], "text": [text.replace("¶", "\n\n")], "outlet": ["The Sarn Lantern"]})
    )


def read(text: str) -> list[tuple[str, str, str | None]]:
    """Return (words, form, speaker as written) of each attribution."""
    return [
        (row.text, row.form, None if pd.isna(row.speaker) else row.speaker.strip(" ,"))
        for row in analysed(text).attributions.itertuples()
    ]


SPEAKERS = [
    # whoever is quoted speaks
    ("“The gate was open,” the Sarn Post quoted ranger Bo Falk as having told a judge.", "“The gate was open,”", "direct", "ranger Bo Falk"),
    ("The weekly also quotes a retired carter: “They smell of tar.”", "“They smell of tar.”", "direct", "a retired carter"),
    ("“We saw it fall,” the head of the hut, Mira Vosk, was quoted.", "“We saw it fall,”", "direct", "the head of the hut, Mira Vosk"),
    ("The toll was mocked as “a tax on fog” by shipping lawyer Oda Fenn.", "“a tax on fog”", "direct", "shipping lawyer Oda Fenn"),
    ("“I was asleep” is what the guard Ruben Lind told the court.", "“I was asleep”", "direct", "the guard Ruben Lind"),
    # nouns with an aside
    ("A promise by the mill’s owner, Oda Fenn, that wages would rise was broken.", "wages would rise", "indirect", "the mill’s owner"),
    ("Ruben Lind seized on Mira Falk’s claim that there had been “a dozen floods” in Sarn this year.", "there had been “a dozen floods” in Sarn this year", "mixed", "Mira Falk"),
    ("The guild rejected the miller’s repeated warnings that the dam would burst.", "the dam would burst", "indirect", "the miller"),
    ("Asked about Lind’s remark that it was a fox, Mira Falk said, “I saw a dog.”", "it was a fox", "indirect", "Lind"),
    # passives with a time, commands, a firm that no list has
    ("The reeve was urged by pilots on Monday to shut the strait.", "to shut the strait", "indirect", "pilots"),
    ("The reeve was blamed by a shipping line, Orsten, for “dozing on the quay”.", "“dozing on the quay”", "direct", "a shipping line"),
    # relative clauses
    ("Two wardens who had maintained that the vase was real have stepped down.", "the vase was real", "indirect", "Two wardens who"),
    ("Potter Bo Falk, who swears the kiln is cursed, has moved to Sarn.", "the kiln is cursed", "indirect", "Potter Bo Falk, who"),
    # a second verb of the same speaker
    ("Fenn told the board the lock was shut but conceded that nobody had tried it.", "nobody had tried it", "indirect", "Fenn"),
    ("Fenn told the board the lock was shut but conceded that nobody had tried it.", "the lock was shut", "indirect", "Fenn"),
    # tags
    ("“Who has the key?” the abbess Mira Vosk wanted to know.", "“Who has the key?”", "direct", "the abbess Mira Vosk"),
    ("“Who has the key?” Mira Vosk demanded, leafing through the ledger.", "“Who has the key?”", "direct", "Mira Vosk"),
    ("“Is it deep?” the boy asked. “Up to the knee!” Bo Falk called from the ford.", "“Up to the knee!”", "direct", "Bo Falk"),
    ("Not today, says ferryman Ruben Lind: the tide is too low.", "Not today … the tide is too low", "indirect", "ferryman Ruben Lind"),
    ("The kiln is cold, potter Oda Fenn said.It has been for weeks,she added.", "It has been for weeks", "indirect", "she"),
    # inner commas
    ("Fenn said the crane, the oldest in Sarn, was safe but slow, adding that it would stay.", "the crane, the oldest in Sarn, was safe but slow", "indirect", "Fenn"),
    # passed on by an outlet
    ("The Post reported that warden Bo Falk said the crowd had turned, telling Radio Sarn, “It was grim.”", "“It was grim.”", "direct", "warden Bo Falk"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "form", "speaker"), SPEAKERS)
def test_words_form_and_speaker(text, words, form, speaker):
    assert (words, form, speaker) in read(text)


NOBODY = [
    "The crew reportedly slept in the hold.",
    "Bakers were reminded last week that salt is cheap.",
    "Ruben Lind was labelled “a dreamer” in a pamphlet.",
]


@pytest.mark.parametrize("text", NOBODY)
def test_reports_without_an_agent_have_no_source(text):
    assert all(speaker is None for _, _, speaker in read(text))


NOT_SAID = [
    ("She called a locksmith at noon and he rang back.", "a locksmith"),
    ("The ledger tells its own story.", "story"),
    ("She answered the door in her slippers.", "the door"),
    ("Bo Lind told a joke about the tide.", "a joke"),
    ("Had the reeve said the bridge was safe, she would have crossed.", "the bridge"),
    ("Whoever claims the reward must bring the cat.", "the reward"),
    ("It is based on a novel by Denis Orr called Salt the Fool.", "Salt"),
    ("The anvil was presented to the museum in Sarn.", "to the museum"),
    ("If he were to claim the crown, he would need a ring.", "the crown"),
    ("The chef invented a soup, doubled his prices and moved to Sarn.", "his prices"),
    ("The singer, known to friends as “Pebble”, has a cold.", "Pebble"),
    ("The clerk, who asked that her surname be left out, said the till was short.", "her surname"),
]


@pytest.mark.parametrize(("text", "words"), NOT_SAID)
def test_what_is_not_said(text, words):
    assert not any(words in found for found, _, _ in read(text))


def test_whoever_is_asked_is_not_part_of_the_question():
    text = "The deputy sheriff asked Lind why in all the pages there was no threat."
    assert [words for words, _, _ in read(text)] == ["why in all the pages there was no threat"]


def test_called_with_a_name_for_somebody_stays():
    assert ("the reeve a thief", "indirect", "Mira Vosk") in read("Mira Vosk called the reeve a thief.")


def test_the_content_ends_before_the_next_deed():
    assert [found for found, _, _ in read("Oda Fenn denied the charge and left the room.")] == ["the charge"]


POSTS = [
    ("The reeve was not amused.¶Proud of our bridge. Not a drop! — Oda Fenn (@odafenn) 3 May 2020¶It fell at noon.", "Proud of our bridge. Not a drop!"),
    ("Neighbours were blunt. That is no bridge, that is a plank — Oda Fenn (@odafenn) May 3, 2020 The reeve has gone home.", "That is no bridge, that is a plank"),
    ("The fair had barely closed before another piece of news reached the old town of Sarn and its reeve, like a slap: Orr has left the mill, friends tell me.\n— Oda Fenn (@odafenn) May 3, 2020¶The mill is shut.", "Orr has left the mill, friends tell me."),
    ("She wrote back.¶“I am done.”\n— Oda Fenn (@odafenn) 3 May 2020¶The guild was silent.", "“I am done.”"),
    ("Some joked. Here is the reeve, swimming. pic.example.com/ab1 — Oda Fenn (@odafenn) May 3, 2020 He can swim, a friend said.", "Here is the reeve, swimming."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), POSTS)
def test_an_embedded_post_is_the_speech_of_whoever_signed_it(text, words):
    found = analysed(text)
    rows = [row for row in found.attributions.itertuples() if row.text == words]
    assert [(row.form, row.speaker) for row in rows] == [("direct", "Oda Fenn")]
    source = found.sources.set_index("source_id").loc[rows[0].source_id]
    assert (source["name"], source["relay"]) == ("Oda Fenn", "social")


def test_a_post_does_not_name_its_author():
    text = "Oda Fenn was quick to reply. The bridge stands and so do I — Oda Fenn (@odafenn) May 3, 2020"
    assert ("The bridge stands and so do I", "direct", "Oda Fenn") in read(text)


BLOCKS = [
    ("Guild master Oda Fenn issued this reply: We have never sold a horse. We rent them.", "We have never sold a horse. We rent them.", "Guild master Oda Fenn"),
    ("Reeve Oda Fenn released the following statement:¶I have heard the town. I will go.¶The town has nine streets.", "I have heard the town. I will go.", "Reeve Oda Fenn"),
    ("Guild master Oda Fenn, in a letter to members: We were promised oats. We got straw.¶Members are angry.", "We were promised oats. We got straw.", "Guild master Oda Fenn"),
    ("The guild’s apology in full: We are sorry. Our carts were late. The guild has nine members.", "We are sorry. Our carts were late.", "The guild"),
    ("Oda Fenn explained her vote this way: I owe nobody an egg.", "I owe nobody an egg.", "Oda Fenn"),
    ("The abbot’s letter, read out on Sunday, was short:¶We have failed you. I ask your pardon.¶Some left.", "We have failed you. I ask your pardon.", "The abbot"),
    ("His note to the lodgers reads as follows:¶Rents rise in June.¶The lodgers have a lawyer.", "Rents rise in June.", "His note to the lodgers"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "speaker"), BLOCKS)
def test_words_behind_a_colon_in_the_first_person_are_direct(text, words, speaker):
    assert (words, "direct", speaker) in read(text)


def test_a_colon_before_a_list_or_a_title_announces_no_words():
    text = "The report lists three faults: our pump, the gate and the lock. She wrote a memoir called Salt: My Years Away."
    assert not any(form == "direct" for _, form, _ in read(text))


def test_questions_in_bold_make_an_interview():
    text = "**Why did you leave?**¶I had played four notes for nine years.¶**Do you miss them?**¶Only one of them."
    assert [(words, form) for words, form, _ in read(text)] == [
        ("I had played four notes for nine years.", "direct"),
        ("Only one of them.", "direct"),
    ]


def test_the_outlet_asks_under_a_name_in_small_letters():
    text = "Ruben Lind, beekeeper: My hives are old.¶Lantern: And now?¶Lind: Two are left. Both are mine."
    assert [speaker for _, _, speaker in read(text)] == ["Ruben Lind", "Lind"]


def test_a_party_in_brackets_is_not_a_dateline():
    text = "CHAIR: Did you pay?¶ORLA VASK (Green Party): I paid on Friday.¶CHAIR: In cash?¶VASK: In eggs."
    assert [(words, speaker) for words, _, speaker in read(text)] == [
        ("I paid on Friday.", "ORLA VASK"),
        ("In eggs.", "VASK"),
    ]


def test_words_of_many_colons_are_found_in_linear_time():
    lists = load_lists()
    text = "Fenn said: we. " * 4000
    article = read_article(text, frozenset(), lists)
    assert len(article.tokens) > 16_000
    assert find_attributions([article], lists)[0] is not None
