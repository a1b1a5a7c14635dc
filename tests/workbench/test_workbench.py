"""The workbench without a browser: what is opened, filtered, chosen, corrected and saved."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import lxml.html
import openpyxl
import pandas as pd
import pytest

import onrecord
from hostile import CLERK, CONTENT, HEADLINE, OUTLET
from lab_server import ROOT
from onrecord.measures.layout import layout_of
from onrecord.workbench import quotations, sources, tone
from onrecord.workbench.article import ArticleView
from onrecord.workbench.chart import chart_html, chart_of, write_chart
from onrecord.workbench.corrected import Correction, corrections_of, save_correction, undo_correction
from onrecord.workbench.filtering import Filtering
from onrecord.workbench.hosts import address_of, is_own_host
from onrecord.workbench.opening import Opening, account_of
from onrecord.workbench.serve import _options
from onrecord.workbench.state import Choice, Workbench, open_articles
from onrecord.workbench.tab import Tab
from onrecord.workbench.words import Words

BY_TAB = {"Quotations": quotations, "Sources": sources, "Tone": tone}
QUESTIONS = [(name, question) for name, one in BY_TAB.items() for question in one.QUESTIONS]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A copy of the sample, so that corrections and analyses are written there."""
    folder = tmp_path_factory.mktemp("project")
    for name in ("sample", "lexicons"):
        shutil.copytree(ROOT / "data" / name, folder / "data" / name)
    (folder / "notebooks").mkdir()
    return folder


@pytest.fixture(scope="module")
def workbench(project):
    """The sample, open."""
    workbench = Workbench()
    with pytest.MonkeyPatch.context() as here:
        here.chdir(project / "notebooks")
        Opening(workbench, Path("../data/articles")).open_sample()
    return workbench


@pytest.fixture(autouse=True)
def _here(project, monkeypatch):
    monkeypatch.chdir(project / "notebooks")


def rows_of(tab: str, view) -> pd.DataFrame:
    return BY_TAB[tab].rows(view)


@pytest.mark.parametrize(("tab", "question"), QUESTIONS, ids=[one.name for _, one in QUESTIONS])
def test_a_bar_stands_for_as_many_rows_as_it_counts(tab, question, workbench):
    view = workbench.view
    chart = chart_of(view, question)
    rows = rows_of(tab, view)
    assert chart.image and (chart.areas or question.where is None)
    assert "95% interval" in chart_html(chart, question, None) or "n = " in chart_html(chart, question, None)
    table = chart.drawn.table
    count = next((name for name in ("n_hits", "n_sources", "n_attributions", "n_texts") if name in table), "")
    labels = [name for name in layout_of(table).labels if name in rows or name == "definition"]
    for area in chart.areas:
        drawn = table
        for name in labels:
            drawn = drawn[drawn[name].astype("string") == str(area.row[name])]
        if question.name in ("10-sectors-by-outlet", "01-tone-by-outlet", "01-toward-whom"):
            continue  # the bar counts statements, the table has their sources; tones are counted below
        assert question.where(rows, area.row).sum() == int(drawn[count].iloc[0]), area.row


def test_the_tone_of_a_name_has_its_mentions_below_it(workbench):
    view = workbench.view
    question = tone.QUESTIONS[1]
    rows = tone.rows(view)
    for area in chart_of(view, question).areas:
        drawn = question.measure(view).table
        drawn = drawn[(drawn["name"] == area.row["name"]) & (drawn["target_tone"] == area.row["target_tone"])]
        assert question.where(rows, area.row).sum() == drawn["n_hits"].iloc[0]


def test_filters_count_articles_and_are_cleared(workbench):
    filtering = Filtering(workbench)
    filtering.show()
    filtering._outlets.value = ("Clear Signal",)
    assert "<b>12</b> of 48 articles count, of 1 outlets" in filtering._count.value
    assert set(rows_of("Quotations", workbench.view)["outlet"]) == {"Clear Signal"}
    filtering._words.value = 100_000
    assert workbench.view is None and "no article meets all of them" in filtering._count.value
    filtering._again.click()
    assert "<b>48</b> of 48" in filtering._count.value and workbench.choice == Choice()


def test_a_table_is_searched_sorted_and_turned(workbench):
    tab = Tab(workbench, "Quotations", quotations.QUESTIONS, quotations.COLUMNS, quotations.rows)
    tab.show()
    table = tab._table
    assert set(table.found["act"]) == {"statement"}
    n = len(table.found)
    table._search.value = "BRIDGE"
    assert 0 < len(table.found) < n
    searched = table.found[["who", "name", "text", "cue", "headline"]].astype("string")
    assert searched.apply(lambda row: row.str.contains("bridge", case=False).any(), axis=1).all()
    table._search.value = ".*"  # no character has a special meaning
    assert table.found.empty and "No row meets all conditions" in table._picker._html.value
    table._search.value = ""
    table._picked("sort:outlet")
    assert table.found["outlet"].is_monotonic_increasing
    table._picked("page:1")
    assert "page 2 of" in table._picker._html.value
    before = table._picker._html.value
    for wrong in ("open:9999", "open:-1", "sort:secret", "page:7", "<b>", ""):
        table._picked(wrong)
    assert table._picker._html.value == before


def test_a_chosen_bar_filters_and_is_let_go(workbench):
    tab = Tab(workbench, "Sources", sources.QUESTIONS, sources.COLUMNS, sources.rows)
    tab.show()
    n = len(tab._table.found)
    tab._pick("bar:0")
    assert 0 < len(tab._table.found) < n and "onrecord-chip" in tab._chips.value
    assert tab._picker._html.value.count("aria-pressed='true'") == 1
    tab._pick("bar:0")
    assert len(tab._table.found) == n and tab._chips.value == ""
    for wrong in ("bar:999", "bar:x", "x"):
        tab._pick(wrong)
    assert len(tab._table.found) == n


def test_a_key_word_is_looked_up(workbench):
    tab = Words(workbench)
    tab.show()
    first = tab._word.value  # the most typical word
    assert len(tab._table.found) and (tab._table.found["passage"].str.lower() == first).all()
    tab._pick("bar:1")
    word = tab._word.value
    assert word != first and (tab._table.found["passage"].str.lower() == word).all()
    tab._word.value = "!"
    assert "Write a word" in tab._chips.value


def test_a_correction_counts_is_kept_and_is_undone(workbench, project):
    opened, view = workbench.opened, workbench.view
    unnamed = sources.rows(view)
    unnamed = unnamed[unnamed["naming"].eq("unnamed") & (unnamed["n_statements"] == 1)].iloc[0]
    doc_id, number = unnamed["doc_id"], int(unnamed["attribution_id"])
    before = onrecord.share_unnamed(view.articles.analysis).set_index("definition")["n_hits"]["standard"]
    article = ArticleView(workbench, lambda: None)
    article.show_article(doc_id, number)
    article._naming.value = "named"
    article._save(article._typed())
    share = onrecord.share_unnamed(workbench.view.articles.analysis).set_index("definition")["n_hits"]
    assert share["standard"] == before - 1 and workbench.view.n_corrected == 1
    path = project / "data" / "sample" / "articles-corrections.csv"
    kept = onrecord.read_codings(path)
    assert kept[["coder", "naming"]].values.tolist() == [["workbench", "named"]]
    assert "Saved" in article._said.value and "✓" in article._which.options[number][0]
    article._save(Correction(is_right=False))  # replaces the first
    after = workbench.view.articles.analysis
    assert not (
        (after.attributions["doc_id"] == doc_id) & (after.attributions["attribution_id"] == number)
    ).any()
    article._remove()
    again = onrecord.share_unnamed(workbench.view.articles.analysis).set_index("definition")["n_hits"]
    assert again["standard"] == before and corrections_of(path, opened.analysis, doc_id) == {}
    assert len(onrecord.read_codings(path)) == 0


def test_the_answers_of_other_coders_stay(workbench, tmp_path):
    analysis = workbench.opened.analysis
    doc_id, number = analysis.attributions[["doc_id", "attribution_id"]].iloc[0]
    path = tmp_path / "articles-corrections.csv"
    save_correction(path, analysis, doc_id, int(number), Correction(speaker='Ann "A" Reed, mayor'))
    text = path.read_text(encoding="utf-8")
    path.write_text(text + text.splitlines()[1].replace("workbench", "ann") + "\n", encoding="utf-8")
    assert corrections_of(path, analysis, doc_id)[int(number)].speaker == 'Ann "A" Reed, mayor'
    undo_correction(path, analysis, doc_id, int(number))
    assert onrecord.read_codings(path)["coder"].tolist() == ["ann"]


def test_files_are_written_as_they_are_shown(workbench, tmp_path):
    tab = Tab(workbench, "Sources", sources.QUESTIONS, sources.COLUMNS, sources.rows)
    tab.show()
    tab._pick("bar:0")
    tab._write_table(tmp_path / "sources")
    sheet = openpyxl.load_workbook(tmp_path / "sources.xlsx")["table"]
    assert sheet.max_row == len(tab._table.found) + 1
    write_chart(workbench.view, tab.question, tmp_path / "chart")
    assert {path.suffix for path in tmp_path.glob("chart.*")} == {
        ".png",
        ".svg",
        ".pdf",
        ".csv",
        ".xlsx",
        ".txt",
    }
    tab._chart_files._save("png")
    assert "download='unnamed-by-outlet.png'" in tab._chart_files._link.value


def test_what_cannot_be_opened_is_said(project, tmp_path):
    workbench = Workbench()
    opening = Opening(workbench, tmp_path / "articles")
    opening.open_folder(tmp_path / "nowhere", "Nowhere")
    assert "role='alert'" in opening._status.value and "was not found" in opening._status.value
    (tmp_path / "odd").mkdir()
    opening.open_folder(tmp_path / "odd", "Odd")
    assert "role='alert'" in opening._status.value
    (tmp_path / "odd" / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n")
    opening.open_folder(tmp_path / "odd", "Odd")
    assert "role='alert'" in opening._status.value and workbench.view is None
    (tmp_path / "odd" / "short.txt").write_text("It rained.", encoding="utf-8")
    opening.open_folder(tmp_path / "odd", "Odd")
    for name, one in BY_TAB.items():  # an article without a source, an outlet or a date
        if workbench.view is not None:
            Tab(workbench, name, one.QUESTIONS, one.COLUMNS, one.rows).show()
            Words(workbench).show()


def test_hostile_words_stay_text(project, tmp_path):
    folder = tmp_path / "hostile"
    folder.mkdir()
    for at, place in enumerate(["bridge", "harbour", "museum", "tram", "dam", "library", "mill", "gate"]):
        (folder / f"<b> {place} onload=window.hacked=8.txt").write_text(
            f"outlet: {OUTLET if at % 2 else '<i>Herald</i>'}\npublished: 2026-0{at % 2 + 1}-05\n"
            f"headline: {place} {HEADLINE}\n\n"
            f"The {place} on Mill Street is shut for {at + 2} days. {CONTENT} said Ann Reed of the {place}. "
            f"A <img src=x onerror=window.hacked=9> official who asked not to be named said {CLERK} left.",
            encoding="utf-8",
        )
    workbench = Workbench()
    opening = Opening(workbench, folder)
    opening.open_folder(folder, "<script>window.hacked=1</script>")
    assert workbench.view is not None, opening._status.value
    shown = io.StringIO()
    shown.write(opening._status.value + account_of(workbench.opened))
    tabs = [Tab(workbench, name, one.QUESTIONS, one.COLUMNS, one.rows) for name, one in BY_TAB.items()]
    for tab in [*tabs, Words(workbench)]:
        tab.show()
        for _, question in tab._question.options:
            tab._question.value = question
            tab._pick("bar:0")
            shown.write(tab._picker._html.value + tab._chips.value + tab._table._picker._html.value)
        tab._pick("bar:0")
        tab._table._picked("open:0")
        shown.write(tab._article._text._html.value + tab._article._said.value)
    html = shown.getvalue()
    assert "hacked" in html  # it is displayed, as text
    for element in lxml.html.fromstring(html).iter("*"):
        assert (
            element.tag not in ("script", "iframe", "object", "b", "i")
            or element.text.replace(",", "").isdigit()
        )
        handlers = {name for name in element.attrib if name.startswith("on")}
        assert handlers <= {"div": {"onclick"}, "style": {"onload"}}.get(element.tag, set()), element.attrib
        assert "hacked" not in "".join(element.get(name) for name in handlers)
        assert element.get("src", "data:").startswith("data:"), element.attrib
        assert not element.get("href", "#").startswith(("javascript", "http://evil"))


def test_the_analysis_is_kept_for_the_next_time(workbench, project, monkeypatch):
    opened = workbench.opened
    monkeypatch.setattr("onrecord.reports.prepare.analyse", lambda *_, **__: pytest.fail("analysed again"))
    again = open_articles(opened.name, opened.settings, opened.folder)
    pd.testing.assert_frame_equal(again.analysis.attributions, opened.analysis.attributions)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--port", "99999"], "a port is a number from 1 to 65535"),
        (["--port", "-1"], "a port is a number from 1 to 65535"),
        (["--port", "٣"], "a port is a number from 1 to 65535"),
        (["--ip", ""], "the address is empty"),  # a server would listen to every network of the computer
    ],
)
def test_wrong_options_of_the_server_are_named(options, words, capsys):
    with pytest.raises(SystemExit):
        _options(options)
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    "host", ["localhost", "LocalHost:8866", "127.0.0.1:8866", "127.8.8.8", "[::1]:8866", "[::1]"]
)
def test_the_server_is_this_computer_under_its_own_names(host):
    assert is_own_host(host, "127.0.0.1")


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "evil.example:8866", "127.0.0.1.evil.example", "localhost.evil.example:8866", ""),
        *("evil-localhost", "192.168.7.5:8866", "[2001:db8::7]:8866", "::ffff:8.8.8.8", "127.0.0.1:80:evil"),
    ],
)
def test_a_name_that_only_leads_here_is_not_own(host):
    assert not is_own_host(host, "127.0.0.1")


def test_the_names_that_the_options_give_are_own():
    assert is_own_host("192.168.7.5:8866", "192.168.7.5") and is_own_host("Desk:8866", "desk")
    assert is_own_host("192.168.7.5:8866", "0.0.0.0") and is_own_host("[2001:db8::7]:8866", "::")
    assert not is_own_host("desk:8866", "0.0.0.0")  # a name can be anybody's
    assert is_own_host("desk:8866", "0.0.0.0", _options(["--host", "Desk", "--host", "room.example"]).host)


def test_the_printed_address_is_one_that_can_be_opened():
    assert address_of("127.0.0.1", 8866, "127.0.0.1") == "http://127.0.0.1:8866/"
    assert address_of("0.0.0.0", 8867, "127.0.0.1") == "http://127.0.0.1:8867/"
    assert address_of("::1", 8866, "127.0.0.1") == "http://[::1]:8866/"
