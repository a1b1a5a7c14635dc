"""Reading what users have: files of every usual format to one table of documents, with a report."""

from onrecord.readers.corpus import Corpus, read_corpus, read_documents, stream_corpus

__all__ = ["Corpus", "read_corpus", "read_documents", "stream_corpus"]
