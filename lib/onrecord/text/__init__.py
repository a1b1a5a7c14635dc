"""Text of one article: paragraphs, sentences, tokens, quoted spans, boilerplate.

Nothing here depends on sources or attributions.
"""
