"""The page of one article: each answer with its passage and its rule, and sentences for odd inputs."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from lxml import html

import onrecord
from hostile import CONTENT, HEADLINE, hostile_analysis
from onrecord.one_article.form import paste_form
from onrecord.one_article.judgements import rules_in_words
from onrecord.one_article.page import html_of, parts_of
from onrecord.one_article.show import page_of
from onrecord.reports.run import main

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample" / "one-article.txt"
SECTIONS = ["quoted", "unnamed", "relays", "silent", "sectors", "sides", "untraced"]


@pytest.fixture(scope="module")
def sample():
    return page_of(SAMPLE)


@pytest.fixture(scope="module")
def parts():
    return parts_of(onrecord.analyse(onrecord.read_documents(SAMPLE)))


def rows_of(parts: dict, key: str) -> dict[str, list[str]]:
    """The cells of a section's rows by their first cell."""
    (section,) = (one for one in parts["sections"] if one["key"] == key)
    found: dict[str, list[str]] = {}
    for row in section["rows"]:
        first, *cells = row["cells"]
        found[first["words"]] = [f"{cell['words']} {cell['below']}".strip() for cell in cells]
    return found


def test_the_seven_questions_are_answered_in_order(parts):
    assert [section["key"] for section in parts["sections"]] == SECTIONS
    assert all(section["answer"].endswith(".") for section in parts["sections"])


def test_named_sources_have_their_title(parts):
    quoted = rows_of(parts, "quoted")
    assert {"Piet Hallam", "Lene Moritz"} <= set(quoted)
    assert quoted["Lene Moritz"][0].startswith("economist, Saltholm University")


def test_unnamed_sources_have_marker_and_reason(parts):
    unnamed = rows_of(parts, "unnamed")
    official = unnamed["an official in the prime minister's office"]
    assert official[1:] == ["“on condition of anonymity”", "“because he feared for his job” reprisal or job"]
    assert unnamed["a senior Norrey diplomat"][1] == "“asked not to be named”"
    assert unnamed["a Tessaly official"][1:] == ["none", "none"]
    assert unnamed["Officials"][0].startswith("uncounted group")
    assert unnamed["A spokeswoman for the Canal Authority"][0] == "unnamed spokesperson"


def test_the_relay_is_named(parts):
    relays = rows_of(parts, "relays")
    assert relays["through River Radio"] == ["The former transport minister"]
    assert relays["through Saltholm Tribune"][0].split("; ") == [
        "a senior Norrey diplomat",
        "an official in the prime minister's office",
        "Two people briefed on the negotiations",
        "Piet Hallam",
        "a Tessaly official",
    ]
    assert relays["in a written statement"] == ["Oskar Brandt"]


def test_silence_sides_and_what_cannot_be_traced_are_listed(parts):
    silent = rows_of(parts, "silent")
    assert (
        silent["Wexley's office"][0] == "did not answer"
        and silent["Oskar Brandt"][0] == "declined to comment"
    )
    sides = rows_of(parts, "sides")
    assert sides["“reckless”"] == ["judging word", "blames"]
    assert sides["“claimed”"] == ["reporting word", "keeps a distance: Lene Moritz"]
    assert sides['"friendship tariff"'][0] == "scare quotes"
    assert set(rows_of(parts, "untraced")) == {"“media reports said”", "“It is understood”"}


def test_each_judgement_leads_to_its_passage_and_its_rule(sample):
    page = html.fromstring(sample.page)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    rows = page.xpath("//tbody/tr")
    assert len(rows) > 20
    for row in rows:
        numbers = row.xpath(".//td[@class='marks']/a/@href")
        rules = row.xpath(".//td[@class='rules']/a/@href")
        assert numbers and rules, row.text_content()
        for address in [*numbers, *rules]:
            assert address.removeprefix("#") in ids
    in_text = page.xpath("//div[@class='line']/p//a[contains(@class, 'number')]")
    assert [int(link.text) for link in in_text] == list(range(1, len(in_text) + 1))
    for link in in_text:  # and back to its row
        assert link.get("href").removeprefix("#") in ids


def test_the_page_contains_the_whole_text(sample):
    page = html.fromstring(sample.page)
    for number in page.xpath("//div[@class='line']//a"):
        number.text = ""
    shown = [p.text_content() for p in page.xpath("//div[@class='line']/p")]
    text = onrecord.read_documents(SAMPLE)["text"].iloc[0]
    assert shown == [line for line in text.split("\n") if line]


def test_every_rule_of_the_list_can_be_referred_to():
    source = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "lib/onrecord/one_article").glob("*.py")
    )
    for key in rules_in_words():
        assert f'"{key}"' in source, key


def test_a_hostile_article_is_text():
    parts = parts_of(onrecord.Analysis(**vars(hostile_analysis())))
    for is_fragment in (True, False):
        page = html_of(parts, is_fragment=is_fragment)
        body = html.fromstring(page)
        assert not body.xpath("//script | //img | //svg | //b[@onmouseover] | //*[@onload] | //*[@onfocus]")
        assert HEADLINE in body.text_content() and "⟨U+202E⟩" in page and "\u202e" not in page
        assert CONTENT in body.xpath("string(//div[@class='line']/p)").replace("1", "", 1)


def test_the_outlet_decides_what_is_relayed():
    text = (
        "The weir will stay shut until May, the town has learned. “The steel is rotten,” an engineer at the "
        "works told the Halm Herald. “It will take a year to replace it,” the engineer said."
    )
    assert "through Halm Herald" in page_of(text, outlet="Weir Post").plain
    own = page_of(text, outlet="Halm Herald").plain
    assert "through Halm Herald" not in own and "No source is said to have spoken to another outlet." in own
    assert "own outlet is not known" in page_of(text).plain


FRENCH = (
    "Le ministre a déclaré mardi que le pont de la ville resterait fermé, et les habitants sont inquiets."
)
NOTHING_QUOTED = (
    "The harbour was quiet on Sunday. Rain fell until noon. The ferries left on time and the market opened "
    "at eight. In the afternoon the sun came out, and the boats of the club sailed to the island and back."
)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("", "There is no article yet."),
        (" \n ", "There is no article yet."),
        (FRENCH, "seems to be in French"),
        ("not/there.txt", "not/there.txt was not found."),
        (Path("not/there"), "was not found."),
        ("Nice!", "This does not look like an article, but like this: very short text."),
        (NOTHING_QUOTED, "No statement of an identifiable source was found in this article."),
    ],
)
def test_an_odd_input_is_a_sentence(given, words, tmp_path):
    page = page_of(given)
    assert words in page.plain and "Traceback" not in page.html
    assert words in html.fromstring(page.save(tmp_path / "page.html").read_text("utf-8")).text_content()


def test_files_that_cannot_be_read_are_a_sentence(tmp_path):
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 no more")
    assert "broken.docx" in page_of(tmp_path / "broken.docx").plain
    assert "No article could be read." in page_of(tmp_path / "broken.docx").plain
    (tmp_path / "empty.txt").write_text("")
    assert page_of(tmp_path / "empty.txt").plain.startswith(
        ("No article could be read.", "The file empty.txt")
    )


def test_one_of_several_articles_is_chosen_by_its_id():
    documents = onrecord.read_documents(ROOT / "data/sample/short.csv")
    assert "There are 12 articles, and this page is about one." in page_of(documents).plain
    assert "Strike closes the port of Ellin" in page_of(documents, doc_id="a02").plain
    assert "Did you mean 'a02'?" in page_of(documents, doc_id="a022").plain
    with pytest.raises(ValueError, match="article has no column 'doc_id'"):
        page_of(pd.DataFrame({"text": ["A"]}))


def test_the_form_draws_the_page_of_a_pasted_text():
    form = onrecord.show_one_article()
    text, outlet, button, shown = form.children
    text.value, outlet.value = "“It leaks,” said Mayor Ada Quill. " * 6, "Weir Post"
    button.click()
    assert "Ada Quill" in shown.value and "Weir Post" in shown.value and "data:text/html" in shown.value
    text.value = ""
    button.click()
    assert "There is no article yet." in shown.value


def test_the_form_has_no_traceback():
    def fail(text: str, outlet: str):
        raise RuntimeError("<b>broken</b>")

    form = paste_form(fail)
    form.children[2].click()
    assert "&lt;b&gt;broken" in form.children[3].value and "<b>" not in form.children[3].value


def test_the_report_on_one_article_is_its_page(tmp_path, capsys):
    folder = tmp_path / "report"
    assert main([str(SAMPLE), "--folder", str(folder), "--notebooks", str(ROOT / "notebooks")]) == 0
    assert "open it in a browser" in capsys.readouterr().out
    page = html.fromstring((folder / "report.html").read_text(encoding="utf-8"))
    assert page.xpath("//h2")[0].text == "In short" and not page.xpath("//img | //figure")
    for address in page.xpath("//a/@href[not(starts-with(., '#'))]"):
        assert (folder / address).stat().st_size > 0
    assert not (folder / "charts").exists() and not (folder / "notebooks").exists()


def test_a_report_on_nothing_says_why(tmp_path, capsys):
    (tmp_path / "fr.txt").write_text(FRENCH, encoding="utf-8")
    order = [str(tmp_path / "fr.txt"), "--folder", str(tmp_path / "report")]
    assert main([*order, "--notebooks", str(ROOT / "notebooks")]) == 2
    assert "no article remains of 1 read (not in English: 1)" in capsys.readouterr().err
