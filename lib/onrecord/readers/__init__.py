"""Reading what users have.

Files of every usual format to one table of documents, with a read report.
"""

from onrecord.readers.corpus import ReadResult, read_corpus, read_documents, stream_corpus

__all__ = ["ReadResult", "read_corpus", "read_documents", "stream_corpus"]
