"""The button that writes the report.

The report is written by a process of its own, so that the page can be used meanwhile.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html import escape
from pathlib import Path
from threading import Thread
from typing import IO

import ipywidgets as widgets

from onrecord.notebook.settings import project_of
from onrecord.text.characters import spelled
from onrecord.workbench.downloads import link_of
from onrecord.workbench.opening import folder_of
from onrecord.workbench.state import Choice, Opened, Workbench

_WRITE = """
import json, sys
from onrecord.reports.run import write_report
if __name__ == "__main__":
    given = json.loads(sys.stdin.read())
    try:
        write_report(given.pop("corpus"), given.pop("folder"), **given)
    except (OSError, ValueError) as error:
        sys.exit(f"Not written: {error}")
"""
_BAR = re.compile(r"^(.*?):?\s*(\d+)%\|.*?\|\s*(\S+)")


class ReportButton(widgets.HBox):
    """A button that writes the report of the articles that count, and what came of it."""

    def __init__(self, workbench: Workbench) -> None:
        self._workbench = workbench
        self._button = widgets.Button(
            description="Write report", tooltip="All notebooks on these articles, as one page with its charts"
        )
        self._button.on_click(lambda _button: self._start())
        self._said = widgets.HTML(
            "<p class='onrecord-note'>All questions of the notebooks on these articles, as one page. It "
            "takes a minute or more, and your corrections count.</p>"
        )
        super().__init__([self._button, self._said])
        self.add_class("onrecord-row")

    def _start(self) -> None:
        opened = self._workbench.opened
        if opened is None or self._workbench.view is None:
            self._say("No article counts. Change the filters.", is_alert=True)
            return
        self._button.disabled = True
        self._say("The report is being written …")
        Thread(target=self._run, args=(opened, self._workbench.choice), daemon=True).start()

    def _run(self, opened: Opened, choice: Choice) -> None:
        """Write the report and say what came of it; the process ends with this one."""
        root = project_of(Path.cwd())
        folder = folder_of(root, opened.settings) / "report"
        given = {
            "corpus": str(opened.settings.articles[0]),
            "folder": str(folder),
            "outlets": list(choice.outlets) if choice.outlets else None,
            "columns": dict(opened.settings.columns) or None,
            "period": [str(day) if day else None for day in (choice.first_day, choice.last_day)],
            "minimum_words": choice.minimum_words or None,
            "corrections": str(opened.corrections) if opened.corrections.exists() else None,
            "notebooks": str(root / "notebooks"),
        }
        try:
            with subprocess.Popen(
                [sys.executable, "-c", _WRITE],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                errors="replace",
                cwd=root,
            ) as process:
                assert process.stdin is not None and process.stderr is not None
                process.stdin.write(json.dumps(given))
                process.stdin.close()
                last = self._follow(process.stderr)
            if process.returncode:
                self._say(last or "The report was not written.", is_alert=True)
            else:
                page = folder / "report.html"
                link = link_of(page.name, page.read_bytes())
                self._said.value = (
                    f"<p role='status'>The report is written: {link}. Its charts, tables and all quotations "
                    f"are beside it, in {escape(spelled(folder))}.</p>"
                )
        except OSError as error:
            self._say(f"Not written: {error}", is_alert=True)
        finally:
            self._button.disabled = False

    def _follow(self, words: IO[str]) -> str:
        """Show the progress that the process writes; return its last line."""
        last = line = ""
        while sign := words.read(1):
            if sign not in "\r\n":
                line += sign
                continue
            if line.strip():
                last = line.strip()
                if found := _BAR.match(last):
                    self._say(f"The report is being written: {found[1]} {found[2]}%")
            line = ""
        return line.strip() or last

    def _say(self, words: str, *, is_alert: bool = False) -> None:
        role = "alert" if is_alert else "status"
        self._said.value = f"<p role='{role}'>{escape(spelled(words))}</p>"
