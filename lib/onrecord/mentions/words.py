"""The closed classes of words that determine how a mention is read."""

from __future__ import annotations

import re

from onrecord.wordlists import word_set

PRONOUNS = word_set(
    """he she they it who which that i we you him her them his their its himself herself themselves itself
    this whom whose us me my our your hers theirs"""
)
PLURAL_PRONOUNS = word_set("they them their we us our")
AFTER_PRONOUN = word_set("and , himself themselves both all two or")
NOBODY = word_set("anything something everything nothing there here")
LEADING = word_set(
    """from by to with of for in at on and but that according per via among like when as said both"""
)
HEDGES = word_set("""nearly almost around about roughly approximately more fewer less at up some""")
FOCUS = word_set("only just even particularly especially")
THIRD_PERSON = word_set("is was has had gives gave makes made allows allowed lets shows showed means")
DEFINITE = word_set("the this that these those such said")
OWNER = word_set("his her their its my our your whose")
INDEFINITE = word_set("a an another")
COUNTED = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
NUMBERS = dict(zip(COUNTED.split(" "), range(21), strict=True)) | {"both": 2, "dozen": 12}
GROUP_NUMBERS = {"pair": 2, "couple": 2, "duo": 2, "trio": 3}
NUMBER_START = re.compile(r"(?i)(?:(?:in|out of|of) )?(?:\d|(?:" + "|".join(NUMBERS) + r")\b)")
VAGUE = word_set(
    """some many most several few all any each every other others various multiple numerous countless
    certain more fewer less enough no fellow dozens hundreds thousands millions scores much both half
    plenty"""
)
QUANTITIES = word_set(
    """number majority dozens hundreds thousands millions scores handful handfuls lot lots plurality couple
    pair series host slew percent percentage half third quarter quarters most some many few several all
    any each either neither none both rest minority array range wave bunch cluster group groups thirds
    fraction proportion share chorus variety slice mix section sections collection trio majorities tens
    bulk crop"""
)
STOPS = word_set(
    """of in at for from with on to by about including like as into against between among near under within
    who whom whose which that because when where while during before after over across outside inside
    around without through via per behind beyond toward towards amid upon since until than is was are
    were has have had will would could should can may might did do does said says told not familiar
    close privy aware present loyal opposed critical responsible able eager unable likely based known
    seen held made given taken written sent led worried concerned if so but whether versus alongside
    concerning regarding following throughout despite except aboard off up down out here there today
    yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday i we he she they it you
    unhappy upset angry sympathetic hostile ready willing supposed due"""
)
AFTERTHOUGHTS = word_set("""each both alike too also together himself herself themselves itself alone then""")
NOT_AFTER_THAT = PRONOUNS | DEFINITE | INDEFINITE | OWNER | STOPS | VAGUE | QUANTITIES | THIRD_PERSON
NO_CONTENT = frozenset('“”"‘')
