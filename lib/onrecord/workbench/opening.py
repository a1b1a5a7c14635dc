"""Choose files or the sample; what was read and what was not."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path

import ipywidgets as widgets
import pandas as pd

from onrecord.notebook.selecting import select
from onrecord.notebook.settings import OWN, SAMPLE, Settings, load_settings, project_of
from onrecord.notebook.show import show_table
from onrecord.notebook.upload import most_bytes, save_uploads
from onrecord.progress import progress_to
from onrecord.text.characters import spelled
from onrecord.workbench.state import Opened, Workbench, open_articles

# Files that are dropped go to the button for files as if they had been chosen there.
_DROP = (
    "event.preventDefault();this.classList.remove('over');"
    "const t=event.dataTransfer.files,"
    "b=this.closest('.onrecord-choose').querySelector('button.widget-upload'),"
    "p=HTMLInputElement.prototype,c=p.click;"
    "p.click=function(){this.files=t;this.dispatchEvent(new Event('change'))};"
    "try{b.click()}finally{p.click=c}"
)
# A server drops a message above its limit without a word, so larger files are refused before they are sent.
_REFUSE = (
    "const z=this.closest('.onrecord-choose'),o=z.querySelector('.onrecord-toolarge');"
    "z.addEventListener('click',e=>{if(e.target.closest('button.widget-upload')){"
    "const p=HTMLInputElement.prototype,c=p.click;"
    "p.click=function(){p.click=c;this.addEventListener('change',v=>{"
    "const n=[...this.files].reduce((s,f)=>s+f.size,0);o.textContent='';"
    "if(n>MOST){v.stopImmediatePropagation();"
    "o.textContent='Not sent: '+Math.ceil(n/1e6)+' MB are more than MOST_MB MB at a time. Copy them into "
    "the folder, or choose fewer files.'}},{capture:true,once:true});return c.call(this)}}},true)"
)
_ZONE = (
    f'<div class="onrecord-drop" ondragover="event.preventDefault();this.classList.add(\'over\')" '
    f'ondragleave="this.classList.remove(\'over\')" ondrop="{_DROP}">Drop files here, or choose them.</div>'
    f'<p class="onrecord-toolarge" role="alert"></p><style onload="{_REFUSE}"></style>'
)
SAMPLE_NAME = "The sample"


class Opening(widgets.VBox):
    """The choice of the articles, the progress of the analysis, and its account."""

    def __init__(self, workbench: Workbench, folder: Path) -> None:
        self._workbench, self._folder = workbench, folder
        self._root = project_of(Path.cwd())
        sample = widgets.Button(description="Open the sample", tooltip="48 invented articles of four outlets")
        sample.on_click(lambda _button: self.open_sample())
        self._files = widgets.FileUpload(multiple=True, description="Choose files")
        self._files.observe(self._upload, "value")
        own = widgets.Button(description="Open my articles", tooltip=f"Open the files in {spelled(folder)}")
        own.on_click(lambda _button: self.open_folder(self._folder, "My articles"))
        self._path = widgets.Text(description="Folder", placeholder="a folder or file of this computer")
        other = widgets.Button(
            description="Open folder", tooltip="Open the folder or file that is written here"
        )
        other.on_click(lambda _button: self._open_written())
        buttons = [sample, own]
        if (self._root / OWN).is_file():
            by_settings = widgets.Button(
                description="Open as in settings.toml",
                tooltip="Open the articles that data/settings.toml names",
            )
            by_settings.on_click(lambda _button: self._open_settings())
            buttons.append(by_settings)
        self._status, self._account = widgets.HTML(), widgets.HTML()
        limit = f"Up to {most_bytes() // 1_000_000} MB at a time; they are copied into {spelled(folder)}."
        most = most_bytes()
        drop = _ZONE.replace("MOST_MB", str(most // 1_000_000)).replace("MOST", str(most))
        zone = widgets.HBox([widgets.HTML(drop), self._files]).add_class("onrecord-choose")
        super().__init__(
            [
                widgets.HTML("<h2>1 Articles</h2>"),
                widgets.HBox([*buttons, widgets.HBox([self._path, other])]).add_class("onrecord-row"),
                zone,
                widgets.HTML(f"<p class='onrecord-note'>{escape(limit)}</p>"),
                self._status,
                self._account,
            ]
        )
        self.add_class("onrecord-card")

    def open_sample(self) -> None:
        """Open the sample."""
        self._open(SAMPLE_NAME, lambda: load_settings(self._root / SAMPLE))

    def open_folder(self, folder: Path, name: str) -> None:
        """Open a folder or file of articles."""
        self._open(name, lambda: self._settings_of(folder))

    def _open_written(self) -> None:
        path = Path(self._path.value.strip()).expanduser()
        self.open_folder(path, path.name or str(path))

    def _open_settings(self) -> None:
        self._open("My articles", lambda: load_settings(self._root / OWN))

    def _settings_of(self, folder: Path) -> Settings:
        if not str(folder).strip() or str(folder) == "." or not folder.exists():
            raise ValueError(f"{str(folder)!r} was not found. Write the whole path of a folder or file.")
        exports = self._root / "exports" / "workbench"
        return Settings(
            (folder.resolve(),), exports, self._root / "data" / "lexicons", self._root / "the workbench"
        )

    def _upload(self, change: dict) -> None:
        if not change["new"]:
            return
        files = [(file["name"], bytes(file["content"])) for file in change["new"]]
        try:
            saved = save_uploads(files, self._folder)
        except ValueError as error:
            self._say(str(error), is_alert=True)
            return
        finally:
            self._files.value = ()
        lost = saved[saved["saved_as"].isna()]
        self.open_folder(self._folder, "My articles")
        if len(lost):
            self._say(f"Not saved: {', '.join(lost['name'])}.", is_alert=True)

    def _open(self, name: str, settings_of: Callable[[], Settings]) -> None:
        self._account.value = ""
        self._status.value = "<p role='status'>Reading …</p>"
        try:
            settings = settings_of()
            settings = replace(settings, exports=self._root / "exports" / "workbench")
            with progress_to(self._progress):
                opened = open_articles(name, settings, folder_of(self._root, settings) / "work")
            self._workbench.open(opened)
        except (OSError, ValueError, MemoryError) as error:
            self._say(str(error), is_alert=True)
            return
        self._say(f"{name}: {len(opened.kept):,} articles are open.")
        self._account.value = account_of(opened)

    def _progress(self, html: str) -> None:
        if html:
            self._status.value = f"<div role='status'>{html}</div>"

    def _say(self, words: str, *, is_alert: bool = False) -> None:
        role = "alert" if is_alert else "status"
        self._status.value = f"<p role='{role}'>{escape(spelled(words))}</p>"


def account_of(opened: Opened) -> str:
    """What was read, what was not, and what does not count, as HTML."""
    report = opened.report
    unread = report[report["n_found"].fillna(0).eq(0)] if len(report) else report
    n_read = len(opened.documents)
    words = f"{len(report):,} files: {n_read:,} articles were read"
    words += f"; {len(unread):,} files gave none" if len(unread) else ""
    left_out = n_read - len(opened.kept)
    words += f"; {left_out:,} do not count" if left_out else ""
    steps = _steps(opened)
    files = report[
        [name for name in ("path", "file_format", "n_found", "reason", "warnings") if name in report]
    ]
    files = pd.concat([files.loc[unread.index], files.drop(unread.index)])
    why = f"<h3>Why articles do not count</h3>{show_table(steps)._repr_html_()}" if len(steps) else ""
    return (
        f"<details class='onrecord-account'><summary>{escape(words)}.</summary>{why}"
        f"<h3>Files</h3><div class='onrecord-scroll' tabindex='0' role='region' aria-label='Files'>"
        f"{show_table(files)._repr_html_()}</div></details>"
    )


def _steps(opened: Opened) -> pd.DataFrame:
    base = replace(opened.settings, outlets=None, first_day=None, last_day=None, minimum_words=0)
    steps = select(opened.documents, base).steps
    return steps[steps["n_left_out"] > 0][["reason", "n_left_out"]]


def folder_of(root: Path, settings: Settings) -> Path:
    """The folder in which the analysis and the report of these articles are kept."""
    paths = "\0".join(str(path.resolve()) for path in settings.articles)
    name = hashlib.sha256(paths.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return root / "exports" / "workbench" / name
