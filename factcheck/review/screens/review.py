"""The review itself: the article on the left, the chosen claim and its evidence on the right."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import DescendantFocus
from textual.widgets import Footer

from factcheck.records import Article, Claim
from factcheck.render.claims import place
from factcheck.render.safe import plain
from factcheck.review.desk import Desk
from factcheck.review.events import Checked, Event, Extracted, Failed, Found, Reading
from factcheck.review.filters import Filter
from factcheck.review.screens.asking import Asking
from factcheck.review.widgets.article import ArticlePane
from factcheck.review.widgets.finding import FindingPane, Shown
from factcheck.review.widgets.status import Problem, Standing, StatusBar, TitleBar
from factcheck.session import Entry

#: Columns below which there is room for one pane only.
ONE_PANE = 70
#: Columns from which the line of keys has room for the palette's.
ROOMY = 90
#: Rows below which the title gives way.
LOW = 16
#: Seconds for which findings are gathered before they are drawn.
GATHERED = 0.05


class ReviewScreen(Asking):
    """What is shown follows the desk's session; the place of the reader is theirs."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,shift+tab", "switch", "Other pane", show=False),
        Binding("v", "verdict", "Verdict", tooltip="Your own verdict"),
        Binding("n", "note", "Note", tooltip="Your note"),
        Binding("slash", "search", "Search", tooltip="Search again, with your words"),
        Binding("o", "open", "Open", tooltip="Open the passage in its document"),
        Binding("O", "outside", "Open the document in its application", show=False),
        Binding("a", "neutral", "All passages, or those that decide", show=False),
        Binding("J,ctrl+down,right_square_bracket", "step(1)", "Next claim", show=False),
        Binding("K,ctrl+up,left_square_bracket", "step(-1)", "Previous claim", show=False),
        Binding("f", "filter", "Filter", tooltip="Which claims to go through"),
        Binding("r", "recheck", "Check again: article and index are read anew", show=False),
        Binding("L", "lost", "Verdicts whose claims the article no longer has", show=False),
        Binding("t", "app.light", "Light or dark", show=False),
        Binding("question_mark", "help", "Help", tooltip="The keys and the signs"),
        Binding("q", "leave", "Quit", tooltip="Leave; all you decided is saved"),
        Binding("u", "undo", "Undo", tooltip="Take your last step back"),
        Binding("e", "export", "Export", tooltip="Write the report"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._filter = Filter.ALL
        self._at: int | None = None
        self._at_finding = False
        self._article: Article | None = None
        self._claim: Claim | None = None
        self._came: set[int] = set()
        self._checked = 0
        self._known = False
        self._checking = True

    def compose(self) -> ComposeResult:
        """Title, panes, status and keys."""
        yield TitleBar()
        with Horizontal(id="panes"):
            yield ArticlePane("article")
            yield FindingPane("finding")
        yield Problem()
        yield StatusBar()
        yield Footer(compact=True)

    def on_mount(self) -> None:
        """Show what there is, and let the check begin."""
        self.article.border_title = "Article"
        self.finding.border_title = "Claim and evidence"
        self.article.focus()
        self._known = bool(self.desk.session.entries)
        self._reload()
        self.desk.start(self._hear)

    @property
    def article(self) -> ArticlePane:
        """The pane on the left."""
        return self.query_one(ArticlePane)

    @property
    def finding(self) -> FindingPane:
        """The pane on the right."""
        return self.query_one(FindingPane)

    @property
    def status(self) -> StatusBar:
        """The line below."""
        return self.query_one(StatusBar)

    @property
    def selected(self) -> int | None:
        """The number of the chosen claim."""
        return self._at

    @property
    def filter(self) -> Filter:
        """Which claims are gone through."""
        return self._filter

    @property
    def entry(self) -> Entry | None:
        """The chosen claim, and what is known of it."""
        entries = self.desk.session.entries
        if self._at is None or self._at >= len(entries):
            return None
        entry = entries[self._at]
        return entry if entry.claim == self._claim else None  # else others are about to be shown

    # what the desk tells

    def heard(self, event: Event) -> None:
        """Something has happened at the desk; called on the screen's own thread."""
        match event:
            case Reading(what):
                self._checking = True
                self._problem("")
                self.status.set_going_on(what)
                if self.desk.session.article != self._article:
                    self._reload()
            case Extracted():
                self._known = True
                self._reload()
            case Found(number):
                self._gather(number)
            case Checked(summary):
                self._checking = False
                self.status.set_going_on("")
                self._draw_came()
                self.say(f"All is checked. {summary}".strip())
                if summary:  # worth more than a few seconds
                    self.app.notify(plain(summary), title="Since last time", markup=False)
                self._show_claim()
            case Failed(message):
                self._checking = False
                self.status.set_going_on("")
                self._problem(f"The check stopped: {message}")
                self._draw_came()
                self._show_claim()

    def _problem(self, message: str) -> None:
        self.query_one(Problem).set_problem(message)

    def _gather(self, number: int) -> None:
        if not self._came:
            self.set_timer(GATHERED, self._draw_came)
        self._came.add(number)

    def _draw_came(self) -> None:
        came, self._came = self._came, set()
        self._redraw(came)
        if came and self._checking:
            session = self.desk.session
            left = len(session.entries) - session.checked
            self.status.set_going_on(f"checking, {left} to go…" if left else "")

    def _reload(self) -> None:
        """The article or its claims are others; the chosen claim stays chosen where it can."""
        session = self.desk.session
        before = self._claim
        self._article, self._checked = session.article, session.checked
        self.query_one(TitleBar).set_article(session.article, session.where)
        claims = [entry.claim for entry in session.entries]
        self._at = _again(before, self._at, claims)
        self._claim = claims[self._at] if self._at is not None else None
        shown = frozenset(self.desk.chosen(self._filter))
        self.article.set_session(session, shown, self._at)
        self._show_claim()

    # what is shown

    def choose(self, number: int | None) -> None:
        """Go to a claim."""
        entries = self.desk.session.entries
        self._at = number if number is not None and number < len(entries) else None
        self._claim = entries[self._at].claim if self._at is not None else None
        self.article.choose(number)
        self._show_claim()

    def changed(self, number: int) -> None:
        """Something is known, or said, of a claim that was not before."""
        self._redraw({number})

    def _redraw(self, numbers: Collection[int]) -> None:
        session = self.desk.session
        if session.article is not self._article:
            return  # it is about to be told, and all is drawn anew then
        if session.checked < self._checked:  # findings were dropped: they rest on another index
            self._reload()
            return
        self._checked = session.checked
        shown = frozenset(self.desk.chosen(self._filter))
        for number in sorted(numbers):
            self.article.set_entry(number, session, shown)
        self._show_standing()
        if self._at in numbers:
            self._show_claim()

    def set_filter(self, chosen: Filter) -> None:
        """Go through other claims; the next one of them becomes the chosen one."""
        numbers = self.desk.chosen(chosen)
        if not numbers:
            self.say(f"none is {chosen.value}; shown are {self._filter.value}")
            return
        self._filter = chosen
        self.article.set_shown(frozenset(numbers))
        if self._at not in numbers:
            after = [n for n in numbers if self._at is None or n > self._at]
            self.choose((after or numbers)[0])
        self._show_standing()

    def _show_standing(self) -> None:
        shown = len(self.desk.chosen(self._filter))
        self.status.set_standing(Standing(self.desk.session, self._filter, shown))

    def _show_claim(self) -> None:
        self._show_standing()
        session, entry = self.desk.session, self.entry
        total = len(session.entries)
        if entry is None or self._at is None:
            self.finding.show_nothing(self._why_nothing())
            return
        where = place(session.article, entry.claim.text, entry.claim.start)
        self.finding.show(Shown(entry, self._at, total, where))

    def _why_nothing(self) -> str:
        if self._known:
            return "There is nothing to check: the article has no claim that is worth checking."
        if self._checking:
            return "The claims are being looked for. You can read the article meanwhile."
        return "No claims are known, because the check stopped; r checks again."

    # moving

    def action_step(self, step: int) -> None:
        """To the next claim, or the one before, among those that are shown."""
        numbers = self.desk.chosen(self._filter)
        at = -1 if self._at is None else self._at
        onward = [n for n in numbers if (n > at if step > 0 else n < at)]
        if onward:
            self.choose(onward[0] if step > 0 else onward[-1])
        elif numbers:
            self.say("this is the last claim" if step > 0 else "this is the first claim")
        elif self.desk.session.entries:
            self.say(f"none is {self._filter.value}; f chooses others")
        else:
            self.say(self._why_nothing())

    def action_first(self) -> None:
        """To the first claim."""
        if numbers := self.desk.chosen(self._filter):
            self.choose(numbers[0])

    def action_last(self) -> None:
        """To the last claim."""
        if numbers := self.desk.chosen(self._filter):
            self.choose(numbers[-1])

    def on_article_pane_chosen(self, event: ArticlePane.Chosen) -> None:
        """A claim was clicked on."""
        self.choose(event.number)

    def on_finding_pane_opened(self) -> None:
        """A passage was clicked on twice."""
        self.action_open()

    def action_evidence(self) -> None:
        """To the pane on the right."""
        self._to(finding=True)

    def action_article(self) -> None:
        """To the pane on the left."""
        self._to(finding=False)

    def action_switch(self) -> None:
        """To the other pane."""
        self._to(finding=not self._at_finding)

    def action_neutral(self) -> None:
        """All passages, or only those that decide."""
        if self.finding.toggle_neutral():
            self.say("all passages are shown")
        else:
            self.say("only the passages that decide are shown")

    def _to(self, finding: bool) -> None:
        pane = self.finding if finding else self.article
        pane.display = True  # a pane that is not there cannot be focused
        pane.focus()
        self._at_finding = finding
        self._arrange()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Remember which pane the reader is in, by whatever way they came."""
        self._at_finding = event.widget is self.finding

    def on_resize(self) -> None:
        """Use the room there is."""
        self._arrange()

    def _arrange(self) -> None:
        one = self.size.width < ONE_PANE
        self.article.display = not one or not self._at_finding
        self.finding.display = not one or self._at_finding
        self.query_one(TitleBar).display = self.size.height >= LOW
        self.query_one(Footer).show_command_palette = self.size.width >= ROOMY
        self.set_class(one, "-one-pane")
        self.set_class(self.size.height < LOW, "-low")


def _again(claim: Claim | None, number: int | None, claims: list[Claim]) -> int | None:
    """Where a claim is among those of now: the same words, as near as can be."""
    if not claims:
        return None
    if claim is None or number is None:
        return 0
    same = [n for n, each in enumerate(claims) if each.text == claim.text]
    if same:
        return min(same, key=lambda n: abs(claims[n].start - claim.start))
    return min(number, len(claims) - 1)
