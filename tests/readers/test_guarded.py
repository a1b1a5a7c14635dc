"""Files made to harm: each is a row of the report that names the limit, and the others are read."""

# ruff: noqa: E501 - a case per line

import io
import json
import os
import subprocess
import sys
import time
import zipfile

import openpyxl
import pyarrow
import pyarrow.parquet
import pytest

from onrecord import read_corpus
from onrecord.readers import guarded
from onrecord.readers.cells import as_text
from onrecord.readers.objects import list_elements
from pdf import pdf_of_operators

STORY = "The council of Halm voted on Monday to shut the lock, a spokeswoman said. " * 3


def edited_workbook(edit) -> bytes:
    """A workbook of two articles whose parts `edit(name, content)` has changed."""
    book = openpyxl.Workbook()
    for row in (["headline", "text"], ["Lock shut", STORY], ["Lock open", STORY + "Again."]):
        book.active.append(row)
    plain, changed = io.BytesIO(), io.BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, edit(name, old.read(name)))
    return changed.getvalue()


def more_rows(rows: bytes):
    """An edit that adds rows to the sheet."""
    return lambda name, content: content.replace(b"</sheetData>", rows + b"</sheetData>")


def row_of(result, name: str):
    """The row of the report of one file."""
    return result.report.set_index("path").loc[name]


def test_a_file_that_takes_too_long_is_refused_and_the_next_is_read(tmp_path, monkeypatch):
    slow = b"BT /F1 8 Tf 1 0 0 1 30 700 Tm (hello) Tj ET " + b"q Q " * 3_000_000
    (tmp_path / "a.pdf").write_bytes(pdf_of_operators(slow))
    (tmp_path / "b.html").write_text(
        f"<html><body><article><p>{STORY}</p><p>{STORY}</p></article></body></html>"
    )
    monkeypatch.setenv("ONRECORD_SECONDS_PER_FILE", "0.001")
    monkeypatch.setattr(guarded, "_SECONDS_PER_MB", 0.001)
    result = read_corpus(tmp_path / "a.pdf")
    assert "ONRECORD_SECONDS_PER_FILE" in row_of(result, "a.pdf")["reason"]
    monkeypatch.delenv("ONRECORD_SECONDS_PER_FILE")
    assert len(read_corpus(tmp_path / "b.html").documents) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of memory is kept on Linux only")
def test_a_file_that_takes_too_much_memory_is_refused_and_the_next_is_read(tmp_path, monkeypatch):
    wide = (b'<row r="%d"><c r="ALL%d"><v>1</v></c></row>' % (i, i) for i in range(4, 80_000))
    book = edited_workbook(more_rows(b"".join(wide)))
    (tmp_path / "a.xlsx").write_bytes(book)
    (tmp_path / "b.xlsx").write_bytes(edited_workbook(more_rows(b"")))
    monkeypatch.setenv("ONRECORD_GB_PER_FILE", "0.8")
    result = read_corpus(tmp_path)
    assert "ONRECORD_GB_PER_FILE" in row_of(result, "a.xlsx")["reason"]
    assert len(result.documents) == 2


@pytest.mark.parametrize("stated", ["0", "-1", "many", "nan"])
def test_a_limit_that_is_not_a_positive_number_is_named(tmp_path, monkeypatch, stated):
    (tmp_path / "a.html").write_text("<html><body><p>Lock shut.</p></body></html>")
    monkeypatch.setenv("ONRECORD_SECONDS_PER_FILE", stated)
    assert "ONRECORD_SECONDS_PER_FILE" in row_of(read_corpus(tmp_path), "a.html")["reason"]


def test_the_reading_process_ends_with_the_one_that_started_it(tmp_path):
    (tmp_path / "a.html").write_text(f"<html><body><p>{STORY}</p></body></html>")
    program = (
        "import onrecord, os, signal\n"
        f"onrecord.read_corpus({str(tmp_path)!r})\n"
        "from onrecord.readers.guarded import _Reader\n"
        "print(_Reader._current.process.pid, flush=True)\n"
        "os.kill(os.getpid(), 9)\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    reader = int(run.stdout)
    for _ in range(50):
        try:
            os.kill(reader, 0)
        except ProcessLookupError:
            return
        if _is_zombie(reader):
            return
        time.sleep(0.1)
    pytest.fail("the reading process runs on")


def _is_zombie(process: int) -> bool:
    try:
        with open(f"/proc/{process}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_cells_far_out_are_left_out_and_said(tmp_path):
    far = b'<row r="2000000000"><c r="B2000000000" t="inlineStr"><is><t>far</t></is></c></row>'
    wide = b"".join(
        b'<row r="%d"><c r="XFD%d" t="inlineStr"><is><t>x</t></is></c></row>' % (i, i) for i in range(4, 3000)
    )
    (tmp_path / "far.xlsx").write_bytes(edited_workbook(more_rows(far)))
    (tmp_path / "wide.xlsx").write_bytes(edited_workbook(more_rows(wide)))
    result = read_corpus(tmp_path)
    assert "1 rows beyond row 1,048,576 left out" in row_of(result, "far.xlsx")["warnings"]
    assert "2996 cells beyond column 1,000 left out" in row_of(result, "wide.xlsx")["warnings"]
    assert len(result.documents) == 4


def test_cells_that_cannot_be_read_are_empty_and_said(tmp_path):
    story = STORY.encode()
    rows = (
        b'<row r="4"><c r="A4" t="e"><v>#REF!</v></c><c r="B4" t="inlineStr"><is><t>'
        + story
        + b"</t></is></c></row>"
        b'<row r="5" hidden="1"><c r="A5" t="s"><v>9999</v></c><c r="B5" t="inlineStr"><is><t>'
        + story
        + b"Five.</t></is></c></row>"
    )
    (tmp_path / "a.xlsx").write_bytes(edited_workbook(more_rows(rows)))
    result = read_corpus(tmp_path)
    said = row_of(result, "a.xlsx")["warnings"]
    assert len(result.documents) == 4
    assert "1 cells contain an error" in said and "1 cells that cannot be read" in said
    assert "1 hidden rows are read as well" in said


def test_a_parquet_file_that_expands_without_end_is_refused(tmp_path):
    word = pyarrow.DictionaryArray.from_arrays(
        pyarrow.array([0] * 20_000, pyarrow.int32()), pyarrow.array(["lock " * 20_000])
    )
    pyarrow.parquet.write_table(pyarrow.table({"text": word}), tmp_path / "a.parquet")
    assert "million characters" in row_of(read_corpus(tmp_path), "a.parquet")["reason"]


def test_a_page_is_read_whole_however_it_is_made(tmp_path):
    picture = f'<img src="data:image/png;base64,{"A" * 11_000_000}">'
    deep = "<div>" * 300 + f"<p>{STORY}Within.</p>" + "</div>" * 300
    attributes = "<p " + " ".join(f'a{i}="{i}"' for i in range(40_000)) + f">{STORY}Marked.</p>"
    for name, inner, last in (
        ("picture", picture, "Behind."),
        ("deep", deep, "Within."),
        ("attributes", attributes, "Marked."),
    ):
        (tmp_path / f"{name}.html").write_text(
            f"<html><body><article><h1>Lock shut in Halm again</h1><p>{STORY}First.</p>{inner}"
            f"<p>{STORY}Behind.</p></article></body></html>"
        )
        text = read_corpus(tmp_path / f"{name}.html").documents["text"][0]
        assert "First." in text and "Behind." in text and last in text, name


def test_many_pull_quotes_take_little_time(tmp_path):
    quotes = "".join(
        f'<blockquote class="pullquote"><p>“shut the lock {i}”</p></blockquote>' for i in range(2000)
    )
    body = "".join(f"<p>{STORY}{i}</p>" for i in range(30))
    (tmp_path / "a.html").write_text(f"<html><body><article>{body}{quotes}</article></body></html>")
    assert "29" in read_corpus(tmp_path).documents["text"][0]


def test_one_record_that_is_too_deep_does_not_stop_the_others(tmp_path):
    deep = "[" * 100_000 + "]" * 100_000
    first, last = json.dumps({"text": STORY}), json.dumps({"text": STORY + "Last."})
    (tmp_path / "a.json").write_text(f'[{first}, {{"text": "x", "a": {deep}}}, {last}]')
    result = read_corpus(tmp_path)
    row = row_of(result, "a.json")
    assert len(result.documents) == 2 and row["n_skipped"] == 1 and "1 records too deep" in row["reason"]


@pytest.mark.parametrize(
    "text, parts",
    [
        ("[]", []),
        ("[1]", ["1"]),
        ('[{"a": "],["}, [1, 2]]', ['{"a": "],["}', " [1, 2]"]),
        ('["a\\"]", 2]', ['"a\\"]"', " 2"]),
        ('{"a": 1}', None),
        ("[1, 2", None),
    ],
)
def test_the_elements_of_a_list(text, parts):
    assert list_elements(text) == parts


def test_records_of_keys_of_their_own_take_little_time(tmp_path):
    records = [{"text": f"{STORY}{i}", f"key{i}": i} for i in range(5000)]
    (tmp_path / "a.json").write_text(json.dumps([*records, {"text": STORY, "headline": "Late key"}]))
    documents = read_corpus(tmp_path).documents
    assert len(documents) == 5001 and documents["headline"].iloc[-1] == "Late key"


HEAD = "From: Desk <desk@halm.example>\nTo: a@b.example\nDate: Tue, 5 Mar 2024 10:00:00 +0000\n"


@pytest.mark.parametrize(
    "message, said",
    [
        (HEAD + "Content-Type: multipart/mixed; boundary=B\n\n" + "--B\nContent-Type: text/plain\n\nx\n" * 2000, "2,001 parts"),
        (HEAD + "Subject: " + "\n ".join("=?utf-8?q?w?=" for _ in range(9000)) + f"\n\n{STORY}\n", "longer than 20,000"),
    ],
)  # fmt: skip
def test_an_email_made_to_take_long(tmp_path, message, said):
    (tmp_path / "a.eml").write_text(message)
    row = row_of(read_corpus(tmp_path), "a.eml")
    assert said in f"{row['reason']} {row['warnings']}"


def test_an_email_in_a_codec_that_is_no_encoding_of_text(tmp_path):
    (tmp_path / "a.eml").write_text(HEAD + f"Content-Type: text/plain; charset=punycode\n\n{STORY}\n")
    assert "spokeswoman said" in read_corpus(tmp_path).documents["text"][0]


def test_links_within_an_archive_and_out_of_the_folder_are_refused(tmp_path):
    folder, outside = tmp_path / "articles", tmp_path / "private.txt"
    folder.mkdir()
    outside.write_text(STORY)
    (folder / "inside.txt").write_text(STORY + "Inside.")
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/hostname")
    try:
        (folder / "out.txt").symlink_to(outside)
        (folder / "in.txt").symlink_to(folder / "inside.txt")
    except OSError:
        pytest.skip("this system makes no links")
    result = read_corpus(folder)
    assert "leads out of the folder" in row_of(result, "out.txt")["reason"]
    assert "link within an archive" in row_of(result, "a.zip/link.txt")["reason"]
    assert set(result.documents["path"]) == {"inside.txt", "in.txt"}


@pytest.mark.parametrize(
    "cell, byline",
    [
        ("['Ada Writer', 'Bo Reporter']", "Ada Writer, Bo Reporter"),
        ('["Ada O\'Hara"]', "Ada O'Hara"),
        ("[{'id': 1, 'name': 'Ada Writer'}]", "Ada Writer"),
        ("[]", None),
        ("[Ada Writer]", "[Ada Writer]"),
        ("[" * 500 + "]" * 500, "[" * 500 + "]" * 500),
    ],
)
def test_a_list_of_names_in_a_cell(cell, byline):
    assert as_text(cell, "byline") == byline


TURNS = {"up": (b"0 1 -1 0", 80, 60, 16, 0), "down": (b"0 -1 1 0", 500, 700, -16, 0), "over": (b"-1 0 0 -1", 550, 100, 0, 16)}  # fmt: skip


@pytest.mark.parametrize("way", TURNS)
def test_a_turned_page_is_read_along_its_lines(tmp_path, way):
    lines = ["The council of Halm voted on Monday to shut", "the lock, a spokeswoman said. It is old."]
    matrix, x, y, right, up = TURNS[way]
    drawn = b"".join(
        matrix + b" %d %d Tm (%s) Tj " % (x + i * right, y + i * up, line.encode())
        for i, line in enumerate(lines)
    )
    (tmp_path / "a.pdf").write_bytes(pdf_of_operators(b"BT /F1 12 Tf " + drawn + b"ET"))
    assert read_corpus(tmp_path).documents["text"][0] == " ".join(lines)
