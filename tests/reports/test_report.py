"""The report: the notebooks on other articles, as one page that keeps to itself."""

from __future__ import annotations

import re
import shutil
import time
from html import unescape
from pathlib import Path
from unittest import mock

import nbformat
import pandas as pd
import pytest

import onrecord
from hostile import CONTENT, HEADLINE
from lab_server import ROOT, hosts_of, needs_browser, record_requests, violations
from onrecord.evaluation.codings import save_coding
from onrecord.reports import prepare as preparing
from onrecord.reports import run as reporting
from onrecord.reports.prepare import state_of
from onrecord.reports.progress import stage
from onrecord.reports.run import main, write_report
from small_report import CHAPTERS, articles, small_notebooks, small_report


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> Path:
    """The report on eight articles of two outlets, one of them hostile, and a broken file."""
    corpus = tmp_path_factory.mktemp("corpus")
    for outlet in ("clear-signal", "daily-lantern"):
        files = sorted((ROOT / "data/sample/articles" / outlet).glob("*.txt"))[:4]
        for path in files:
            shutil.copy(path, corpus / f"{outlet}-{path.name}")
    victim = min(corpus.iterdir())
    words = victim.read_text(encoding="utf-8")
    headline = re.search("^headline: (.*)$", words, re.M)[1]
    victim.write_text(
        words.replace(headline, HEADLINE) + f"\n\n{CONTENT} said a \u202e official.\n", encoding="utf-8"
    )
    (corpus / "broken.docx").write_bytes(b"PK\x03\x04 no more")
    return onrecord.write_report(corpus, tmp_path_factory.mktemp("report"), notebooks=ROOT / "notebooks")


def words_of(page: Path) -> str:
    return unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page.read_text(encoding="utf-8"), flags=re.S))


def test_the_report_holds_charts_tables_passages_and_provenance_and_no_code(report):
    html, words = report.read_text(encoding="utf-8"), words_of(report)
    charts = re.findall(
        r'<img src="data:image/png;base64,[^"]+" width="\d+" height="\d+" decoding="async" alt="([^"]*)">',
        html,
    )
    assert len(charts) >= 30 and all(len(alt) > 60 for alt in charts)
    links = re.findall(r'href="(charts/[^"]+\.(?:png|svg|pdf|csv))"', html)
    assert len(links) > 4 * 30 and all((report.parent / link).stat().st_size > 0 for link in links)
    assert html.count("<blockquote>") > 20 and html.count("<table>") > 15
    assert "SHA-256 of the corpus" in words and "number of articles 8" in re.sub(r"\s+", " ", words)
    assert "Own count of 8 articles of 2 outlets" in words
    assert "broken.docx" in words
    assert (report.parent / "quotations.xlsx").stat().st_size > 0 and 'href="quotations.xlsx"' in html
    assert report.stat().st_size < 8_000_000
    assert not re.search(r"onrecord\.\w+\(|import onrecord", words.replace("onrecord.analyse(kept.rows)", ""))


def test_nothing_that_is_true_of_the_sample_alone_is_in_the_report(report):
    words = words_of(report)
    for sample_only in ("Findings", "invented", "twelve articles per outlet", "Solvang"):
        rest = words.replace(HEADLINE, "")
        at = rest.find(sample_only)
        assert at < 0, rest[max(0, at - 80) : at + 80]


def test_a_hostile_article_is_text_in_the_report_and_its_charts(report):
    html = report.read_text(encoding="utf-8")
    assert HEADLINE in unescape(html)
    assert "<script" not in html.lower() and '<img src="http' not in html and "\u202e" not in html
    for path in (report.parent / "charts").glob("*.svg"):
        assert "<script" not in path.read_text(encoding="utf-8").lower()
    for path in (report.parent / "charts").glob("*.csv"):
        assert not re.search(
            r"^[\"']?=HYPERLINK|,[\"]?=HYPERLINK", path.read_text(encoding="utf-8-sig"), re.M
        )


def test_what_fits_these_articles_alone_is_run_and_the_rest_is_named(tmp_path):
    notebooks = small_notebooks(tmp_path / "notebooks")
    corpus = articles(tmp_path / "corpus", outlets=("Weir Herald", "Weir Herald"), dated=False)
    page = small_report(corpus, tmp_path / "report", notebooks=notebooks)
    words = words_of(page)
    assert "of Weir Herald" in words and "2 files" in words
    assert "found again False" in words and "found again True" not in words  # each notebook runs alone
    assert "lost" not in words and "IndexError" not in words and "Choose Run" not in words
    assert "These articles do not answer this" in words
    for sentence in (
        "“Which outlet is best?” is left out: it compares outlets, and all these articles are of one outlet.",
        "“When?” is left out: it needs dates, and these articles do not have any.",
        "“Who?” is not answered, or only in part",
    ):
        assert sentence in words
    assert "compared" not in words and "dated" not in words and "48 articles" not in words


def test_charts_long_tables_and_findings_are_linked_files(tmp_path):
    notebooks = small_notebooks(tmp_path / "notebooks")
    corpus = articles(tmp_path / "corpus", outlets=("Weir Herald", "Weir Post"))
    page = small_report(corpus, tmp_path / "report", notebooks=notebooks)
    html, words = page.read_text(encoding="utf-8"), words_of(page)
    addresses = re.findall(r'href="([^#"]+)"', html)
    assert {f"charts/03-forms.{ending}" for ending in ("png", "svg", "pdf", "csv")} <= set(addresses)
    assert "quotations.xlsx" in addresses
    for address in addresses:
        assert (page.parent / address).exists(), address
    assert "The first 200 of 1,234 rows." in words and html.count("<tr>") < 250
    (table,) = (page.parent / "charts" / "tables").glob("*.csv")
    assert len(pd.read_csv(table)) == 1234
    assert '<a class="finding" href="#chart-03-forms">All forms</a>' in html and 'id="chart-03-forms"' in html


def test_choices_of_articles_and_a_run_that_goes_on_where_it_stopped(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(reporting, "CHAPTERS", CHAPTERS)
    notebooks = small_notebooks(tmp_path / "notebooks")
    corpus = articles(tmp_path / "corpus", outlets=("Weir Herald", "Weir Post", "Weir Post"))
    to = tmp_path / "report"
    order = [str(corpus), "--folder", str(to), "--notebooks", str(notebooks)]
    assert main(order) == 0
    assert "report.html" in capsys.readouterr().out
    assert "compared 2" in words_of(to / "report.html") and "dated 3" in words_of(to / "report.html")
    run = {path: path.stat().st_mtime_ns for path in (to / "notebooks").glob("*.ipynb")}
    assert len(run) == len(CHAPTERS) + 1
    (to / "notebooks" / f"{CHAPTERS[1]}.ipynb").unlink()
    with (
        mock.patch.object(preparing, "read_corpus", side_effect=AssertionError),
        mock.patch.object(preparing, "analyse", side_effect=AssertionError),
    ):
        assert main(order) == 0  # nothing is read or analysed a second time
    again = {path: path.stat().st_mtime_ns for path in (to / "notebooks").glob("*.ipynb")}
    assert [path.stem for path in run if run[path] != again[path]] == [CHAPTERS[1]]
    assert main([*order, "--outlets", "Weir Post"]) == 0
    words = words_of(to / "report.html")
    assert "Weir Post" in words and "Weir Herald" not in words and "it compares outlets" in words
    assert main([*order, "--outlets", "Weir Post", "--from", "2026-01-12"]) == 0
    words = words_of(to / "report.html")  # of the only article that remains
    assert "What does this article rest on?" in words and "before 2026-01-12: 2" in words
    assert main([*order, "--outlets", "1"]) == 0
    assert "of Weir Post" in words_of(to / "report.html")
    capsys.readouterr()
    for choice, message in (
        (
            ["--outlets", "Weir Psot"],
            "'Weir Psot' does not occur in these articles. Did you mean 'Weir Post'?",
        ),
        (["--to", "soon"], "must be a day written as year-month-day"),
        (["--columns", "text"], "COLUMNS: 'text' names no column; write our name, =, and the name"),
    ):
        assert main([*order, *choice]) == 2
        assert message in capsys.readouterr().err


def test_codings_by_hand_count_in_the_report(tmp_path, monkeypatch):
    monkeypatch.setattr(reporting, "CHAPTERS", CHAPTERS)
    notebooks = small_notebooks(tmp_path / "notebooks")
    corpus = articles(tmp_path / "corpus", outlets=("Weir Herald", "Weir Post"))
    analysis = onrecord.analyse(onrecord.read_documents(corpus))
    assert analysis.sources["naming"].tolist() == ["named", "named"]
    codings = tmp_path / "codings.csv"
    sheet = onrecord.coding_sheet(analysis, 2)
    save_coding(codings, sheet["item_id"].iloc[0], coder="ann", naming="unnamed")
    order = [str(corpus), "--folder", str(tmp_path / "report"), "--notebooks", str(notebooks)]
    assert main([*order, "--corrections", str(codings)]) == 0
    words = words_of(tmp_path / "report" / "report.html")
    assert "1 attribution was coded by hand." in words
    table = pd.read_csv(tmp_path / "report" / "quotations.csv")
    assert sorted(table["naming"]) == ["named", "unnamed"]
    save_coding(codings, sheet["item_id"].iloc[1], coder="ann", is_right=False)
    assert main([*order, "--corrections", str(codings)]) == 0  # the file has changed, so it is read again
    assert "2 attributions were coded by hand." in words_of(tmp_path / "report" / "report.html")
    assert pd.read_csv(tmp_path / "report" / "quotations.csv")["naming"].tolist() == ["unnamed"]
    alone = ["--outlets", str(sheet["outlet"].iloc[0]), "--corrections", str(codings)]
    assert main([*order, *alone]) == 0  # the page of one article
    assert "unnamed" in words_of(tmp_path / "report" / "report.html")


def test_columns_name_what_the_files_call_otherwise(tmp_path, monkeypatch):
    monkeypatch.setattr(reporting, "CHAPTERS", CHAPTERS)
    notebooks = small_notebooks(tmp_path / "notebooks")
    corpus = tmp_path / "rows.csv"
    words = "The weir near the mill broke in the night, and the water took two boats, Ida Holm said. " * 4
    texts = [words, words.replace("Ida Holm", "Olaf Reed").replace("weir", "lock")]
    pd.DataFrame({"Korpus": texts, "Blatt": ["Weir Herald"] * 2}).to_csv(corpus, index=False)
    to = tmp_path / "report"
    order = [str(corpus), "--folder", str(to), "--notebooks", str(notebooks)]
    assert main([*order, "--columns", "text = Korpus; outlet=Blatt"]) == 0
    assert "of Weir Herald" in words_of(to / "report.html")


def test_what_cannot_be_reported_on_is_said_in_a_sentence(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(reporting, "CHAPTERS", CHAPTERS)
    assert main([str(tmp_path / "nowhere")]) == 2
    assert "nowhere not found" in capsys.readouterr().err
    assert main([str(tmp_path), "--folder", str(tmp_path / "to"), "--notebooks", str(tmp_path)]) == 2
    assert "04-your-own-articles.ipynb not found" in capsys.readouterr().err
    notebooks = small_notebooks(tmp_path / "notebooks")
    assert main(["--folder", str(tmp_path / "to"), "--notebooks", str(notebooks)]) == 2
    assert "no articles were named" in capsys.readouterr().err
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "a.txt").write_text("")
    assert main([str(empty), "--folder", str(tmp_path / "to"), "--notebooks", str(notebooks)]) == 2
    assert "no article remains" in capsys.readouterr().err


def test_a_notebook_whose_kernel_ends_is_named_and_the_next_one_runs(tmp_path):
    notebooks = small_notebooks(tmp_path / "notebooks")
    first = nbformat.read(notebooks / f"{CHAPTERS[0]}.ipynb", as_version=4)
    first.cells.append(nbformat.v4.new_code_cell("import os\nos._exit(1)"))
    nbformat.write(first, notebooks / f"{CHAPTERS[0]}.ipynb")
    corpus = articles(tmp_path / "corpus", outlets=("Weir Herald", "Weir Post"))
    page = small_report(corpus, tmp_path / "report", notebooks=notebooks)
    words = words_of(page)
    assert f"{CHAPTERS[0]} is not complete: the program ended in this notebook" in words
    assert "charts/03-forms.svg" in page.read_text(encoding="utf-8")


def test_a_bar_moves_while_one_step_takes_long(capsys):
    with stage("reading"):
        time.sleep(2.5)
    times = re.findall(r"reading (\d\d:\d\d)", capsys.readouterr().err)
    assert {"00:00", "00:01", "00:02"} <= set(times)


@pytest.mark.browser
@needs_browser[1]
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_report_is_accessible_and_asks_for_nothing(report, browser, scheme):
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    asked = record_requests(page)
    page.goto(report.as_uri())
    assert violations(page) == []
    assert page.evaluate("window.hacked") is None
    assert page.locator("figure img").first.evaluate("image => image.naturalWidth") > 300
    assert hosts_of(asked) == set()
    context.close()


@pytest.mark.parametrize("corpus", ["", " "])
def test_an_empty_name_is_not_the_folder_one_is_in(corpus, tmp_path):
    with pytest.raises(ValueError, match="corpus is empty"):
        write_report(corpus, tmp_path)


def test_a_name_that_is_too_long_was_not_found(tmp_path):
    with pytest.raises(FileNotFoundError, match="not found; give the file or folder"):
        write_report("x" * 5_000, tmp_path)


def test_the_state_of_two_empty_places_differs(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert state_of(tmp_path / "a") != state_of(tmp_path / "b")
    (tmp_path / "a" / "one.txt").symlink_to(tmp_path / "gone.txt")
    assert state_of(tmp_path / "a") == state_of(tmp_path / "a")
