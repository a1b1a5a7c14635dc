"""The page: articles, filters, four tabs and the report."""

from __future__ import annotations

from pathlib import Path

import ipywidgets as widgets

from onrecord.notebook.panel import Panel
from onrecord.progress import progress_to
from onrecord.workbench import quotations, sources, tone
from onrecord.workbench.filtering import Filtering
from onrecord.workbench.opening import Opening
from onrecord.workbench.report import ReportButton
from onrecord.workbench.state import Workbench
from onrecord.workbench.tab import Tab
from onrecord.workbench.words import Words

_STYLE = Path(__file__).with_name("workbench.css").read_text(encoding="utf-8")
_BEFORE = "The workbench appears here when you choose Run, Run All Cells, or type: make app."
_HEAD = (
    "<h1>On the Record</h1><p class='onrecord-lead'>Who is quoted in the news, who stays unnamed, and how it "
    "sounds.</p>"
)


def show_workbench(folder: str | Path = "../data/articles") -> widgets.VBox:
    """Page that reads articles, counts in them, and shows what was counted.

    The page opens with the sample. Files that are chosen or dropped are copied into `folder` and analysed.
    Filters choose outlets, period and minimum length. The tabs Quotations, Sources, Tone and Words each have
    questions with a chart, and a table that a click on a bar filters. A row opens its article with everything
    marked, where a wrong speaker, a wrong naming or a wrong attribution is corrected. Corrections are
    kept beside the articles in the format of a coding sheet, and count in all figures of the page. Charts and
    tables are saved as PNG, SVG, PDF, CSV and XLSX. `make app` shows the page without code.

    >>> page = onrecord.show_workbench("articles")
    """
    workbench = Workbench()
    opening, filtering = Opening(workbench, Path(folder)), Filtering(workbench)
    tabs = {
        name: Tab(workbench, name, one.QUESTIONS, one.COLUMNS, one.rows)
        for name, one in (("Quotations", quotations), ("Sources", sources), ("Tone", tone))
    }
    tabs["Words"] = Words(workbench)
    chosen = widgets.ToggleButtons(options=list(tabs)).add_class("onrecord-tabs")
    body = widgets.VBox()
    busy = widgets.HTML()
    report = widgets.VBox([widgets.HTML("<h2>3 Report</h2>"), ReportButton(workbench)])
    report.add_class("onrecord-card")

    def show(_change: object = None) -> None:
        filtering.layout.display = "" if workbench.opened else "none"
        if workbench.view is None:
            body.children = ()
            return
        tab = tabs[chosen.value]
        body.children = (chosen, busy, tab, report)
        with progress_to(lambda html: setattr(busy, "value", html)):
            tab.show()

    workbench.on_change(show)
    chosen.observe(show, "value")
    steps = widgets.HBox([opening, filtering]).add_class("onrecord-steps")
    page = Panel([widgets.HTML(f"<style>{_STYLE}</style>{_HEAD}"), steps, body], words=_BEFORE)
    page.add_class("onrecord-workbench")
    show()
    opening.open_sample()
    return page
