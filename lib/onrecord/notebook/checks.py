"""Checks of the set-up and of the articles, with what to do where one fails."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
import zipfile
from importlib import metadata, resources
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from onrecord.readers.files import list_files
from onrecord.tables import FLAG, TEXT, as_table, require

OLDEST_PYTHON = (3, 11)
MODELS = ("linker.npz", "name_types.npz", "tagger.npz", "target_tone.npz", "tone_encoder.npz")
ENOUGH_BYTES = 1_000_000_000
_SAMPLE = Path("data/sample/articles")
_FETCH = "Fetch the project again, into a new folder, and start from there."
_HEAD_LINE = (
    "Begin each file with a line {0}: {1} and an empty line; in a spreadsheet name the column that"
    " contains it: "
    'read_documents(ARTICLES, columns={{"{0}": "its name"}}).'
)
_LEAVE_OUT = "Notebook 04 shows how to leave them out, with an account of it."
# Column of documents: the check, what is said where all have it and where some do not, and the remedy.
_DOCUMENTS = {
    "text": (
        "text",
        "have a text",
        "have no text",
        "Look into their files: such a file contains a notice only.",
    ),
    "outlet": (
        "outlet",
        "have an outlet",
        "have no outlet and cannot be compared by it",
        _HEAD_LINE.format("outlet", "The Daily Example"),
    ),
    "published": (
        "published",
        "have a date",
        "have no date and are missing from what is shown over time",
        _HEAD_LINE.format("published", "2026-03-14"),
    ),
    "language": (
        "language",
        "are in English",
        "are not in English, and what is found in them is not to be trusted",
        _LEAVE_OUT,
    ),
    "duplicate_of": ("duplicates", "are there once", "repeat another one and count twice", _LEAVE_OUT),
    "not_article": (
        "not_article",
        "are articles",
        "are not articles",
        'Leave them out: exclude(documents, {"not an article": documents["not_article"].notna()}) '
        "gives the rows and the account. Look at some of them first. " + _LEAVE_OUT,
    ),
}

CHECKS = {"check": TEXT, "is_fine": FLAG, "what": TEXT, "what_to_do": TEXT}


class Check(NamedTuple):
    """One row of the table of checks; is_fine is None where it cannot be determined."""

    check: str
    is_fine: bool | None
    what: str
    what_to_do: str | None = None


def check_setup(folder: str | Path = "../data/articles") -> pd.DataFrame:
    """Checks of the set-up: what was found, and what to do where it is not fine.

    One row per check.

    `folder` is where your own articles are, or will be. check: python, packages (the versions installed
    against requirements-lock.txt), models, kernel (this project's environment and library), charts (their
    font, and that no window opens), sample, articles, exports, disk. Files are counted, not read; nothing
    asks a network. Run it in a notebook of the project, or in the project's folder.

    Columns: check, is_fine (NA where it cannot be determined), what, what_to_do (NA where it is fine).

    >>> checks = onrecord.check_setup("articles")
    >>> checks.loc[checks["check"] == "articles", "what"].tolist()
    ['1 file to read in articles.']
    """
    library = Path(str(resources.files("onrecord"))).resolve()
    here = Path.cwd()
    project = next((place for place in (here, *here.parents) if (place / _SAMPLE).is_dir()), here)
    rows = [
        check_python(sys.version_info[:2]),
        check_packages(library.parents[1] / "requirements-lock.txt", _installed()),
        check_models(library / "models"),
        check_kernel(project, library, Path(sys.prefix)),
        check_charts(),
        check_sample(project / _SAMPLE),
        check_articles(Path(folder)),
        check_exports(project / "exports"),
        check_disk(shutil.disk_usage(project).free),
    ]
    return as_table(rows, CHECKS)


def check_documents(documents: pd.DataFrame) -> pd.DataFrame:
    """Checks of the articles read: what some of them lack, and what to do.

    One row per check.

    Needs what read_documents returns. check: text, outlet, published, language, duplicates, not_article
    (comments, very short texts, lists of links, leftovers of pages). Columns as in check_setup. Nothing is
    left out of `documents`: see exclude. Raises ValueError without an article.

    >>> import onrecord
    >>> rows = pd.DataFrame({"doc_id": ["a"], "text": ["The lock is shut."], "outlet": ["The Halm Courier"]})
    >>> from onrecord.corpus.not_articles import add_not_article
    >>> rows = add_not_article(rows.assign(published=pd.NaT, language="en", duplicate_of=pd.NA))
    >>> check_documents(rows).set_index("check")["what"]["not_article"]
    '1 of 1 articles are not articles (very short text: 1).'
    """
    require(documents, [*_DOCUMENTS, "doc_id"], table="documents")
    if documents.empty:
        raise ValueError(
            "no article was read, so there is nothing to count. Put your files into the folder that ARTICLES "
            "names, by hand or with onrecord.show_upload, and run all cells again; "
            "onrecord.read_corpus(ARTICLES).report says of each file why it was not read, and what to do."
        )
    lacking = {
        "text": documents["text"].isna(),
        "outlet": documents["outlet"].isna(),
        "published": documents["published"].isna(),
        "language": documents["language"].ne("en").fillna(False),
        "duplicate_of": documents["duplicate_of"].notna(),
        "not_article": documents["not_article"].notna(),
    }
    n, rows = len(documents), []
    for name, (check, fine, lack, remedy) in _DOCUMENTS.items():
        count = int(lacking[name].sum())
        which = _kinds_of(documents) if name == "not_article" else ""
        what = f"{count:,} of {n:,} articles {lack}{which}." if count else f"All {n:,} articles {fine}."
        rows.append(Check(check, not count, what, remedy if count else None))
    return as_table(rows, CHECKS)


def _kinds_of(documents: pd.DataFrame) -> str:
    """The kinds of rows that are not articles, and the outlet that has most of them."""
    marked = documents[documents["not_article"].notna()]
    kinds = ", ".join(f"{kind}: {n:,}" for kind, n in marked["not_article"].value_counts().items())
    outlets = marked["outlet"].value_counts()
    if outlets.empty or len(marked) < 2:
        return f" ({kinds})"
    most, n_all = outlets.index[0], int((documents["outlet"] == outlets.index[0]).sum())
    return f" ({kinds}; most of them of {most}: {outlets.iloc[0]:,} of its {n_all:,} rows)"


def check_python(version: tuple[int, int]) -> Check:
    oldest = ".".join(map(str, OLDEST_PYTHON))
    if version >= OLDEST_PYTHON:
        return Check("python", True, f"Python is {oldest} or newer.")
    what = f"Python is {version[0]}.{version[1]}; {oldest} is the oldest that works."
    return Check("python", False, what, "Install a newer Python, delete the folder .venv, then: make lab.")


def check_packages(lock: Path, installed: dict[str, str]) -> Check:
    """Compare what is installed with `lock`.

    What it wants on some systems only may be absent.
    """
    if not lock.is_file():
        what = "The list of tested versions is not there: the library was installed apart from its project."
        return Check("packages", None, what, "To be sure of the figures, start with make lab.")
    pinned = re.findall(r"^([a-z0-9-]+)==([^\s;\\]+)( *;)?", lock.read_text(encoding="utf-8"), re.M)
    missing = [name for name, _, is_for_some in pinned if name not in installed and not is_for_some]
    other = [
        f"{name} {installed[name]} in place of {version}"
        for name, version, _ in pinned
        if name in installed and installed[name] != version
    ]
    if not missing and not other:
        return Check("packages", True, "Every package has the version that was tested.")
    wrong = [*(f"{name} is missing" for name in missing), *other]
    more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
    what = f"Packages differ from those tested: {', '.join(wrong[:3])}{more}. Figures may differ, too."
    return Check("packages", False, what, "Close JupyterLab, delete the folder .venv, then: make lab.")


def check_models(folder: Path) -> Check:
    """Read each model once through, against the sums of its parts."""
    for name in MODELS:
        try:
            with zipfile.ZipFile(folder / name) as model:
                is_whole = model.testzip() is None
        except (OSError, zipfile.BadZipFile):
            is_whole = False
        if not is_whole:
            return Check("models", False, f"The model {name} is missing or damaged.", _FETCH)
    return Check("models", True, "The models can be read.")


def check_kernel(project: Path, library: Path, prefix: Path) -> Check:
    """Is it the project's own library that runs?

    And in the project's environment, where it has one.
    """
    environment, own = project / ".venv", project / "lib" / "onrecord"
    remedy = "Close JupyterLab and start it with make lab, in the folder that this notebook belongs to."
    if own.is_dir() and own.resolve() != library:
        return Check("kernel", False, f"The library that runs is another copy: {library}.", remedy)
    if environment.is_dir() and environment.resolve() != prefix.resolve():
        return Check("kernel", False, f"The notebook runs in another environment: {prefix}.", remedy)
    return Check("kernel", True, "The notebook runs the project's own library.")


def check_charts(backend: str | None = None) -> Check:
    # Imported here: the checks also run where the extra charts is not installed.
    try:
        import matplotlib.pyplot as plt
        from matplotlib import font_manager, get_backend
        from matplotlib.backends.registry import BackendFilter, backend_registry

        from onrecord.charts.frame import STYLE
    except ModuleNotFoundError as error:
        what = f"Charts cannot be drawn: {error.name} is not installed."
        return Check("charts", False, what, 'pip install "onrecord[charts]"')
    backend = get_backend() if backend is None else backend
    with plt.style.context(STYLE):
        fonts = plt.rcParams["font.family"]
    for font in fonts:
        try:
            font_manager.findfont(font, fallback_to_default=False)
        except ValueError:
            what = f"The font of the charts is missing: {font}. Labels may not fit."
            return Check("charts", False, what, "Close JupyterLab, delete the folder .venv, then: make lab.")
    if backend.lower() in backend_registry.list_builtin(BackendFilter.INTERACTIVE):
        what = f"Charts would open in windows of their own ({backend})."
        return Check("charts", False, what, "Run a cell with %matplotlib inline.")
    return Check("charts", True, "Charts can be drawn.")


def check_sample(folder: Path) -> Check:
    n = len(list_files(folder)) if folder.is_dir() else 0
    if n:
        return Check("sample", True, f"The {n} sample articles are there.")
    remedy = "Open the notebook in the folder notebooks of the project; if you did: " + _FETCH
    return Check("sample", False, "The sample articles are not there.", remedy)


def check_articles(folder: Path) -> Check:
    name = folder.as_posix()
    if not folder.is_dir():
        is_file = folder.exists()
        what = f"{name} is a file, not a folder." if is_file else f"The folder {name} was not found."
        remedy = "Make it, or write another folder; until then read the sample."
        return Check("articles", False, what, "Write the folder that the file is in." if is_file else remedy)
    files = [one for one in list_files(folder) if one.path != folder and one.path.stem.upper() != "README"]
    closed = [one for one in files if one.reason or not os.access(one.path, os.R_OK)]
    if closed:
        what = (
            f"{len(closed):,} of {len(files):,} files in {name} cannot be opened, such as {closed[0].label}."
        )
        remedy = (
            f"{closed[0].reason or 'Change their permissions'}; onrecord.read_corpus says why of each file."
        )
        return Check("articles", False, what, remedy[0].upper() + remedy[1:])
    if not files:
        return Check("articles", True, f"{name} is empty: put your articles there, or read the sample.")
    return Check("articles", True, f"{len(files):,} file{'s' if len(files) != 1 else ''} to read in {name}.")


def check_exports(folder: Path) -> Check:
    try:
        # Only writing a file shows it: permissions alone do not know of a full or locked disk.
        with tempfile.TemporaryFile(dir=folder if folder.exists() else folder.parent) as file:
            file.write(b"x")
    except OSError as error:
        what = f"Nothing can be written to {folder}: {error.strerror}."
        return Check("exports", False, what, 'Name another folder in EXPORTS, as in Path("charts").')
    return Check("exports", True, "Charts and tables can be written to exports.")


def check_disk(n_free: int) -> Check:
    if n_free >= ENOUGH_BYTES:
        return Check("disk", True, f"{ENOUGH_BYTES / 1e9:g} GB or more is free.")
    what = f"{n_free / 1e6:,.0f} MB are free: too little for a large corpus and its charts."
    return Check("disk", False, what, "Delete what you no longer need, or move the project to another disk.")


def _installed() -> dict[str, str]:
    return {re.sub(r"[-_.]+", "-", one.name).lower(): one.version for one in metadata.distributions()}
