"""HTML in which buttons can be chosen, and the choice is passed to Python.

ipywidgets has no table and no chart that can be clicked. Here a choice is a button of the HTML with a value,
and a hidden field of ipywidgets carries it to Python.
"""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as widgets

# Writes the value of the button into the hidden field. The time makes two choices of one button differ.
_PICK = (
    "const b=event.target.closest('button[data-value],a.number');if(b){event.preventDefault();"
    "const f=this.closest('.onrecord-picker').querySelector('.onrecord-picked input');"
    "window.onrecordLast=b.dataset.value;"
    "f.value=(b.dataset.value||'number:'+b.textContent)+' '+performance.now();"
    "f.dispatchEvent(new Event('change',{bubbles:true}))}"
)
# The HTML is drawn anew after a choice, so that the keyboard would be back at the top of the page.
_REFOCUS = (
    "<style onload=\"const v=window.onrecordLast,p=this.closest('.onrecord-picker');"
    "if(v!==undefined&&p&&document.activeElement===document.body)"
    "{const b=[...p.querySelectorAll('button')].find(b=>b.dataset.value===v);"
    'if(b){window.onrecordLast=undefined;b.focus({preventScroll:true})}}"></style>'
)


class Picker(widgets.VBox):
    """A display of HTML whose buttons call `picked` with their value.

    A button is written as `<button type="button" data-value="7">`. Values are words of the program, never
    words of an article. `picked` must check them, as with any input. The number of an attribution in the
    display of an article is a choice, too: "number:7".
    """

    def __init__(self, picked: Callable[[str], None]) -> None:
        self._picked = picked
        self._html = widgets.HTML()
        self._field = widgets.Text(continuous_update=False, layout=widgets.Layout(display="none"))
        self._field.add_class("onrecord-picked")
        self._field.observe(self._take, "value")
        super().__init__([self._html, self._field])
        self.add_class("onrecord-picker")

    def show(self, html: str) -> None:
        """Display `html`, whose words are escaped."""
        self._html.value = f'<div onclick="{_PICK}">{html}{_REFOCUS}</div>' if html else ""

    def _take(self, change: dict) -> None:
        value = change["new"].rpartition(" ")[0]
        if value:
            self._picked(value)
