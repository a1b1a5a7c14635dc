"""Who speaks in the news, who stays unnamed, and how it sounds, as tables.

The public names below load their module at first use, so that importing the package costs little.
"""

from difflib import get_close_matches
from importlib import import_module
from inspect import isfunction

from onrecord.extras import name_extra
from onrecord.guard import checked

_PUBLIC = {
    # Read and prepare
    "readers": "ReadResult read_corpus read_documents",
    "corpus.duplicates": "find_duplicates",
    "corpus.topics": "add_topics",
    "corpus.exclusions": "exclude",
    "text.boilerplate": "find_boilerplate",
    # Analyse
    "wordlists": "load_lists",
    "analysis": "Analysis analyse",
    "sources.names": "add_names",
    "voices": "split_voices",
    "passages": "find_passages",
    # Measure
    "measures.acts": "select_acts",
    "measures.shares": "share_each share_flags share_identified share_reasons share_unnamed",
    "measures.differences": "compare_shares",
    "measures.counts": "count_speakers count_unnamed find_unnamed",
    "measures.flags": "add_flags",
    "measures.means": "count_bins mean_tone",
    "measures.positions": "find_positions",
    "measures.disclosures": "count_disclosures",
    "measures.diversity": "compare_speakers diversity_of_speakers",
    "measures.co_quotation": "count_co_quoted",
    # Tone
    "tone.scores": "add_tone find_tone_words",
    "tone.arcs": "compare_topic_words tone_within",
    "tone.targets": "add_target_tone share_target_tone target_tone",
    "tone.find_targets": "find_targets",
    # Framing
    "framing.stance": "count_cues share_stance",
    "framing.distance": "rate_scare_quotes share_scare_quoted",
    "framing.keyness": "compare_words",
    "framing.labels": "find_labels share_labels",
    "framing.wordings": "find_wordings rate_wordings",
    "framing.events": "find_events",
    "framing.same_news": "count_event_sources match_statements",
    # Draw
    "charts.bars": "plot_counts plot_parts plot_shares",
    "charts.dots": "plot_differences plot_means plot_points",
    "charts.sides": "plot_keyness",
    "charts.lines": "plot_over_time plot_panels plot_timeline",
    "charts.curves": "plot_curves",
    "charts.grids": "plot_barcode plot_grid",
    "charts.spread": "plot_bins",
    "charts.network": "plot_network",
    # Export
    "export.chart_files": "save_chart",
    "export.tables": "save_table",
    "export.quotations": "list_quotations",
    "export.statements": "sourced_statements",
    "export.provenance": "provenance",
    # Check by hand
    "evaluation.annotations": "compare_annotations",
    "evaluation.coding_sheet": "coding_sheet",
    "evaluation.workbook": "save_coding_sheet",
    "evaluation.codings": "codings_of read_codings",
    "evaluation.agreement": "agreement count_confusions",
    "evaluation.adjudication": "find_disagreements",
    "evaluation.corrections": "apply_corrections corrected_share",
    # In the notebook
    "notebook.loading": "load_articles",
    "notebook.checks": "check_documents check_setup",
    "notebook.upload": "show_upload",
    "notebook.show": "show_passages show_table",
    "notebook.article": "save_article show_article",
    "notebook.browse": "browse",
    "notebook.filters": "filter_attributions keyword_in_context",
    "notebook.coding_form": "show_coding",
    "one_article.show": "show_one_article",
    "reports.run": "write_report",
    "workbench.page": "show_workbench",
    # Scale
    "scale.run": "analyse_corpus",
    "scale.corpus": "AnalysedCorpus open_corpus",
}
_MODULE_OF = {name: module for module, names in _PUBLIC.items() for name in names.split()}

__all__ = sorted(_MODULE_OF)
__version__ = "0.2.0"


def __getattr__(name: str) -> object:
    if name not in _MODULE_OF:
        close = get_close_matches(name, __all__, n=3)
        hint = f"Did you mean {' or '.join(close)}?" if close else f"it has {', '.join(__all__)}"
        raise AttributeError(f"onrecord has no {name!r}. {hint}")
    with name_extra():
        value: object = getattr(import_module(f"onrecord.{_MODULE_OF[name]}"), name)
    if isfunction(value):
        value = checked(value)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
