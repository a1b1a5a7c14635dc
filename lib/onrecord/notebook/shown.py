"""What a notebook displays: HTML, and plain text outside a notebook."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.text.characters import spelled


@dataclass(frozen=True)
class Shown:
    """Display in a notebook: `html`, and `plain` where HTML cannot be shown."""

    html: str
    plain: str

    def _repr_html_(self) -> str:
        # News contains amounts such as $5 and $6, which JupyterLab would set as mathematics.
        return f'<div class="tex2jax_ignore">{self.html}</div>'

    def __repr__(self) -> str:
        return spelled(self.plain)  # a terminal would obey control characters
