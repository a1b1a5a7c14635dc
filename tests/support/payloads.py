"""One list of payloads, an analysis with each of them in every text, and all pages and files made of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import ipywidgets
import pandas as pd

import onrecord
from onrecord.analysis import Analysis
from onrecord.evaluation.workbook import save_coding_sheet
from onrecord.reports.page import page_of as report_page
from onrecord.workbench.downloads import link_of

SETS = "window.hacked=1"
PAYLOADS = [
    f"<script>{SETS}</script>",
    f"<img src=x onerror={SETS}>",
    f'"><svg onload={SETS}>',
    f"' onfocus='{SETS}' autofocus='",
    f'" onmouseover="{SETS}" style="position:fixed;inset:0" x="',
    f"</style><script>{SETS}</script>",
    f"</script><script>{SETS}</script>",
    f"</textarea></title><iframe srcdoc='<script>parent.{SETS}</script>'></iframe>",
    f'<a href="javascript:{SETS}">x</a>',
    f"javascript:{SETS}",
    f"data:text/html,<script>{SETS}</script>",
    f"--><script>{SETS}</script><!--",
    f"]]><script>{SETS}</script>",
    f"&lt;script&gt;{SETS}&lt;/script&gt;",
    f"&#60;img src=x onerror={SETS}&#62;",
    f"{{{{ ''.constructor.constructor('{SETS}')() }}}}{{% raw %}}",
    f"\\u003cscript\\u003e{SETS}\\u003c/script\\u003e",
    f"$\\href{{javascript:{SETS}}}{{x}}$ $\\frac{{$",
    f"<math><mtext></mtext><style><img src=x onerror={SETS}></style></math>",
    "<link rel=stylesheet href=http://evil.example/a.css><base href=http://evil.example/>",
    '=HYPERLINK("http://evil.example/";"x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    " \uff1d1+1",
    "a;=1+1",
    "\u202etxt.exe",
    f"<details open ontoggle={SETS}>x</details>",
    f"<svg><animate onbegin={SETS} attributeName=x dur=1s>",
    f"<video><source onerror={SETS}></video>",
    f'<noscript><p title="</noscript><img src=x onerror={SETS}>">',
    f"<svg><style><img src=x onerror={SETS}></style></svg>",
    f"<!-- --!><img src=x onerror={SETS}>",
    f"\u2028{SETS}\u2029",
    f"${{{SETS}}}`-{SETS}-`",
    f"\\';{SETS};//",
    f"]}}}};{SETS};//",
    f"</script\n><script\n>{SETS}</script\n>",
    f"&amp;lt;img src=x onerror={SETS}&amp;gt;",
    f"[x](javascript:{SETS}) ![x](http://evil.example/a.png)",
    f"<javascript:{SETS}> <http://evil.example/>",
    "```html\n<img src=x onerror=window.hacked=1>\n```",
    f"\\(\\href{{javascript:{SETS}}}{{x}}\\) $$\\require{{html}}\\style{{background:url(http://evil.example)}}{{x}}$$",
    f"}}</style><img src=x onerror={SETS}>",
    "x;background:url(http://evil.example/x.png)",
    "@import url(http://evil.example/x.css);",
    f"java\tscript:{SETS}",
    f"JaVaScRiPt&colon;{SETS}",
    f"data:image/svg+xml,<svg onload={SETS}>",
    f'https://evil.example/" onclick={SETS} x="',
    "//evil.example/x",
    "_nolegend_",
    "{0.__class__}%s%n",
    "../../x",
    "a" * 300,
    "\u061c\U000e0041x",
    "\x0c=1+1",
    "a|=1+1",
    "\x1b]8;;http://evil.example\x07x\x1b]8;;\x07",
    "\x1b]0;owned\x07\x1b[2J\x9b31m",
]


def payload_documents() -> pd.DataFrame:
    """One row per payload, which is in every text of the article and in its name."""
    rows = [
        {
            "doc_id": f"{number} {payload}",
            "outlet": payload,
            "headline": f"{payload} “{payload}”",
            "byline": payload,
            "section": payload,
            "url": payload,
            "path": f"{payload}.txt",
            "published": pd.Timestamp("2026-01-05", tz="UTC"),
            "text": f"“The lock leaks {payload},” said Ilse Varn, a {payload} clerk.\n\nA senior {payload} "
            f"official, who asked not to be named because {payload}, said it leaks.\n\nThe {payload} Gazette "
            f"reported it. Otto Brandel did not respond to {payload} requests for comment.\n\n{payload}",
        }
        for number, payload in enumerate(PAYLOADS)
    ]
    return pd.DataFrame(rows)


def payload_analysis() -> Analysis:
    """The analysis of payload_documents, with payloads in all free texts of its sources."""
    analysis = onrecord.analyse(payload_documents())
    sources = analysis.sources
    payload = sources["doc_id"].str.partition(" ")[2]
    for column in ("description", "name", "title", "affiliation", "justification", "marker", "reason"):
        if column in sources:
            sources[column] = payload.to_numpy()
    analysis.attributions["speaker"] = analysis.attributions["doc_id"].str.partition(" ")[2].to_numpy()
    analysis.attributions["cue"] = analysis.attributions["speaker"].to_numpy()
    return analysis


def _widgets(widget: ipywidgets.Widget) -> Iterator[str]:
    """HTML of a widget and of all within it."""
    if isinstance(widget, ipywidgets.HTML | ipywidgets.HTMLMath):
        yield widget.value
    if getattr(widget, "description_allow_html", False):
        yield widget.description
    for child in getattr(widget, "children", ()):
        yield from _widgets(child)


def html_pages(analysis: Analysis, folder: Path) -> dict[str, str]:
    """HTML of each function that writes some, by the name of the function."""
    sources, documents = analysis.sources, analysis.documents
    hostile_columns = sources[["description", "title"]].rename(columns={"title": PAYLOADS[1]})
    articles = [onrecord.show_article(analysis, doc_id).html for doc_id in documents["doc_id"]]
    pages = {"show_article": "".join(articles)}
    first = documents["doc_id"].iloc[0]
    pages["save_article"] = onrecord.save_article(analysis, first, folder / "article.html").read_text("utf-8")
    every = {"n_shown": len(sources), "caption": PAYLOADS[0]}
    pages["show_table"] = onrecord.show_table(hostile_columns, **every).html
    pages["show_table, sortable"] = onrecord.show_table(hostile_columns, is_sortable=True, **every).html
    pages["show_passages"] = onrecord.show_passages(onrecord.find_passages(analysis, n=None)).html
    found = onrecord.keyword_in_context(analysis, "lock leaks", sort=None)
    pages["keyword_in_context"] = onrecord.show_passages(found).html
    one = [onrecord.show_one_article(documents[documents["doc_id"] == d]) for d in documents["doc_id"]]
    pages["show_one_article"] = "".join(page.html for page in one)
    pages["show_one_article, saved"] = one[0].save(folder / "one.html").read_text("utf-8")
    pages["browse"] = "".join(_widgets(onrecord.browse(analysis, n_shown=40)))
    sheet = onrecord.coding_sheet(analysis, 20)
    forms = (
        onrecord.show_coding(sheet[n : n + 1], folder / "c.csv", coder=PAYLOADS[1], is_machine_shown=True)
        for n in range(len(sheet))
    )
    pages["show_coding"] = "".join(html for form in forms for html in _widgets(form))
    pages["report"] = report_page(
        [],
        title=PAYLOADS[0],
        source=PAYLOADS[1],
        notes=PAYLOADS,
        findings=pd.DataFrame(),
        outlets=onrecord.share_unnamed(analysis, by="outlet").fillna(0),
        provenance=onrecord.provenance(analysis),
        files=[],
    )
    pages["link of a download"] = "".join(link_of(f"{payload}.csv", b"x") for payload in PAYLOADS)
    return pages


def payload_chart(analysis: Analysis) -> tuple:
    """A chart with the payloads as labels, and its numbers."""
    shares = onrecord.share_unnamed(analysis, by="outlet")
    return onrecord.plot_shares(shares, title=PAYLOADS[0], subtitle=PAYLOADS[17]), shares


def written_files(analysis: Analysis, folder: Path) -> list[Path]:
    """Files of each function that writes some."""
    ax, shares = payload_chart(analysis)
    paths = onrecord.save_chart(ax, folder / "chart", data=shares, source=PAYLOADS[1])
    quotations = onrecord.list_quotations(analysis)
    tables = {"quotations": quotations, "sources": analysis.sources, "sourced": shares}
    for name, table in tables.items():
        hostile = table.rename(columns={table.columns[-1]: "=1+1"})
        paths += onrecord.save_table(hostile, folder / name, source=PAYLOADS[20], title=PAYLOADS[0])
    sheet = onrecord.coding_sheet(analysis, 60)
    paths.append(save_coding_sheet(sheet, folder / "sheet.xlsx", coder="=1+1"))
    return paths
