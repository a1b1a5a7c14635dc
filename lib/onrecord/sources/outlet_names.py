"""Names that sound like those of outlets, on a list or not."""

from __future__ import annotations

import re

OUTLET_LIKE = re.compile(
    r"\b(?:News|Times|Post|Journal|Daily|Tribune|Herald|Gazette|Magazine|Chronicle|TV|Television"
    r"|Radio|Press|Courier"
    r"|Mail|Telegraph|Review|Today|Bulletin|Observer|Sentinel|Examiner|Newswire|Broadcasting"
    r"|Channel \d+|FM)\b"
    r"(?! (?:Office|Association|Club|Secretary|Corp|Council))|\.(?:com|org|net|co\.uk)$"
)
