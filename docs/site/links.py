"""Links from the names of functions to their pages, in prose and in the code of notebooks."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.nodes import make_refnode
from stage import DESCRIPTIONS

_NAME = re.compile(r"(?:onrecord\.)?([A-Za-z_]\w+)(?:\(.*\))?")
_CODE = re.compile(
    r'(<span class="n">onrecord</span><span class="o">\.</span>)(<span class="n">(\w+)</span>)'
)
# Markdown requires a head of every table. An empty one would be read aloud.
_EMPTY_HEAD = re.compile(
    r'<thead>\s*<tr[^>]*>(?:\s*<th class="head[^"]*">(?:<p></p>)?</th>)+\s*</tr>\s*</thead>'
)
_SIGNATURE = re.compile(r'<dt class="sig.*?</dt>', re.S)


class LinkFunctions(SphinxPostTransform):
    """Link `share_unnamed` in prose to the page of the function."""

    default_priority = 700

    def run(self, **kwargs: Any) -> None:
        objects = self.env.domains.python_domain.objects
        for node in list(self.document.findall(nodes.literal)):
            match = _NAME.fullmatch(node.astext())
            found = objects.get(f"onrecord.{match[1]}") if match else None
            if found is None or found.docname == self.env.docname or _is_linked(node):
                continue
            node.replace_self(self._reference(found, node.deepcopy()))
        if self.env.docname.startswith("docs/functions/"):
            self._link_words(objects)

    def _reference(self, found: Any, words: nodes.Node) -> nodes.reference:
        return make_refnode(self.app.builder, self.env.docname, found.docname, found.node_id, [words])

    def _link_words(self, objects: dict[str, Any]) -> None:
        """Link the names of functions in the words of a docstring, which have no marks of code."""
        for text in list(self.document.findall(nodes.Text)):
            if _is_linked(text) or not isinstance(text.parent, nodes.paragraph):
                continue
            parts: list[nodes.Node] = []
            for piece in re.split(r"(\w+_\w+)", text.astext()):
                found = objects.get(f"onrecord.{piece}")
                is_other = found is not None and found.docname != self.env.docname
                parts.append(self._reference(found, nodes.Text(piece)) if is_other else nodes.Text(piece))
            text.parent.replace(text, parts)


def _is_linked(node: nodes.Node) -> bool:
    parent = node.parent
    while parent is not None:
        if isinstance(parent, nodes.reference | nodes.title):
            return True
        parent = parent.parent
    return False


def link_code(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Link `onrecord.share_unnamed` in the code of a page to the page of the function."""
    objects = app.env.domains.python_domain.objects

    def linked(match: re.Match[str]) -> str:
        found = objects.get(f"onrecord.{match[3]}")
        if found is None or found.docname == pagename:
            return match[0]
        return f'{match[1]}<a class="in-code" href="{context["pathto"](found.docname)}">{match[2]}</a>'

    if "body" in context:
        body = _EMPTY_HEAD.sub("", _SIGNATURE.sub(_lines_of, context["body"]))
        context["body"] = _CODE.sub(linked, body)


def _lines_of(signature: re.Match[str]) -> str:
    """Return a signature with its parameters as lines, in place of a list of definitions without terms."""
    lines = re.sub(r"<dd>(.*?)</dd>", r'<span class="sig-line">\1</span>', signature[0], flags=re.S)
    return re.sub(r"</?dl>", "", lines)


def copy_descriptions(app: Sphinx, error: Exception | None) -> None:
    """Put the descriptions of pages beside the script that shows them in the results of a search."""
    made = Path(app.srcdir, DESCRIPTIONS)
    if error is None and made.exists():
        shutil.copyfile(made, Path(app.outdir, "_static", DESCRIPTIONS))


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_post_transform(LinkFunctions)
    app.connect("html-page-context", link_code)
    app.connect("build-finished", copy_descriptions)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
