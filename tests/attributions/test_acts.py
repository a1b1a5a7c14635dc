"""Acts: said, ordered, planned or only thought, by cue, construction and content."""

from __future__ import annotations

import pandas as pd
import pytest

import onrecord
from onrecord.attributions.acts import ACTS, Act, act_of, act_of_cue, cue_counts
from onrecord.records import Attribution
from onrecord.text.tokens import read_article
from onrecord.wordlists import load_lists

LISTS = load_lists()

# (sentence with the cue in [ ] and the content in { }, act)
CASES = [
    ("Ada Quill [said] {the ferry was late}.", "statement"),
    ("{The ferry was late}, [according to] the harbour master.", "statement"),
    ("The union [accused] {the port of greed}.", "statement"),
    ("She [has pledged] {to open the pool}.", "statement"),
    ("The survey [found] {that gulls eat chips}.", "statement"),
    ("The log [shows] {six ships at anchor}.", "statement"),
    ("Ada Quill [showed] {her ticket to the guard}.", "attitude"),
    ("The court [ruled] {that the fee was void}.", "statement"),
    ("The court [ruled on] {the fee}.", "decree"),
    ("The judge [ordered] {a new count}.", "decree"),
    ("The board [approved] {the wall}.", "decree"),
    ("The mayor [wants] {to close the pier}.", "plan"),
    ("The council [agreed] {to wait}.", "plan"),
    ("The council [agreed] {that the pier was old}.", "statement"),
    ("The firm [is considering] {a sale}.", "plan"),
    ("The mayor [plans to announce] {a ban}.", "plan"),
    ("The clerk [tried to write a false statement] {about the fee}.", "plan"),
    ("Lawmakers [fear] {that prices will rise}.", "attitude"),
    ("She [was angry about] {the noise}.", "attitude"),
    ("He [does not believe] {that it will rain}.", "attitude"),
    ("He [believes] {it is “a swindle that nobody will forget”}.", "statement"),
    ("He [considers] {the plan “daft”}.", "attitude"),
    ("The clerk [did not say] {when the office opens}.", "attitude"),
    ("The clerk [denied] {that the office was shut}.", "statement"),
    ("[When asked about] {the leak}, the clerk left.", "attitude"),
    ("The firm [has drafted a letter reminding] {tenants that rent is due}.", "statement"),
    ("The firm [zorbled] {that rent is due}.", "statement"),
    ("The firm [zorbled] {to pay}.", "plan"),
    ("The firm [zorbled] {the rent}.", "attitude"),
]


def attribution(marked: str) -> tuple[str, Attribution]:
    text = marked
    spans = {}
    for opening, closing in (("[", "]"), ("{", "}")):
        plain = text.translate(str.maketrans("", "", "[]{}"))
        start = marked.translate(str.maketrans("", "", "{}" if opening == "[" else "[]")).index(opening)
        words = marked[marked.index(opening) + 1 : marked.index(closing)]
        spans[opening] = (start, start + len(words.translate(str.maketrans("", "", "[]{}"))))
        text = plain
    form = "mixed" if "“" in marked else "indirect"
    return text, Attribution([spans["{"]], spans["["], None, form, True, 0.9)


@pytest.mark.parametrize(("marked", "act"), CASES)
def test_act_by_cue_and_construction(marked, act):
    text, found = attribution(marked)
    assert text[slice(*found.cue)] in marked and text[slice(*found.content[0])] in marked
    form = "document" if marked.startswith(("The survey", "The log")) else "person"
    if "When asked" in marked:
        found = found._replace(cue=(text.index("asked"), text.index("asked") + 11))
    assert act_of(read_article(text), found, form, LISTS).name == act


def test_a_quotation_is_a_statement_whatever_its_cue():
    direct = Attribution([(0, 12)], (13, 18), None, "direct", True, 0.9)
    assert act_of(read_article("“We are late” hoped Ada."), direct, "person", LISTS) == Act("statement")
    bare = Attribution([(0, 12)], None, None, "indirect", True, 0.9)
    assert act_of(read_article("We are late. It rained."), bare, None, LISTS) == Act("statement")


def test_a_weak_cue_lowers_the_probability_alone_of_statements():
    assert not act_of_cue("said", "", True, False, LISTS).is_weak
    assert not act_of_cue("posted", "that", True, False, LISTS).is_weak
    weak = act_of_cue("offered", "", True, False, LISTS)
    assert weak.is_weak or weak.name != "statement"
    posted = Act("statement", is_weak=True)
    assert posted.probability(0.8) == pytest.approx(0.5)
    assert posted.probability(1.0) == 1.0
    assert Act("statement").probability(0.8) == 0.8


def test_users_extend_the_list(tmp_path):
    assert act_of_cue("zorbled", "", True, False, LISTS).name == "attitude"
    header = "cue,act,before_that,before_to,of_person,forms\n"
    (tmp_path / "acts.csv").write_text(header + "zorble,decree,,,,zorbled\n", encoding="utf-8")
    lists = load_lists(tmp_path)
    assert act_of_cue("has zorbled", "", True, False, lists).name == "decree"
    assert act_of_cue("said", "", True, False, lists).name == "statement"


def test_the_list_and_the_counts_are_what_they_say():
    for row in LISTS.acts.values():
        values = {row["act"], row["before_that"], row["before_to"], row["of_person"]} - {""}
        assert values <= set(ACTS)
    counts = cue_counts()
    assert all(0 <= n_spoken <= n and n >= 2 for n, n_spoken in counts.values())
    assert counts["said"][0] > 1000


def test_acts_are_a_column_and_counted_by_source():
    text = "Mayor Ada Quill said the pier is safe. Quill fears that prices will rise."
    analysis = onrecord.analyse(pd.DataFrame({"doc_id": ["a"], "text": [text]}))
    assert analysis.attributions["act"].tolist() == ["statement", "attitude"]
    source = analysis.sources.iloc[0]
    assert (source["n_attributions"], source["n_statements"]) == (2, 1)
