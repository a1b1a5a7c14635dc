"""Types of names from context: unlisted names fare as English ones; organisations are organisations."""

from __future__ import annotations

import pytest

from onrecord.mentions.name_runs import read_runs
from onrecord.mentions.name_types import TYPES, load_name_model, name_types
from onrecord.text.tokens import read_article
from onrecord.wordlists import load_lists
from timing import processor_seconds

LISTS = load_lists()
PERSONS = {
    "English": ["Peter Hallam", "Susan Whitlock"],
    "West Africa": ["Adekunbi Olatoru", "Kofiwaa Asanteba"],
    "Southern Africa": ["Thandolwe Mkhizana", "Sibukele Ndlomo"],
    "Maghreb": ["Yassirou Benhamra", "Ouassila Djebrou"],
    "Punjab": ["Harpinder Dhilwar", "Manveerat Sohalpi"],
    "Wales": ["Rhydwenno Llewarch", "Angharwen Prosserch"],
    "Korea": ["Baekh Seung-wool", "Namhi Ji-haeun"],
    "Polynesia": ["Sionatu Fakalomo", "Hinemaru Parekohe"],
}
OF_PERSONS = [
    "The road was closed on Monday. {}, a nurse at the clinic, left early. The doors were shut.",
    "“We waited all night,” said {}. The pool was empty.",
    "{} has lived on the hill for twenty years. She sells fish at the gate.",
    "Police said {}, 44, was arrested on Tuesday near the bridge.",
    "The prize went to {}, who wrote the book in a year.",
    "The court was shown how {} had left her car by the river.",
    "Two weeks later {} told the council that the roof leaked.",
]
ORGANISATIONS = {
    "firm": ["Brackley Foods", "Orrin Telecom", "Tessaly Motors", "Juniper Logistics", "Marlow Electronics"],
    "club": ["Skarra Rovers", "Ellin United", "Port Varn Harriers"],
    "charity": ["Lantern Trust", "Harbour Relief", "Wexcombe Foundation"],
    "union": ["Varn Dockers Union", "Orvane Nurses Association", "National Seafarers"],
    "workplace": ["Ellin Infirmary", "Skarra Primary School", "Mercy Hospital", "Tollund Shipyard"],
}
OF_ORGANISATIONS = [
    "{} said on Tuesday that the line would close.",
    "He joined {} as an accountant in 2001.",
    "Sales at {} fell by 4% after it cut its forecast.",
    "A spokesman for {} said the plan was dead.",
    "“We are sorry,” {} said in a statement.",
    "The roof will be mended in May, {} said.",
]


def types_in(text):
    article = read_article(text)
    singles, runs = read_runs(text, LISTS, [])
    return name_types([article], [(singles, runs)])[0]


def share_of(kind, names, contexts):
    found = [types_in(context.format(name)).get(name) for name in names for context in contexts]
    return sum(one is not None and one.type == kind for one in found) / len(found)


@pytest.mark.parametrize("origin", PERSONS)
def test_a_name_of_any_origin_is_a_person_by_its_context(origin):
    listed = [name for name in PERSONS[origin] if name.split(" ")[0] in LISTS.first_names]
    assert not listed or origin == "English"
    assert share_of("person", PERSONS[origin], OF_PERSONS) >= 0.9


@pytest.mark.parametrize("kind", ORGANISATIONS)
def test_firms_clubs_charities_unions_and_workplaces_are_organisations(kind):
    assert share_of("organisation", ORGANISATIONS[kind], OF_ORGANISATIONS) >= 0.8


def test_the_same_words_are_of_another_type_in_another_context():
    person = types_in("“I was afraid,” said Lowick Tarn, 51, a farmer. He lost his barn. Tarn slept.")
    place = types_in(
        "They drove to Lowick Tarn. The shops in Lowick Tarn were shut. He lives in Lowick Tarn."
    )
    assert person["Lowick Tarn"].type == "person"
    assert place["Lowick Tarn"].type != "person"
    assert place["Lowick Tarn"].place > person["Lowick Tarn"].place


def test_a_last_name_alone_adds_to_what_is_known_of_the_full_name():
    short = types_in("It was at Uldrin Vask.")["Uldrin Vask"].person
    long = types_in("It was at Uldrin Vask. “No,” said Vask, 51. Vask lost his car.")["Uldrin Vask"].person
    assert long > short
    assert long > 0.8


def test_probabilities_sum_to_one_and_the_type_is_the_most_probable():
    for kind, *shares in types_in("Uldrin Vask left Skarra for Alder Foods on Monday.").values():
        assert sum(shares) == pytest.approx(1)
        assert kind == TYPES[shares.index(max(shares))]


def test_an_article_without_names_has_no_types():
    assert types_in("") == {}
    assert types_in("nothing happened here.") == {}


def test_the_model_loads_without_pickle_and_once():
    assert load_name_model() is load_name_model()


def test_time_is_linear_in_hostile_text():
    def seconds(text):
        article = read_article(text)
        singles, runs = read_runs(text, LISTS, [])
        return processor_seconds(lambda: name_types([article], [(singles, runs)]), times=2)

    seconds("Ann Lee left.")
    for unit in ("Ann Lee. ", "Lee. ", "Ann Lee’s Bob Lee. Lee. ", "\ud800 Ann. "):
        short, long = (seconds(unit * n) for n in (4_000, 32_000))
        assert long < 40 * max(short, 0.005), unit
    many = "".join(f"A{chr(97 + i % 26)}{chr(97 + i // 26 % 26)} Lee. Lee. " for i in range(10_000))
    assert seconds(many) < 3
