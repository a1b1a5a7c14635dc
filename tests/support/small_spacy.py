"""A spaCy pipeline of the shape of the small English one, with random weights: for what it costs.

Tagger and parser listen to one embedding (width 96, depth 4), the entity recogniser has its own, as in
en_core_web_sm; labels are as many. The Gender Gap Tracker's extractor runs on such a pipeline.
"""

from __future__ import annotations


def small_english_pipeline():
    """Return the pipeline, set up with random weights; raises ImportError where spaCy is not installed."""
    import spacy
    from spacy.training import Example

    embedding = {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "pretrained_vectors": None,
        "width": 96,
        "depth": 4,
        "embed_size": 2000,
        "window_size": 1,
        "maxout_pieces": 3,
        "subword_features": True,
    }
    heard = {"@architectures": "spacy.Tok2VecListener.v1", "width": 96}
    transitions = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
    }
    nlp = spacy.blank("en")
    nlp.add_pipe("tok2vec", config={"model": embedding})
    tagger = nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": heard}})
    parser = nlp.add_pipe(
        "parser",
        config={"model": {**transitions, "state_type": "parser", "tok2vec": heard}},
    )
    ner = nlp.add_pipe(
        "ner",
        config={"model": {**transitions, "state_type": "ner", "tok2vec": embedding}},
    )
    for i in range(49):
        tagger.add_label(f"T{i}")
    for i in range(44):
        parser.add_label(f"d{i}")
    for i in range(18):
        ner.add_label(f"E{i}")
    doc = nlp.make_doc("Rain fell on Ellin.")
    gold = {
        "tags": [f"T{i}" for i in range(5)],
        "heads": [1, 1, 1, 2, 1],
        "deps": [f"d{i}" for i in range(5)],
        "entities": [(13, 18, "E1")],
    }
    nlp.initialize(lambda: [Example.from_dict(doc, gold)])
    return nlp
