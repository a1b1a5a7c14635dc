"""Files of a user's own, brought into the folder of articles.

Nothing overwritten, nothing outside it.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

import ipywidgets as widgets
import pandas as pd

from onrecord.notebook.panel import Panel
from onrecord.notebook.show import show_table
from onrecord.readers.corpus import read_corpus
from onrecord.readers.files import is_ignored
from onrecord.tables import COUNT, TEXT, as_table
from onrecord.text.characters import clean, spelled

# Bytes of a name: file systems take 255, Windows 260 characters with all folders above.
LONGEST = 150
# Names of devices on Windows, whatever ending they have ("Naming Files, Paths, and Namespaces").
_DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³]) *(\.|$)", re.IGNORECASE)

LIMIT = "ONRECORD_UPLOAD_BYTES"  # environment variable that make lab sets
_DEFAULT_LIMIT = 10_000_000  # of JupyterLab, for one message
_BEFORE = "A button for choosing files appears here when you choose Run, Run All Cells."

UPLOADS = {"name": TEXT, "saved_as": TEXT, "n_bytes": COUNT, "what": TEXT}


def save_uploads(
    files: Mapping[str, bytes] | Iterable[tuple[str, bytes]], folder: str | Path
) -> pd.DataFrame:
    """Write `files`, pairs of a name and its bytes, into `folder`.

    One row per file.

    Nothing is overwritten: a file that is there already with the same bytes stays as it is; one with the
    same name and other bytes keeps its name, and the new one is called "x (2).docx". A name is used without
    folders, and without what some system does not allow in it, so that a file lands in `folder` and nowhere
    else, and is read there. A missing folder is made. A file may be read by those who may read its folder,
    and by no more than the system gives new files.

    Columns: name (as given), saved_as (within `folder`; NA where it could not be written), n_bytes, what
    (happened). Raises ValueError for a folder that cannot be one, and for content that is not bytes.
    """
    pairs = _pairs(files)
    folder = Path(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        mode = folder.stat().st_mode & 0o666
    except OSError as error:
        raise ValueError(
            f"{folder} cannot be a folder for your articles ({error.strerror}): take another, such as "
            "'../data/articles'."
        ) from None
    # A lone surrogate, which a name may contain, cannot be stored in a table or in the name of a file.
    whole = [(name.encode("utf-8", "replace").decode(), content) for name, content in pairs]
    rows = [(name, *_save(name, content, folder, mode)) for name, content in whole]
    return as_table(rows, UPLOADS)


def show_upload(folder: str | Path = "../data/articles") -> widgets.VBox:
    """A button to choose files with, which save_uploads writes into `folder`.

    Below it are what was written, what read_corpus finds in it, and the line with which a notebook reads
    the folder. The files go from the browser to the JupyterLab that it shows, which is on your own machine
    unless you work on somebody else's server. JupyterLab drops a message above its limit without a word:
    10 MB, or 500 MB where it was started with make lab. So a line beside the button states the limit, and
    what to do with larger files.

    >>> upload = onrecord.show_upload("articles")
    >>> upload.children[0].children[0].description
    'Choose files'
    """
    chooser = widgets.FileUpload(
        multiple=True, description="Choose files", tooltip=f"Files are copied into {spelled(folder)}"
    )
    limit = widgets.HTML(
        f"<p>Up to {most_bytes() // 1_000_000} MB at a time. Copy larger files into the folder yourself, or "
        "drag them onto it in the file browser on the left.</p>"
    )
    said = widgets.HTML()

    def take(change: dict) -> None:
        if not change["new"]:
            return
        said.value = said_of([(file["name"], bytes(file["content"])) for file in change["new"]], folder)
        chooser.value = ()  # the same file can be chosen again, and none stays in memory

    chooser.observe(take, "value")
    return Panel([widgets.HBox([chooser, limit]), said], words=_BEFORE)


def most_bytes() -> int:
    """Bytes that can be chosen at a time: nine tenths of the limit of the server.

    The rest is for what surrounds them in the message.
    """
    given = os.environ.get(LIMIT, "")
    return (int(given) if given.isdecimal() else _DEFAULT_LIMIT) * 9 // 10


def said_of(files: Iterable[tuple[str, bytes]], folder: str | Path) -> str:
    """Save `files` and return what is to be said of them as HTML, text only."""
    try:
        saved = save_uploads(files, folder)
    except ValueError as error:
        return f"<p role='alert'>{escape(spelled(error))}</p>"
    # A table of the page draws the name as it is meant, so what is odd in it is spelled out.
    shown = saved.assign(name=[spelled(name) for name in saved["name"]])
    paths = [Path(folder, name) for name in saved["saved_as"].dropna().unique()]
    parts = [show_table(shown)._repr_html_()]
    if paths:
        corpus = read_corpus(paths)
        report = corpus.report[["path", "file_format", "n_found", "reason", "warnings"]]
        line = f"ARTICLES = {json.dumps(Path(folder).as_posix(), ensure_ascii=False)}"
        n = len(corpus.documents)
        parts += [
            f"<p>{n:,} article{'s' if n != 1 else ''} found in {'it' if len(paths) == 1 else 'them'}:</p>",
            show_table(report)._repr_html_(),
            f"<p>To read the folder, write this line above, and run all cells again:</p>"
            f"<pre>{escape(spelled(line))}</pre>",
        ]
    return f"<div role='status'>{''.join(parts)}</div>"


def safe_name(name: str) -> str:
    """`name` as a name that every system takes.

    It is within one folder, and one that the readers look at.
    """
    name = unicodedata.normalize("NFC", clean(name).rstrip("/\\"))
    name = re.split(r"[/\\]", name)[-1]
    name = re.sub(r'[<>:"|?*]', "_", " ".join(name.split())).lstrip(". ").rstrip(". ")
    if not name or is_ignored(name) or _DEVICE.match(name):
        name = f"_{name or 'file'}"
    stem, ending = os.path.splitext(name)
    ending = ending if len(ending.encode()) <= 20 else ""
    room = LONGEST - len(ending.encode())
    stem = name[: len(name) - len(ending)].encode()[:room].decode("utf-8", "ignore").rstrip(". ")
    return stem + ending


def _save(name: str, content: bytes, folder: Path, mode: int) -> tuple[str | None, int, str]:
    wanted = saved_as = safe_name(name)
    stem, ending = os.path.splitext(wanted)
    number = 1
    while True:
        try:
            _write_new(folder / saved_as, content, mode)
        except FileExistsError:
            if _holds(folder / saved_as, content):
                return saved_as, len(content), "kept: the same file is there already"
            number += 1
            saved_as = f"{stem} ({number}){ending}"
        except OSError as error:
            return None, len(content), f"not written: {error.strerror}"
        else:
            break
    if number > 1:
        return saved_as, len(content), f"written under a new name: another {wanted} is there, and stays"
    return saved_as, len(content), "written" if saved_as == name else "written under a name that is safe"


def _write_new(path: Path, content: bytes, mode: int) -> None:
    is_made = False
    try:
        # "x" makes a new file or fails: no file is overwritten and no link is followed.
        with open(path, "xb", opener=lambda place, flags: os.open(place, flags, mode)) as file:
            is_made = True
            file.write(content)
    except OSError:
        if is_made:
            path.unlink()  # no half of an article stays
        raise


def _holds(path: Path, content: bytes) -> bool:
    try:
        is_like = path.is_file() and not path.is_symlink() and path.stat().st_size == len(content)
        return is_like and path.read_bytes() == content
    except OSError:
        return False


def _pairs(files: Mapping[str, bytes] | Iterable[tuple[str, bytes]]) -> list[tuple[str, bytes]]:
    pairs = list(files.items() if isinstance(files, Mapping) else files)
    for pair in pairs:
        if not (isinstance(pair, tuple) and len(pair) == 2 and isinstance(pair[0], str)):
            raise ValueError(
                f"files contains {type(pair).__name__}; give names with their bytes: "
                "{'a.txt': Path('a.txt').read_bytes()}"
            )
        if not isinstance(pair[1], bytes):
            raise ValueError(
                f"the content of {pair[0]!r} is {type(pair[1]).__name__}, not bytes; read it with "
                f"Path({pair[0]!r}).read_bytes()"
            )
    return pairs
