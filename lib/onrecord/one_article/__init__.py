"""One article as one page: what it rests on, with the sentence and the rule of each judgement."""
