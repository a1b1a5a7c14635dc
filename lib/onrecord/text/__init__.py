"""One article read: marks, paragraphs, sentences, tokens, furniture, language, copies. Knows of no source."""
