"""Accuracy on articles that were annotated by hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from onrecord.choices import require_choice
from onrecord.evaluation.annotation_offsets import add_offsets, check_articles
from onrecord.evaluation.coding_columns import CODINGS
from onrecord.evaluation.scoring import match_attributions
from onrecord.measures.intervals import interval_around, ratio_interval, resample_sums
from onrecord.measures.units import groups_of
from onrecord.records import Attribution
from onrecord.tables import as_table, require

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

MEASURES = (
    "precision",
    "recall",
    "f1",
    "speaker",
    "act",
    "naming",
    "sector",
    "gender",
    "title",
    "justification",
)
FIELDS = ("sector", "gender", "title", "justification")  # of a source; measured where annotations has them
_WORDS = re.compile(r"\w+")
_IN_WORDS = ("title", "justification")
ROLES = ("content", "cue", "source")
_KEY = ["doc_id", "attribution_id"]
_CODED = ["form", "naming", "source"]


def compare_annotations(
    analysis: Analysis, annotations: pd.DataFrame, *, by: str | None = None, per: str = "measure"
) -> pd.DataFrame:
    """Accuracy of the machine on annotated articles. One row per group and measure.

    `annotations` has one row per annotated span and the columns doc_id, attribution_id, role (content, cue,
    source), text, form, naming and source, as in data/sample/annotations.csv; naming and source may be NA.
    start and end are the offsets of the span. Where they are missing they are found by the words: a content
    after the content before it, a cue or source at the occurrence nearest to its content. Only articles
    with annotations count. `by` is form, naming (of the attribution itself: as found for precision, as
    annotated for the other measures) or a column of documents.

    measure: precision (of the attributions found, those at least half of whose content is annotated),
    recall (of those annotated, those at least half of whose content was found), f1 (of both), speaker
    (of the annotated ones found, those whose source mention shares a word with the annotated one),
    act (of the annotated attributions found, those with the same act; only where annotations has the
    column act), naming (of the annotated sources found, those with the same naming; not given by form).
    Where annotations has the columns sector, gender, title or justification, each is a measure, too: of the
    annotated sources found that have a value by hand, those with the same one. A title or a justification
    is the same where half of the words of both are in common.

    Columns: `by` (if given), measure, n_hits (NA for f1), n_cases, share_right (0 to 1, NA without a
    case), low, high (95% interval, resampled by article; NA below five articles), n_articles.

    With per="source" one row per annotated source that was found, which is where the speaker of one of its
    attributions is right; the machine's source is the one behind most of these attributions. Columns:
    doc_id, source, naming (both as annotated), source_id, description, found_naming (all three as found);
    sector, gender, title and justification in the same way where annotations has them.

    Raises ValueError for another `per`, a missing column, an article that was not analysed, an unknown role,
    and an annotation whose words are not at its offsets.

    >>> text = documents["text"].iloc[0]
    >>> row = {"doc_id": documents["doc_id"].iloc[0], "attribution_id": 0, "role": "content"}
    >>> row |= {"text": text[:40], "form": "indirect", "naming": pd.NA, "source": pd.NA}
    >>> onrecord.compare_annotations(analysis, pd.DataFrame([row]))["measure"].tolist()
    ['precision', 'recall', 'f1', 'speaker', 'naming']
    """
    require_choice("per", per, ("measure", "source"))
    gold, found = _matched(analysis, annotations)
    if per == "source":
        return _sources_found(analysis, gold)
    spoken = gold[gold["is_covered"] & gold["is_speaker_right"].notna()]
    parts = [
        found.assign(measure="precision", hit=found["is_right"]),
        gold.assign(measure="recall", hit=gold["is_covered"]),
        spoken.assign(measure="speaker", hit=spoken["is_speaker_right"].astype(bool)),
    ]
    if "act" in gold:
        acts = gold[gold["is_covered"] & gold["found_act"].notna()]
        parts.append(acts.assign(measure="act", hit=acts["act"] == acts["found_act"]))
    if by != "form":
        sources = _sources_found(analysis, gold)
        parts.append(sources.assign(measure="naming", hit=sources["naming"] == sources["found_naming"]))
        for field in FIELDS:
            if field in sources:
                coded = sources[sources[field].notna()]
                parts.append(coded.assign(measure=field, hit=_same(coded, field)))
    cases = pd.concat(parts, ignore_index=True)
    if by is None:
        cases["group"] = "all"
    elif by in ("form", "naming"):
        cases = cases.rename(columns={by: "group"})
    else:
        cases["group"] = cases["doc_id"].map(groups_of(analysis.documents, by))
    left_out = {"naming": by == "form", "act": "act" not in gold}
    left_out |= {field: by == "form" or field not in gold for field in FIELDS}
    table = _scores(cases, [name for name in MEASURES if not left_out.get(name)])
    return table.drop(columns="group") if by is None else table.rename(columns={"group": by})


def codings_of_annotations(
    analysis: Analysis, annotations: pd.DataFrame, sheet: pd.DataFrame, coder: str
) -> pd.DataFrame:
    """Codings that annotations by hand give to the items of a sheet; see codings_of."""
    require(sheet, ["item_id", *_KEY], table="sheet")
    gold, found = _matched(analysis, annotations)
    gold = gold.dropna(subset=["found_id"]).drop_duplicates(["doc_id", "found_id"])
    gold = gold[["doc_id", "found_id", *_CODED]].rename(columns={"found_id": "attribution_id"})
    items = sheet[["item_id", *_KEY]].merge(found[[*_KEY, "is_right"]], on=_KEY, validate="1:1")
    items = items.merge(gold, on=_KEY, how="left", validate="1:1")
    said = items[_CODED].where(items["is_right"])
    coded = items[["item_id", "is_right"]].join(said).rename(columns={"source": "speaker"})
    coded["coder"] = coder
    return as_table({name: coded[name].tolist() for name in CODINGS if name in coded}, CODINGS)


def _matched(analysis: Analysis, annotations: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The annotated and the found attributions, with their matches."""
    require(annotations, [*_KEY, "role", "text", *_CODED], table="annotations")
    if not {"start", "end"} <= set(annotations) or annotations[["start", "end"]].isna().any(axis=None):
        annotations = add_offsets(annotations, analysis.documents)
    texts = dict(zip(analysis.documents["doc_id"], analysis.documents["text"].fillna(""), strict=True))
    annotations = annotations.astype({"doc_id": "string"})
    check_articles(annotations, texts)
    _check_rows(annotations, texts)
    wanted = annotations["doc_id"].unique()
    sources = analysis.sources[["doc_id", "source_id", "naming"]]
    found = analysis.attributions[analysis.attributions["doc_id"].isin(wanted)]
    found = found.merge(sources, on=["doc_id", "source_id"], how="left", validate="m:1")
    found = found[[*_KEY, "form", "act", "naming", "source_id"]]
    coded = [*_CODED, *(name for name in ("act", *FIELDS) if name in annotations.columns)]
    gold = annotations.drop_duplicates(_KEY)[[*_KEY, *coded]].sort_values(_KEY, ignore_index=True)
    ours = _attributions(gold, annotations)
    theirs = _attributions(found, analysis.spans)
    right: list[tuple] = []
    covered: list[tuple] = []
    for doc_id in gold["doc_id"].unique():
        numbers = list(theirs.get(doc_id, {}))
        matches = match_attributions(
            texts[doc_id], list(ours[doc_id].values()), list(theirs.get(doc_id, {}).values())
        )
        right += [(doc_id, k, is_right) for k, is_right in zip(numbers, matches.is_right, strict=True)]
        partners = [None if k is None else numbers[k] for k in matches.partner]
        covered += zip(matches.is_covered, partners, matches.is_speaker_right, strict=True)
    names = ["is_covered", "found_id", "is_speaker_right"]
    matched = pd.DataFrame(covered, columns=names, index=gold.index, dtype=object)
    gold = gold.join(matched.astype(dict(zip(names, [bool, "Int64", "boolean"], strict=True))))
    about = found[[*_KEY, "source_id", "act"]].rename(
        columns={"attribution_id": "found_id", "act": "found_act"}
    )
    gold = gold.merge(about, on=["doc_id", "found_id"], how="left", validate="m:1")
    is_right = pd.DataFrame(right, columns=[*_KEY, "is_right"]).astype({"doc_id": "string"})
    return gold, found.merge(is_right, on=_KEY, validate="1:1")


def _check_rows(annotations: pd.DataFrame, texts: dict[str, str]) -> None:
    columns = ["doc_id", "role", "start", "end", "text"]
    for number, (doc_id, role, start, end, words) in enumerate(
        annotations[columns].itertuples(index=False), 1
    ):
        if role not in ROLES:
            raise ValueError(
                f"annotations, row {number}: role must be one of {', '.join(ROLES)}, not {role!r}."
            )
        found = texts[doc_id][int(start) : int(end)]
        if found != words:
            raise ValueError(
                f"annotations, row {number}: the text of {doc_id!r} from {start} to {end} is {found!r}, not "
                f"{words!r}. Offsets count the characters of documents.text; leave out the columns start and "
                "end to have them found."
            )
    contents = annotations.loc[annotations["role"] == "content", _KEY].drop_duplicates()
    both = annotations[_KEY].drop_duplicates().merge(contents, on=_KEY, how="left", indicator=True)
    if (bare := both[both["_merge"] == "left_only"]).size:
        doc_id, number = bare[_KEY].iloc[0]
        raise ValueError(
            f"annotations: attribution {number} of {doc_id!r} has no row with the role content; add one "
            "with the attributed words."
        )


def _attributions(table: pd.DataFrame, spans: pd.DataFrame) -> dict[str, dict[int, Attribution]]:
    """The attributions of `table`, with their spans, by article and number."""
    of_attribution: dict[tuple, dict[str, list]] = {}
    for doc_id, number, role, start, end in spans[[*_KEY, "role", "start", "end"]].itertuples(index=False):
        of_attribution.setdefault((doc_id, number), {}).setdefault(role, []).append((start, end))
    found: dict[str, dict[int, Attribution]] = {}
    for doc_id, number, form in table[[*_KEY, "form"]].itertuples(index=False):
        of_role = of_attribution[doc_id, number]
        cue, source = (min(of_role[role]) if role in of_role else None for role in ("cue", "source"))
        attribution = Attribution(
            content=sorted(of_role["content"]),
            cue=cue,
            source=source,
            form=form,
            is_closed=True,
            probability=1.0,
        )
        found.setdefault(doc_id, {})[number] = attribution
    return found


def _sources_found(analysis: Analysis, gold: pd.DataFrame) -> pd.DataFrame:
    known = gold[gold["is_speaker_right"].fillna(False) & gold["source"].notna() & gold["source_id"].notna()]
    sizes = known.groupby(["doc_id", "source", "source_id"], sort=False).size().rename("n")
    counts = sizes.reset_index().sort_values("n", ascending=False, kind="stable")
    best = counts.drop_duplicates(["doc_id", "source"]).drop(columns="n")
    fields = ["naming", *(field for field in FIELDS if field in gold)]
    coded = gold.drop_duplicates(["doc_id", "source"])[["doc_id", "source", *fields]]
    about = analysis.sources[["doc_id", "source_id", "description", *fields]]
    about = about.rename(columns={field: f"found_{field}" for field in fields})
    table = best.merge(coded, on=["doc_id", "source"], validate="1:1").merge(
        about, on=["doc_id", "source_id"], validate="m:1"
    )
    found = [f"found_{field}" for field in fields]
    return table[["doc_id", "source", *fields, "source_id", "description", *found]]


def _same(sources: pd.DataFrame, field: str) -> pd.Series:
    """Whether each source has the annotated value of `field`."""
    coded, found = sources[field], sources[f"found_{field}"]
    if field not in _IN_WORDS:
        return (coded == found).fillna(False).astype(bool)
    pairs = zip(coded.fillna(""), found.fillna(""), strict=True)
    return pd.Series([_alike(first, second) for first, second in pairs], coded.index, dtype=bool)


def _alike(first: str, second: str) -> bool:
    """Whether half of the words of two phrases are in common: their F1 is at least .5."""
    a, b = (set(_WORDS.findall(words.lower())) for words in (first, second))
    return bool(a and b) and 2 * len(a & b) >= 0.5 * (len(a) + len(b))


def _scores(cases: pd.DataFrame, measures: list[str]) -> pd.DataFrame:
    """The share of hits of `cases` by group and measure."""
    sums = cases.groupby(["group", "doc_id", "measure"], dropna=False)["hit"].agg(["sum", "size"])
    rows = []
    for group, part in sums.groupby(level="group", dropna=False, sort=True):
        hits, n = (
            part[name].droplevel("group").unstack(fill_value=0).reindex(columns=measures, fill_value=0)
            for name in ("sum", "size")
        )
        for measure in measures:
            if measure == "f1":
                rows.append((group, measure, pd.NA, *_f1(hits, n)))
                continue
            h, base = hits[measure].to_numpy(dtype=float), n[measure].to_numpy(dtype=float)
            total = base.sum()
            share = h.sum() / total if total else np.nan
            rows.append(
                (group, measure, int(h.sum()), int(total), share, *ratio_interval(h, base), (base > 0).sum())
            )
    names = ["group", "measure", "n_hits", "n_cases", "share_right", "low", "high", "n_articles"]
    return pd.DataFrame(rows, columns=names).astype({"n_hits": "Int64"})


def _f1(hits: pd.DataFrame, n: pd.DataFrame) -> tuple:
    """Cases, F1, its interval and the number of articles."""
    pair = ["precision", "recall"]
    counts = np.concatenate([hits[pair].to_numpy(float), n[pair].to_numpy(float)], axis=1)
    counts = counts[counts[:, 2:].sum(axis=1) > 0]

    def f1(sums: np.ndarray) -> np.ndarray:
        with np.errstate(divide="ignore", invalid="ignore"):
            precision, recall = (sums[..., :2] / sums[..., 2:]).T
            return 2 * precision * recall / (precision + recall)

    value = f1(counts.sum(axis=0))
    base = counts[:, 2:].sum(axis=1)
    low, high = interval_around(value, f1(resample_sums(counts)), base, is_share=True)
    return int(base.sum()), value, float(low), float(high), len(counts)
