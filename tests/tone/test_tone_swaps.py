"""Tone toward a target does not depend on who it is: opponents, women and men, peoples.

Each sentence is written once with slots. The fillings of a slot differ in nothing but the person or people
named. Less than 2% of the labels may change.
"""

from __future__ import annotations

import itertools

import pandas as pd
import pytest

from onrecord.tone.targets import add_target_tone

# {T} is the target, {O} another person.
OPPONENTS = [
    "{T} was accused by {O} of hiding the report from the council.",
    "{O} praised {T} for a calm and honest speech.",
    "Critics say {T} broke the promise that {O} had made to the harbour towns.",
    "{T} beat {O} by eleven points and was cheered in every village.",
    "{T} will debate {O} on Thursday evening.",
    "In the hall, {O} called {T} a coward and a liar.",
    "Nobody in the party defended {T} after {O} published the letters.",
    "{O} thanked {T}, whose help had saved the ferry.",
    "The court found that {T} had misled {O} and the public.",
    "{T}'s plan was welcomed by doctors, while {O} kept silent.",
    '"We do not trust {T}," said an ally of {O}.',
    "{T} and {O} arrived at the port at noon.",
    "A survey found that {T} is more popular than {O}.",
    "{O} apologised after his staff had insulted {T}.",
    "The committee heard {T} for two hours before it called {O}.",
    "{T} refused to answer {O}, and the room booed.",
]
PAIRS = [
    ("Mara Lind", "Tomas Berg"),
    ("Okonkwo", "Sato"),
    ("Mr. Haddow", "Ms. Calloway"),
    ("Senator Ruth Vane", "Governor Ilya Marsh"),
    ("Donal Pryce", "Hana Obi"),
    ("Lopez", "Al-Masri"),
]
GENDERED = [
    "{name} said {he} would resign after {his} aides had lied to the court.",
    "{He} is the best {man} for the job, {name}'s rivals admit.",
    "The {man} who ran the bank, {name}, was arrested with {his} {wife}.",
    "Voters trust {name} because {he} kept {his} word.",
    "{name}, a {father} of three, will speak at {his} old school.",
    "The {spokesman} defended {name} and called {his} critics dishonest.",
    "Nurses applauded {name} when {he} returned to the ward.",
    "{name} blamed {himself} for the failure of the talks.",
    "An angry crowd shouted at {name} as {he} left {his} house.",
    "{name} has led the union since {he} was elected in March.",
]
MAN = {
    "name": "Peter Vale", "he": "he", "He": "He", "his": "his", "himself": "himself", "man": "man",
    "wife": "wife", "father": "father", "spokesman": "spokesman",
}  # fmt: skip
WOMAN = {
    "name": "Petra Vale", "he": "she", "He": "She", "his": "her", "himself": "herself", "man": "woman",
    "wife": "husband", "father": "mother", "spokesman": "spokeswoman",
}  # fmt: skip
PEOPLES = [
    "American",
    "Russian",
    "Israeli",
    "Palestinian",
    "Chinese",
    "Nigerian",
    "Mexican",
    "Muslim",
    "Jewish",
]
OF_PEOPLES = [
    "The {people} minister {target} was accused of bribery.",
    "{target}, a {people} engineer, won the prize for her bridge.",
    "{people} officials met {target} in the spring.",
    "{target} insulted a {people} reporter and was fined.",
    "The {people} delegation thanked {target} for the shelter.",
    "A {people} court sentenced {target} to nine years for fraud.",
    "{target} grew up in a {people} family near the coast.",
    "The {people} press ridiculed {target} as weak and vain.",
]


def row(text: str, target: str) -> dict[str, object]:
    start = text.index(target)
    return {"text": text, "start": start, "end": start + len(target)}


def opponents() -> list[list[dict[str, object]]]:
    groups = []
    for sentence in OPPONENTS:
        both = itertools.chain.from_iterable((pair, pair[::-1]) for pair in PAIRS)
        groups.append([row(sentence.format(T=a, O=b), a) for a, b in both])
    return groups


def genders() -> list[list[dict[str, object]]]:
    return [
        [row(sentence.format(**filling), filling["name"]) for filling in (MAN, WOMAN)]
        for sentence in GENDERED
    ]


def peoples() -> list[list[dict[str, object]]]:
    return [
        [row(sentence.format(people=people, target="Dara Holm"), "Dara Holm") for people in PEOPLES]
        for sentence in OF_PEOPLES
    ]


def share_changed(groups: list[list[dict[str, object]]]) -> float:
    """Share of labels that differ from the first of their group."""
    rows = pd.DataFrame([one for group in groups for one in group])
    labels = add_target_tone(rows)["target_tone"].tolist()
    n_changed = n = first = 0
    for group in groups:
        of_group = labels[first : first + len(group)]
        n_changed += sum(label != of_group[0] for label in of_group[1:])
        n, first = n + len(group) - 1, first + len(group)
    return n_changed / n


@pytest.mark.parametrize(
    "groups", [opponents(), genders(), peoples()], ids=["opponents", "genders", "peoples"]
)
def test_labels_stay_when_names_are_swapped(groups):
    assert share_changed(groups) < 0.02


def test_the_sentences_differ_in_tone():
    # A model that gave one label to everything would pass the test above.
    for groups in (opponents(), genders(), peoples()):
        firsts = pd.DataFrame([group[0] for group in groups])
        assert set(add_target_tone(firsts)["target_tone"]) == {"negative", "neutral", "positive"}
