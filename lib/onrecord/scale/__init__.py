"""Scale: corpora larger than memory, in worker processes or on a cluster."""
