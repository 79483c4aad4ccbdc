"""A pane that shows lines of text, and draws each of them once."""

from __future__ import annotations

from io import StringIO

from rich.console import Console
from rich.text import Text
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from factcheck.render.layout import Page

#: Columns left free at the right edge for the scroll bar, and before it.
BAR = 2
_NARROWEST = 10


def page(width: int, colour: bool) -> Page:
    """A page to lay out on, `width` columns wide, which nothing is written to."""
    return Page(
        Console(
            file=StringIO(),
            width=max(_NARROWEST, width),
            color_system="truecolor" if colour else None,
        )
    )


class LinesView(ScrollView, can_focus=True):
    """A scrolling pane of lines; a subclass makes the text of each.

    `width` is how many columns a line may take. `line_text` is asked once for every line, until
    `redraw` or `redraw_lines` says that it has changed.
    """

    ALLOW_SELECT = False

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 (as textual calls it)
        super().__init__(id=id)
        self._strips: dict[int, Strip] = {}
        self._laid: int | None = None

    @property
    def width(self) -> int:
        """Columns of a line, with the scroll bar's column left free."""
        return max(_NARROWEST, self.container_size.width - BAR)

    def lay(self) -> None:
        """Lay everything out anew, because the width or the text has changed."""
        raise NotImplementedError

    def line_text(self, number: int) -> Text:
        """The line of that number, from 0."""
        raise NotImplementedError

    def redraw(self, height: int) -> None:
        """All `height` lines may have changed."""
        self._strips.clear()
        self.virtual_size = Size(self.width, height)
        self.refresh()

    def redraw_lines(self, numbers: range | set[int]) -> None:
        """These lines have changed, and no others."""
        for number in numbers:
            self._strips.pop(number, None)
        self.refresh()

    def show_lines(self, lines: range, margin: int = 2) -> None:
        """Scroll as little as needed to have `lines` in view, with a margin where it fits."""
        height = self.scrollable_content_region.height
        top = self.scroll_offset.y
        first, last = lines.start - margin, lines.stop + margin
        if last - first > height:
            first, last = lines.start, min(lines.stop, lines.start + height)
        if first < top:
            self.scroll_to(y=max(0, first), animate=False, immediate=True)
        elif last > top + height:
            self.scroll_to(y=last - height, animate=False, immediate=True)

    def on_resize(self) -> None:
        """Lay out again, if the width is another."""
        if self._laid != self.width and self.container_size.width:
            self._laid = self.width
            self.lay()

    def notify_style_update(self) -> None:
        """Another theme: every line has other colours."""
        super().notify_style_update()
        self._strips.clear()

    def render_line(self, y: int) -> Strip:
        """The line at `y` of the window."""
        number = self.scroll_offset.y + y
        width = self.size.width
        style = self.rich_style
        if number >= self.virtual_size.height:
            return Strip.blank(width, style)
        strip = self._strips.get(number)
        if strip is None:
            # assembled, because a text renders the style of its whole only as a part of another
            text = Text.assemble(self.line_text(number), end="")
            strip = Strip(text.render(self.app.console)).apply_style(style)
            self._strips[number] = strip
        return strip.adjust_cell_length(width, style)
