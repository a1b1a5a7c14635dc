"""One list of payloads through every function that writes a page or a file: all of them stay text."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Callable

import openpyxl
import pandas as pd
import pytest
from lxml import etree, html

import onrecord
from onrecord.export.cells import is_formula
from payloads import PAYLOADS, html_pages, payload_analysis, written_files

PAGES = [
    *("show_article", "save_article", "show_table", "show_table, sortable", "show_passages", "report"),
    *("keyword_in_context", "show_one_article", "show_one_article, saved", "browse", "show_coding"),
    "link of a download",
]
_ACTIVE = "script iframe object embed base link meta form math"
_ADDRESS = re.compile(r"\s*(?:javascript|vbscript|data:text/html)", re.IGNORECASE)


@pytest.fixture(scope="module")
def analysis():
    return payload_analysis()


@pytest.fixture(scope="module")
def pages(analysis, tmp_path_factory):
    return html_pages(analysis, tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="module")
def files(analysis, tmp_path_factory):
    return written_files(analysis, tmp_path_factory.mktemp("files"))


def active_parts(page: str) -> list[str]:
    """What a browser would run or request: elements, event attributes, addresses of scripts."""
    found = []
    for element in html.document_fromstring(f"<div>{page}</div>").iter(etree.Element):
        if (
            element.tag in _ACTIVE.split()
            and "name" not in element.attrib
            and "charset" not in element.attrib
        ):
            found.append(etree.tostring(element, encoding="unicode")[:80])
        for name, value in element.attrib.items():
            if name.startswith("on") or (name in ("href", "src", "action") and _ADDRESS.match(value)):
                found.append(f"{element.tag} {name}={value[:60]}")
    return found


def test_the_pages_are_all_made(pages):
    assert sorted(pages) == sorted(PAGES)


@pytest.mark.parametrize("name", PAGES)
def test_payloads_are_text_in_a_page(pages, name):
    if "sortable" not in name:  # has the script of the table, and is run in the browser below
        assert [part for part in active_parts(pages[name]) if "Content-Security-Policy" not in part] == []
    assert "\u202e" not in pages[name] and "\x1b" not in pages[name]


def test_payloads_are_text_in_charts(files):
    for path in files:
        if path.suffix == ".svg":
            tree = etree.fromstring(path.read_bytes())
            assert "script" not in {etree.QName(e).localname for e in tree.iter(etree.Element)}
            assert not [n for e in tree.iter(etree.Element) for n in e.attrib if n.lower().startswith("on")]
            links = [v for e in tree.iter() for n, v in e.attrib.items() if n.endswith("href")]
            assert all(link.startswith("#") for link in links)
        if path.suffix == ".pdf":
            assert not re.search(rb"/(?:JavaScript|JS|Launch|URI)\b", path.read_bytes())


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_no_cell_of_a_csv_is_a_formula(files, separator):
    paths = [path for path in files if path.suffix == ".csv"]
    assert paths
    for path in paths:
        text = path.read_text(encoding="utf-8-sig")
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            assert not [c for c in row if is_formula(c) and not re.fullmatch(r"-?[\d.]+", c)], path.name


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(files):
    paths = [path for path in files if path.suffix == ".xlsx"]
    assert paths
    for path in paths:
        for sheet in openpyxl.load_workbook(path):
            cells = [cell for row in sheet.iter_rows() for cell in row]
            assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
        with zipfile.ZipFile(path) as archive:
            assert not any(b'TargetMode="External"' in archive.read(name) for name in archive.namelist())


def test_a_payload_that_is_not_escaped_would_be_noticed():
    assert active_parts(PAYLOADS[0]) and active_parts(PAYLOADS[1]) and active_parts(PAYLOADS[8])


ESCAPE = "\x1b[2J\x1b]0;owned\x07\u202e"


def raw_codes(message: str) -> list[str]:
    return [sign for sign in message if sign in "\x1b\x07\u202e"]


def test_messages_have_no_codes_that_a_terminal_obeys(tmp_path, capsys):
    name = f"a{ESCAPE}b"
    table = pd.DataFrame({"doc_id": ["a"], "text": ["It leaks, Varn said."], name: ["x"]})
    (tmp_path / f"{name}.pdf").write_bytes(b"%PDF-1.4 broken")
    (tmp_path / "one.txt").write_text("The lock leaks, Ilse Varn said on Monday. " * 5, encoding="utf-8")
    messages = []
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        onrecord.read_documents(tmp_path)
    messages += [str(warning.message) for warning in caught]
    assert messages
    analysis = onrecord.analyse(table)
    bad: list[Callable[[], object]] = [
        lambda: onrecord.read_documents(tmp_path / name),
        lambda: onrecord.load_lists(tmp_path / name),
        lambda: onrecord.read_codings(tmp_path / f"{name}.xlsx"),
        lambda: onrecord.open_corpus(tmp_path / name),
        lambda: onrecord.load_articles(tmp_path / f"{name}.toml"),
        lambda: onrecord.share_unnamed(analysis, by=f"outlet{ESCAPE}"),
        lambda: onrecord.show_article(analysis, name),
        lambda: onrecord.analyse(pd.concat([table, table]).assign(doc_id=name)),
        lambda: onrecord.analyse(table.assign(doc_id=name, published=name)),
        lambda: onrecord.analyse(table.rename(columns={"text": name})),
    ]
    for call in bad:
        with pytest.raises((ValueError, OSError)) as error:
            call()
        messages.append(str(error.value))
    out = capsys.readouterr()
    assert [message for message in (*messages, out.out, out.err) if raw_codes(message)] == []
