"""Sphinx: how the pages become the site. The build is started by docs/make_site.py."""

from __future__ import annotations

import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE))

from function_pages import by_group, read_entries  # noqa: E402

project = "On the Record"
author = "The onrecord authors"
copyright = "the onrecord authors, MIT licence"
version = re.search(r'^__version__ = "(.+)"$', (ROOT / "lib/onrecord/__init__.py").read_text(), re.M)[1]
release = version
language = "en-GB"

extensions = ["myst_nb", "links"]
source_suffix = {".md": "myst-nb", ".ipynb": "myst-nb"}
root_doc = "index"

# Nothing is executed, and nothing is requested from another machine.
nb_execution_mode = "off"
nb_ipywidgets_js = {}
nb_code_prompt_show = "Show code"
nb_code_prompt_hide = "Hide code"
myst_enable_extensions = ["colon_fence", "html_image", "attrs_inline"]
myst_heading_anchors = 4
python_maximum_signature_line_length = 72
toc_object_entries = False

html_theme = "pydata_sphinx_theme"
html_title = "On the Record"
html_static_path = ["static"]
templates_path = ["templates"]
html_favicon = "static/mark.svg"
html_context = {"default_mode": "auto", "function_groups": by_group(read_entries(ROOT))}
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_use_index = False
html_domain_indices = False
html_show_search_summary = False
html_last_updated_fmt = None
WITHOUT_SIDEBAR = ("index", "search", "docs/start", "docs/gallery")  # nothing is below them
html_sidebars = {**dict.fromkeys(WITHOUT_SIDEBAR, ()), "**": ["sidebar-nav-bs"]}
html_theme_options = {
    "logo": {"text": "On the Record", "image_light": "mark.svg", "image_dark": "mark.svg", "alt_text": ""},
    "header_links_before_dropdown": 8,
    "navbar_align": "left",
    "navbar_end": ["theme-switcher"],
    "navbar_persistent": ["search-button-field"],
    "collapse_navigation": True,
    "navigation_depth": 3,
    "show_nav_level": 1,
    "show_toc_level": 2,
    "secondary_sidebar_items": ["page-toc"],
    "article_header_start": ["breadcrumbs"],
    "primary_sidebar_end": [],
    "footer_start": ["copyright"],
    "footer_center": [],
    "footer_end": [],
    "search_bar_text": "Search functions, notebooks, how-tos …",
    "show_prev_next": True,
    "back_to_top_button": False,
}
