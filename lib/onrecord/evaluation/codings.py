"""Codings: the answers of coders to the items of a coding sheet."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from onrecord.choices import require_choice
from onrecord.evaluation.annotations import codings_of_annotations
from onrecord.evaluation.coding_columns import CODINGS, check_coder
from onrecord.evaluation.coding_sheet import FORMS, NAMINGS, TONES
from onrecord.evaluation.workbook import read_coding_workbook
from onrecord.tables import TEXT, as_table, require
from onrecord.text.characters import spelled

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

# Files written before tone was coded in the same way do not have its column.
_REQUIRED = [name for name in CODINGS if name != "tone"]


def save_coding(
    path: str | Path,
    item_id: str,
    *,
    coder: str,
    is_right: bool = True,
    form: str | None = None,
    naming: str | None = None,
    speaker: str | None = None,
    tone: str | None = None,
) -> Path:
    """Append one answer to the CSV file `path`, flushed to disk; return the path.

    is_right=False means that the item is not an attribution. form, naming, speaker and tone are the coder's
    values; None keeps the machine's value. When the file is read, a second answer to an item replaces the
    first. Raises ValueError for a value outside the codebook, for a blank coder, and for a tone in a file
    without the column tone.
    """
    for name, value, known in (("form", form, FORMS), ("naming", naming, NAMINGS), ("tone", tone, TONES)):
        if value is not None:
            require_choice(name, value, known)
    check_coder(coder)
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    now = pd.Timestamp.now(tz="UTC").isoformat(timespec="seconds")
    row = {"item_id": item_id, "coder": coder, "is_right": is_right, "form": form, "naming": naming}
    row |= {"speaker": speaker, "coded_at": now, "tone": tone}
    columns = _header(path) or list(CODINGS)
    if missing := [name for name in _REQUIRED if name not in columns]:
        raise ValueError(_not_ours(path, f"column {missing[0]!r} not found"))
    if tone is not None and "tone" not in columns:
        raise ValueError(f"{path} has no column 'tone'; save the tones in a new file.")
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        if file.tell() == 0:
            writer.writerow(columns)
        elif not _ends_a_line(path):  # edited by hand
            file.write("\n")
        writer.writerow([row.get(name) for name in columns])
        file.flush()
        os.fsync(file.fileno())
    return path


def _header(path: Path) -> list[str]:
    if not path.exists():
        return []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return next(csv.reader(file), [])
    except (ValueError, csv.Error) as error:
        raise ValueError(_not_ours(path, str(error))) from None


def _ends_a_line(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read() in (b"\n", b"\r")


def _not_ours(path: Path, reason: str) -> str:
    return (
        f"{spelled(path)} is not a file of codings ({spelled(reason)}). Save it as CSV in UTF-8 with commas, "
        "with the columns that it had."
    )


def read_codings(paths: str | Path | Iterable[str | Path]) -> pd.DataFrame:
    """Codings from one file or several: the last answer of each coder per item.

    One row per item and coder. `paths` are CSV files that show_coding writes, or XLSX workbooks of
    save_coding_sheet (a row of a workbook without any choice is not coded and has no row here).

    Columns: item_id; coder; is_right (False: not an attribution); form, naming, speaker and tone (NA: the
    coder kept the machine's value, or was not asked); coded_at (UTC; NA in a workbook). A CSV file that
    does not exist yet gives no rows.

    Raises ValueError for a file that was not written by these functions, for a cell with an unknown value or
    a formula, and for a value of a workbook that contradicts another; FileNotFoundError for a missing
    workbook.

    >>> onrecord.read_codings("not-coded-yet.csv").shape[0]
    0
    """
    found = []
    for path in map(Path, [paths] if isinstance(paths, (str, Path)) else paths):
        if path.suffix.lower() == ".xlsx":
            found.append(read_coding_workbook(path))
        elif path.exists():
            found.append(_read_csv(path))
    if not found:
        return as_table([], CODINGS)
    table = pd.concat(found, ignore_index=True).drop_duplicates(["item_id", "coder"], keep="last")
    return table.reset_index(drop=True)


def _read_csv(path: Path) -> pd.DataFrame:
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8-sig")
        require(frame, _REQUIRED, table="it")
    except (ValueError, pd.errors.ParserError) as error:
        raise ValueError(_not_ours(path, str(error))) from None
    is_right = frame["is_right"].str.lower()  # a spreadsheet writes TRUE
    coded_at = pd.to_datetime(frame["coded_at"], utc=True, errors="coerce", format="mixed")
    coded_at = coded_at.where(coded_at.dt.year.between(1970, 2200))  # no others can be stored, or meant
    for name, is_wrong, expected in (
        ("item_id", frame["item_id"].isna(), "an item of the sheet"),
        ("is_right", ~is_right.isin(["true", "false"]), "True or False"),
        ("coded_at", coded_at.isna() & frame["coded_at"].notna(), "a date and time, or empty"),
        *(
            (name, frame[name].notna() & ~frame[name].isin(known), f"empty or one of {', '.join(known)}")
            for name, known in (("form", FORMS), ("naming", NAMINGS), ("tone", TONES))
            if name in frame
        ),
    ):
        if is_wrong.any():
            row = int(is_wrong.to_numpy().argmax())
            raise ValueError(
                f"{spelled(path)}, row {row + 2}: {name} must be {expected}, not "
                f"{spelled(frame[name].fillna('').iloc[row])!r}. Correct this cell."
            )
    frame = frame.assign(is_right=is_right.eq("true"), coded_at=coded_at)
    return as_table({name: frame[name].tolist() for name in CODINGS if name in frame}, CODINGS)


def codings_of(
    sheet: pd.DataFrame,
    *,
    coder: str = "machine",
    column: str | None = None,
    margin: float = 0.0,
    analysis: Analysis | None = None,
    annotations: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Codings that the machine, a score or annotations give to the items of a sheet.

    One row per item. Without `column`: form, naming and speaker as the sheet of an analysis contains them,
    in the columns of read_codings. With `column`: the tone by that column, in the columns item_id, coder
    and tone. Words (target_tone) are taken as they are. Numbers (polarity) are negative below -`margin`,
    positive above `margin`, and otherwise neutral. A number that is NA, because the lexicon contains no
    word of the text, is neutral.

    With `annotations` (as in compare_annotations) and the `analysis` that the sheet was drawn from: what was
    annotated by hand, in the columns of read_codings. is_right is False where less than half of the item's
    words are annotated; form, naming and speaker (the source) are NA where no annotation matches the item.
    Items of articles without annotations are left out.

    Raises ValueError for a missing column, for annotations without an analysis, and as compare_annotations
    does.

    >>> sheet = onrecord.coding_sheet(analysis.sentences, 5)
    >>> scored = onrecord.add_tone(sheet.drop(columns="tone"))
    >>> onrecord.codings_of(scored, coder="TextBlob", column="polarity")["coder"].unique().tolist()
    ['TextBlob']
    >>> sheet = onrecord.coding_sheet(analysis, 10)
    >>> row = dict(analysis.spans.query("role == 'content'").iloc[0])
    >>> row |= {"form": "direct", "naming": "named", "source": "Ann Reed"}
    >>> by_hand = {"analysis": analysis, "annotations": pd.DataFrame([row])}
    >>> onrecord.codings_of(sheet, coder="annotation", **by_hand)["coder"].unique().tolist()
    ['annotation']
    """
    if annotations is not None:
        if analysis is None:
            raise ValueError("analysis must be the analysis that the sheet was drawn from, not None.")
        return codings_of_annotations(analysis, annotations, sheet, coder)
    if column is None:
        require(sheet, ["item_id", "form", "naming", "speaker"], table="sheet")
        values = {name: sheet[name].tolist() for name in ("item_id", "form", "naming", "speaker")}
        return as_table(values | {"coder": [coder] * len(sheet), "is_right": [True] * len(sheet)}, CODINGS)
    require(sheet, ["item_id", column], table="sheet")
    tone = sheet[column]
    if pd.api.types.is_numeric_dtype(tone):
        score = tone.astype("Float64").fillna(0.0).to_numpy(dtype=float)
        words = np.select([score < -margin, score > margin], ["negative", "positive"], "neutral")
        tone = pd.Series(words)
    return pd.DataFrame({"item_id": sheet["item_id"].array, "coder": coder, "tone": tone.astype(TEXT).array})
