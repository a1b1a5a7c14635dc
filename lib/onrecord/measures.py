"""Measures: shares, means and counts of an analysis, each with its denominator, n and interval.

Attributions of one article resemble each other, so an interval that treats them as independent is
too narrow. Whatever counts inside articles is therefore resampled by article: an article comes with
all its attributions or not at all. What counts articles themselves has Wilson's interval.

Every function takes `by`: None (one row for the whole corpus), any column of documents, or "week",
"month" or "quarter" of the publication date. Groups stand in sorted order, articles without a value last.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from onrecord.tables import require

if TYPE_CHECKING:
    from onrecord.analysis import Analysis

SEED = 20230807
N_RESAMPLES = 2000
TOO_FEW = 5  # articles: below, a group is too small to say how far its figure would vary

PEOPLE = ["person", "group"]
DEFINITIONS = {
    "strict": ["anonymous"],
    "standard": ["anonymous", "unnamed", "collective"],
    "broad": ["anonymous", "unnamed", "collective", "spokesperson", "identifiable"],
}
"""The three nested definitions of an unnamed source, of persons and groups, by the codebook."""

UNSPECIFIC_REASONS = ["none", "boilerplate"]
FLAGS = [
    "has_no_source",
    "is_single_source",
    "is_anonymous_only",
    "is_anonymous_lead",
    "is_anonymous_first_quotation",
    "has_marker",
    "has_reason",
]

_Z = NormalDist().inv_cdf(0.975)


# -- intervals -------------------------------------------------------------------------------------


def wilson_interval(n_hits: int, n: int) -> tuple[float, float]:
    """Return the 95 % interval of the share n_hits / n of n independent articles; NA for n = 0.

    Source: Wilson 1927; worked examples in Newcombe 1998, method 3.
    """
    if n == 0:
        return np.nan, np.nan
    share, z2 = n_hits / n, _Z**2
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = _Z * np.sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def resample_sums(sums: np.ndarray, n_resamples: int = N_RESAMPLES, seed: int = SEED) -> np.ndarray:
    """Return the column totals of `n_resamples` resamples of the articles (resamples x columns).

    `sums` has one row an article and one column a count; each resample draws as many articles as
    there are, with replacement. The order of the articles makes no difference to the result.
    """
    sums = np.asarray(sums, dtype=float)
    n = len(sums)
    sums = sums[np.lexsort(sums.T)]
    rng = np.random.default_rng(seed)
    chunk = max(1, 2**20 // n)
    totals = []
    for first in range(0, n_resamples, chunk):
        rows = min(chunk, n_resamples - first)
        drawn = rng.integers(n, size=(rows, n)) + np.arange(rows)[:, None] * n
        times = np.bincount(drawn.ravel(), minlength=rows * n).reshape(rows, n)
        totals.append(times @ sums)
    return np.concatenate(totals)


def ratio_interval(hits: np.ndarray, base: np.ndarray, *, is_share: bool = True) -> tuple[float, float]:
    """Return the 95 % interval of sum(hits) / sum(base), where each row is one article.

    The standard error is that of the resampled ratios; Student's t with one degree of freedom less
    than articles widens it for small corpora, and a share is taken on the logit scale, so that the
    interval keeps within 0 and 1. (In simulation with clustered attributions the plain percentile
    interval of 12 articles covers the truth 83 to 90 % of the time, this one 93 to 95 %.) A share
    of exactly 0 or 1 does not vary under resampling: it gets Wilson's interval over articles, the
    widest that clustering allows. Below five articles with a base the interval is NA.
    """
    used = base > 0
    hits, base = hits[used], base[used]
    n = len(base)
    if n < TOO_FEW:
        return np.nan, np.nan
    ratio = hits.sum() / base.sum()
    if is_share and ratio in (0.0, 1.0):
        return wilson_interval(round(ratio) * n, n)
    totals = resample_sums(np.column_stack([hits, base]))
    half = _student(n - 1) * np.std(totals[:, 0] / totals[:, 1]) * np.sqrt(n / (n - 1))
    if not is_share:
        return ratio - half, ratio + half
    logit, half = np.log(ratio / (1 - ratio)), half / (ratio * (1 - ratio))
    low, high = 1 / (1 + np.exp(-np.array([logit - half, logit + half])))
    return float(low), float(high)


def _student(df: int) -> float:
    """Return the .975 quantile of Student's t by its expansion around the normal (within .3 % from df 4)."""
    z = _Z
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return z + sum(term / df**power for power, term in enumerate(terms, 1))


# -- shares ----------------------------------------------------------------------------------------


def share_unnamed(
    analysis: Analysis, *, of: str = "sources", by: str | None = None, people_only: bool = False
) -> pd.DataFrame:
    """Return one row a group and definition: the share of its sources that stay unnamed.

    `of` is the denominator: sources, attributions, words (quoted), or articles (with at least one
    unnamed source). Each is a finding of its own. All attributions count, also those without a
    known speaker; with people_only the denominator keeps sources that are persons or groups. The
    narrator, and sources of form none, are no sources.

    Columns: `by` (if given), definition (strict, standard, broad: always all three), n_hits, the
    denominator n_<of>, share_of_<of> (0 to 1, NA without a denominator), low and high (95 %, NA
    below five articles), n_articles (that hold the denominator).
    """
    if of not in ("sources", "attributions", "words", "articles"):
        raise ValueError(f"of={of!r}: take one of sources, attributions, words, articles.")
    units = _units(analysis, "sources" if of == "articles" else of)
    is_person = units["source_form"].isin(PEOPLE)
    hits = pd.DataFrame(
        {name: units["naming"].isin(values) & is_person for name, values in DEFINITIONS.items()}
    )
    if people_only:
        units, hits = units[is_person], hits[is_person]
    sums = _article_sums(analysis, units, hits)
    if of == "articles":
        hits = sums[list(DEFINITIONS)] > 0
        base = sums["base"] > 0 if people_only else pd.Series(True, sums.index)
        sums = hits.assign(base=base).astype(float)
    return _shares(analysis, sums, by=by, label="definition", of=of)


def share_each(
    analysis: Analysis, column: str, *, of: str = "attributions", by: str | None = None
) -> pd.DataFrame:
    """Return one row a group and value of `column`: the share of attributions that have that value.

    `of` is attributions, words (quoted), sources, or unnamed_sources (by the standard definition).
    `column` is a column of attributions or of sources; the form of a source is source_form.
    Attributions where the column is NA are no part of the denominator: the share of neutral
    reporting words is one of attributions with a cue.

    Columns: `by` (if given), `column`, n_hits, n_<of>, share_of_<of>, low, high (95 %, NA below five
    articles), n_articles, n_unknown (attributions left out because the column is NA).
    """
    units = _units(analysis, of)
    require(units, [column], table=of)
    known = units[units[column].notna()]
    hits = pd.get_dummies(known[column])
    if column == "description_level":
        hits = hits.reindex(columns=range(4), fill_value=False)
    shares = _shares(analysis, _article_sums(analysis, known, hits), by=by, label=column, of=of)
    unknown = _article_sums(analysis, units, pd.DataFrame({"n_unknown": units[column].isna()}))["n_unknown"]
    if by is None:
        return shares.assign(n_unknown=int(unknown.sum()))
    counts = unknown.groupby(_groups(analysis, by), dropna=False).sum().astype("Int64")
    return shares.merge(counts.rename("n_unknown"), left_on=by, right_index=True, how="left", validate="m:1")


def share_reasons(analysis: Analysis, *, by: str | None = None) -> pd.DataFrame:
    """Return one row a group and kind of reason: the share of unnamed sources for which it is given.

    reason is "given" (any reason) or "specific" (neither boilerplate such as "not authorised to
    speak" nor "the sensitivity of the matter"). Denominator: sources unnamed by the standard
    definition. Columns as in share_unnamed, with reason in place of definition.
    """
    units = _units(analysis, "unnamed_sources")
    given = units["reason"].notna()
    hits = pd.DataFrame(
        {"given": given, "specific": given & ~units["reason_class"].fillna("other").isin(UNSPECIFIC_REASONS)}
    )
    return _shares(
        analysis, _article_sums(analysis, units, hits), by=by, label="reason", of="unnamed_sources"
    )


def add_flags(analysis: Analysis) -> pd.DataFrame:
    """Return the documents with the article flags of the codebook added (boolean).

    has_no_source; is_single_source; is_anonymous_only: every attribution to a person or group is
    unnamed by the standard definition (False where there is none); is_anonymous_lead: the first
    attribution is; is_anonymous_first_quotation: the first direct or mixed one is; has_marker;
    has_reason.
    """
    sources = _units(analysis, "sources")
    said = _units(analysis, "attributions").sort_values(["doc_id", "attribution_id"], kind="stable")
    said["is_unnamed"] = _is_unnamed(said)
    first = said.drop_duplicates("doc_id").set_index("doc_id")["is_unnamed"]
    quoted = (
        said[said["form"].isin(["direct", "mixed"])]
        .drop_duplicates("doc_id")
        .set_index("doc_id")["is_unnamed"]
    )
    people = said[said["source_form"].isin(PEOPLE)].groupby("doc_id")["is_unnamed"].all()
    n_sources = sources.groupby("doc_id").size()
    flags = {
        "is_anonymous_only": people,
        "is_anonymous_lead": first,
        "is_anonymous_first_quotation": quoted,
        "has_marker": sources.groupby("doc_id")["marker"].agg(lambda column: column.notna().any()),
        "has_reason": sources.groupby("doc_id")["reason"].agg(lambda column: column.notna().any()),
    }
    ids = analysis.documents["doc_id"]
    counts = ids.map(n_sources).fillna(0)
    columns = {"has_no_source": counts == 0, "is_single_source": counts == 1}
    columns |= {name: ids.map(flag).astype("boolean").fillna(False) for name, flag in flags.items()}
    return analysis.documents.assign(**{name: columns[name].astype("boolean") for name in FLAGS})


def share_flags(analysis: Analysis, *, by: str | None = None) -> pd.DataFrame:
    """Return one row a group and article flag: the share of articles that carry it, with Wilson's interval.

    Columns: `by` (if given), flag (as in add_flags), n_hits, n_articles, share_of_articles, low, high.
    """
    flags = add_flags(analysis).set_index("doc_id")[FLAGS].astype(float)
    return _shares(analysis, flags.assign(base=1.0), by=by, label="flag", of="articles")


def mean_tone(
    frame: pd.DataFrame,
    documents: pd.DataFrame,
    *,
    column: str = "polarity",
    by: str | list[str] | None = None,
) -> pd.DataFrame:
    """Return one row a group: the mean tone of the rows of `frame` (sentences, attributions, articles).

    Needs doc_id and `column` (NA where no word is known: such rows are left out and counted). `by`
    is a column of `frame`, a column of documents, "week", "month" or "quarter", or a list of these.
    A mean over texts of one article is resampled by article, like a share.

    Columns: those of `by`, mean_<column>, low, high (95 %, NA below five articles), n_texts,
    n_unknown, n_articles.
    """
    require(frame, ["doc_id", column], table="frame")
    names = [by] if isinstance(by, str) else list(by or [])
    value = frame[column].astype("Float64")
    known = value.notna()
    counted = {"hits": value.fillna(0).astype(float), "base": known.astype(float), "n_unknown": ~known}
    keys = {
        name: frame[name] if name in frame.columns else frame["doc_id"].map(_groups_of(documents, name))
        for name in names
    }
    sums = pd.DataFrame({"doc_id": frame["doc_id"], **keys, **counted})
    sums = sums.groupby([*names, "doc_id"], dropna=False, as_index=False).sum()
    parts = sums.groupby(names, dropna=False, sort=True) if names else [((), sums)] * min(1, len(sums))
    found = []
    for group, part in parts:
        n_texts = int(part["base"].sum())
        mean = part["hits"].sum() / n_texts if n_texts else np.nan
        low, high = ratio_interval(part["hits"].to_numpy(), part["base"].to_numpy(), is_share=False)
        n_unknown, n_articles = int(part["n_unknown"].sum()), int((part["base"] > 0).sum())
        found.append((*group, mean, low, high, n_texts, n_unknown, n_articles))
    columns = [*names, f"mean_{column}", "low", "high", "n_texts", "n_unknown", "n_articles"]
    return pd.DataFrame(found, columns=columns)


# -- counts ----------------------------------------------------------------------------------------


def count_speakers(analysis: Analysis, *, by: str | None = None) -> pd.DataFrame:
    """Return one row a named speaker (and group), the most widely quoted first.

    The same canonical name in several articles is one speaker. Columns: `by` (if given), name,
    n_articles, n_attributions, n_words_quoted, share_of_attributions (of all attributions to named
    sources of the group).
    """
    named = analysis.sources[analysis.sources["name"].notna()]
    keys = ["name"] if by is None else [by, "name"]
    if by is not None:
        named = named.assign(**{by: named["doc_id"].map(_groups(analysis, by))})
    table = named.groupby(keys, dropna=False, as_index=False).agg(
        n_articles=("doc_id", "nunique"),
        n_attributions=("n_attributions", "sum"),
        n_words_quoted=("n_words_quoted", "sum"),
    )
    total = (
        table["n_attributions"].sum()
        if by is None
        else table.groupby(by, dropna=False)["n_attributions"].transform("sum")
    )
    table["share_of_attributions"] = (table["n_attributions"] / total).astype("Float64")
    order = ["n_articles", "n_attributions", "name"]
    return table.sort_values(order, ascending=[False, False, True], kind="stable", ignore_index=True)


def find_unnamed(analysis: Analysis, *, definition: str = "standard") -> pd.DataFrame:
    """Return one row an unnamed source: the rows of analysis.sources that the definition covers."""
    sources = analysis.sources
    return sources[sources["naming"].isin(DEFINITIONS[definition]) & sources["form"].isin(PEOPLE)]


def count_unnamed(analysis: Analysis, *, by: list[str], definition: str = "standard") -> pd.DataFrame:
    """Return one row a combination of the groups `by`: how many unnamed sources its articles have.

    Columns: those of `by`, n_unnamed, n_articles. Combinations without an article have no row.
    """
    groups = pd.concat([_groups(analysis, name) for name in by], axis=1)
    counts = find_unnamed(analysis, definition=definition).groupby("doc_id").size()
    counts = counts.reindex(groups.index, fill_value=0)
    table = groups.assign(n_unnamed=counts, n_articles=1)
    return table.groupby(by, as_index=False, dropna=False)[["n_unnamed", "n_articles"]].sum()


def count_bins(frame: pd.DataFrame, *, column: str = "polarity", by: str, width: float = 0.2) -> pd.DataFrame:
    """Return one row a group and step of `column`: how many rows of `frame` fall in it.

    Steps of `width` run from -1 to 1, half open, the last one closed; rows without a value are left
    out. Columns: `by`, start, end, n_texts, share_of_texts (of the group's rows with a value).
    """
    require(frame, [by, column], table="frame")
    known = frame[frame[column].notna()]
    edges = np.linspace(-1, 1, round(2 / width) + 1)
    found = []
    for group, part in known.groupby(by, sort=True):
        n_texts, _ = np.histogram(part[column].to_numpy(dtype=float), edges)
        found.append(pd.DataFrame({by: group, "start": edges[:-1], "end": edges[1:], "n_texts": n_texts}))
    if not found:
        return pd.DataFrame(columns=[by, "start", "end", "n_texts", "share_of_texts"])
    table = pd.concat(found, ignore_index=True)
    return table.assign(share_of_texts=table["n_texts"] / table.groupby(by)["n_texts"].transform("sum"))


# -- from tables to sums per article ---------------------------------------------------------------


def _units(analysis: Analysis, of: str) -> pd.DataFrame:
    """Return the rows that `of` counts, with their weight and the columns of their source."""
    sources = analysis.sources.rename(columns={"form": "source_form"})
    sources = sources[~sources["source_form"].isin(["narrator", "none"])]
    if of == "sources":
        return sources.assign(weight=1.0)
    if of == "unnamed_sources":
        return sources[_is_unnamed(sources)].assign(weight=1.0)
    if of not in ("attributions", "words"):
        raise ValueError(f"of={of!r}: take one of attributions, words, sources, unnamed_sources.")
    about = sources.drop(columns=["n_attributions", "n_words_quoted"])
    said = analysis.attributions.merge(about, on=["doc_id", "source_id"], how="left", validate="m:1")
    weight = said["n_words_quoted"].fillna(0).astype(float) if of == "words" else 1.0
    return said.assign(weight=weight)


def _is_unnamed(units: pd.DataFrame) -> pd.Series:
    return units["naming"].isin(DEFINITIONS["standard"]) & units["source_form"].isin(PEOPLE)


def _article_sums(analysis: Analysis, units: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    """Return one row an article: the weight of each column of `hits`, and of all units as base."""
    weight = units["weight"].to_numpy(dtype=float)
    sums = hits.astype(float).mul(weight, axis=0).assign(base=weight)
    sums = sums.groupby(units["doc_id"].to_numpy()).sum()
    return sums.reindex(analysis.documents["doc_id"].to_numpy(), fill_value=0.0)


def _groups(analysis: Analysis, by: str) -> pd.Series:
    return _groups_of(analysis.documents, by)


def _groups_of(documents: pd.DataFrame, by: str) -> pd.Series:
    """Return the group of each article, indexed by doc_id."""
    if by in ("week", "month", "quarter"):
        require(documents, ["published"], table="documents")
        day = pd.to_datetime(documents["published"], utc=True).dt.tz_localize(None)
        if by == "quarter":
            values = day.dt.to_period("Q").astype("string")
        elif by == "month":
            values = day.dt.strftime("%Y-%m").astype("string")
        else:
            monday = day - pd.to_timedelta(day.dt.day_of_week, unit="D")
            values = monday.dt.strftime("%Y-%m-%d").astype("string")
    else:
        require(documents, [by], table="documents")
        values = documents[by]
    return pd.Series(values.array, index=documents["doc_id"].to_numpy(), name=by)


def _shares(analysis: Analysis, sums: pd.DataFrame, *, by: str | None, label: str, of: str) -> pd.DataFrame:
    """Return one row a group and column of `sums`: its share of the base, with n and interval."""
    values = [name for name in sums.columns if name != "base"]
    groups = pd.Series("all", sums.index) if by is None else _groups(analysis, by)
    found = []
    for group, part in sums.groupby(groups.to_numpy(), dropna=False, sort=True):
        base = part["base"].to_numpy()
        n, n_articles = int(base.sum()), int((base > 0).sum())
        for value in values:
            hits = part[value].to_numpy()
            n_hits = int(hits.sum())
            low, high = wilson_interval(n_hits, n) if of == "articles" else ratio_interval(hits, base)
            found.append((group, value, n_hits, n, n_hits / n if n else np.nan, low, high, n_articles))
    names = [by or "group", label, "n_hits", f"n_{of}", f"share_of_{of}", "low", "high", "n_articles"]
    table = pd.DataFrame(found, columns=names)
    table = table.loc[:, ~table.columns.duplicated()]  # of articles, the denominator is n_articles itself
    return table if by else table.drop(columns="group")
