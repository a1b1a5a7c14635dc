"""One article as one page, with the sentence and the rule of each judgement."""
