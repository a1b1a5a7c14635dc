"""Progress bars: lines in a terminal; in a notebook a bar that is gone at the end and never on red."""

from __future__ import annotations

import nbformat
from nbclient import NotebookClient

from onrecord.progress import progress, progress_to


def test_a_terminal_gets_a_line(capsys):
    assert list(progress(range(3), "reading")) == [0, 1, 2]
    assert "reading: 100%" in capsys.readouterr().err


def test_a_notebook_gets_a_bar_that_is_gone_when_the_work_is_done():
    cells = ["from onrecord.progress import progress", "n = sum(progress(range(3), 'reading <b>'))\nprint(n)"]
    cells += ["bar = progress(total=5, desc='reading <b>')\nbar.update(2)\nbar.refresh()"]
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source) for source in cells])
    NotebookClient(book, timeout=60, kernel_name="python3").execute()
    done, running = book.cells[1].outputs, book.cells[2].outputs
    assert all(output.get("name") != "stderr" for output in [*done, *running])
    assert [output.data["text/html"] for output in done if "data" in output] == [""]
    html = running[0].data["text/html"]
    assert "reading &lt;b&gt; 2 of 5" in html and '<progress max="5" value="2">' in html


def test_a_page_gets_the_bars_of_a_block(capsys):
    shown: list[str] = []
    with progress_to(shown.append):
        assert sum(progress(range(3), "reading <b>")) == 3
    assert "reading &lt;b&gt; 0 of 3" in shown[0] and shown[-1] == "" and capsys.readouterr().err == ""
    assert list(progress(range(2), "reading")) == [0, 1]
    assert "reading: 100%" in capsys.readouterr().err
