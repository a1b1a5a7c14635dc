"""What a user does, from the first file to the last chart; run by test_private.py without a network."""

import sys
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import matplotlib

matplotlib.use("agg")
import duckdb
from distributed import Client, LocalCluster

import onrecord
from onrecord.corpus.language import add_language


def everything(sample: Path, exports: Path) -> None:
    for module in walk_packages(onrecord.__path__, "onrecord."):
        import_module(module.name)
    for name in onrecord.__all__:
        getattr(onrecord, name)

    mixed = onrecord.read_corpus(sample / "mixed")
    assert len(mixed.documents) > 40
    documents = onrecord.read_documents(sample / "articles")
    analysis = onrecord.analyse(add_language(documents))
    analysis.save(exports / "analysis")
    onrecord.add_tone(analysis.sentences)
    onrecord.add_target_tone(analysis.sentences.head(50).assign(start=0, end=3))
    rates = onrecord.share_unnamed(analysis, by="outlet")
    ax = onrecord.plot_shares(rates, title="How often sources stay unnamed")
    onrecord.save_chart(ax, exports / "unnamed", data=rates, source="48 invented articles")
    onrecord.show_table(rates)._repr_html_()
    onrecord.show_passages(onrecord.find_passages(analysis))._repr_html_()
    assert duckdb.sql("select count(*) from rates").fetchall()[0][0] == len(rates)
    # Without a host, distributed asks the system for its outward address.
    with (
        LocalCluster(n_workers=1, host="127.0.0.1", dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        assert client.submit(len, rates).result() == len(rates)
    print("done")


if __name__ == "__main__":  # worker processes load this file again
    everything(Path(sys.argv[1]), Path(sys.argv[2]))
