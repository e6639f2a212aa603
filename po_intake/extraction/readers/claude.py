"""Claude reads what the other readers are unsure of; what it says is a claim to be looked up.

Pages with typed words are sent as text with positions: cheaper than the file, and without what
no eye sees. Only pages that are pictures are sent as pictures. No tools are offered, and the
answer can have one closed form only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from ..claude.answer import Answer, ModelError, Prices, usage
from ..claude.claims import to_documents
from ..claude.redact import redact
from ..claude.request import Config, Request, about, own_names
from ..claude.withhold import names_any
from ..document import OrderDocument
from ..paper import Paper, from_pages, from_rows, render
from ..reader import EmptySource, Hints, ReaderError, Usage
from ..source import PICTURES, SHEETS, Source
from ..view import View

KINDS = ("pdf", *PICTURES, *SHEETS, "docx", "html", "text")
FEW = 20  # a page with fewer typed letters is a picture
ZOOM = 2.0  # pixels for a point: A4 becomes 1190 x 1684, about what the model looks at
PAGES = 50
DRAWN = 20  # pages
LETTERS = 300_000
BYTES = 20_000_000

Words = list[tuple[str, tuple[float, float, float, float]]]


class Eyes(Protocol):
    """Opens hostile bytes somewhere safe, like :class:`..sandbox.Sandbox`."""

    def view(self, source: Source) -> View: ...

    def picture(self, source: Source, number: int, zoom: float) -> bytes: ...

    def words(self, source: Source, number: int, recognize: bool = True) -> Words: ...


Send = Callable[[Config, Request], Answer]


@dataclass
class ClaudeReader:
    """Asks Claude.

    :param eyes: what opens the file
    :param send: asks and waits, like :func:`..claude.api.send`
    :param prices: of the model
    :param always: asked also where others are sure
    :param withheld: names, addresses or numbers: a document with one of them is not sent
    """

    config: Config
    eyes: Eyes
    send: Send
    prices: Prices = Prices()
    always: bool = False
    withheld: tuple[str, ...] = ()
    code: str = "claude"
    cost: int = 1000
    sandboxed: bool = False
    witness: bool = True
    _used: Usage | None = field(default=None, repr=False)

    def can_read(self, source: Source) -> bool:
        """Anything that people read: structured formats need no guessing."""
        return source.kind in KINDS

    def used(self) -> Usage | None:
        """What the last reading took; None where nothing was sent."""
        return self._used

    def read(self, source: Source, hints: Hints) -> tuple[OrderDocument, ...]:
        """The documents in the source, as claimed, each value with its place or marked.

        :raises ReaderError: the file cannot be opened
        :raises ModelError: Claude gave no usable answer
        """
        self._used = None
        paper, pictures = self.look(source)
        if self._is_withheld(paper, hints):
            raise ModelError("model_withheld")
        request = self.request(paper, pictures, hints)
        answer = self._ask(request)
        return to_documents(answer.claims(request.task.form), paper, self.code)

    def _ask(self, request: Request) -> Answer:
        """The answer; what it took is told by :meth:`used`, also where there is none."""
        try:
            answer = self.send(self.config, request)
        except ReaderError as problem:
            self._used = Usage(
                model=request.model,
                request_id=problem.parameters.get("request_id"),
                digest=request.digest,
            )
            raise
        self._used = usage(answer, self.prices, request.digest)
        return answer

    def look(self, source: Source) -> tuple[Paper, tuple[bytes, ...]]:
        """The words of the source, and pictures of the pages that are pictures.

        :raises ReaderError: it cannot be opened, or is too large
        """
        shown = self.eyes.view(source)
        if not shown.pages:
            return from_rows(shown.rows), ()
        if len(shown.pages) > PAGES:
            raise ModelError("model_too_large", limit="pages", value=PAGES)
        pages, pictures, drawn = [], [], []
        for number in range(1, len(shown.pages) + 1):
            words = self.eyes.words(source, number, recognize=False)
            if sum(len(text) for text, _box in words) < FEW:
                drawn.append(number)
                pictures.append(self.eyes.picture(source, number, ZOOM))
                words = self._recognized(source, number)
            pages.append((number, words))
        if len(drawn) > DRAWN:
            raise ModelError("model_too_large", limit="pictures", value=DRAWN)
        return from_pages(pages, drawn), tuple(pictures)

    def _recognized(self, source: Source, number: int) -> Words:
        """Words to look claims up in; without text recognition nothing will be found."""
        try:
            return self.eyes.words(source, number)
        except ReaderError:
            return []

    def request(self, paper: Paper, pictures: Iterable[bytes], hints: Hints) -> Request:
        """What is sent.

        :raises EmptySource: there is nothing to send
        :raises ModelError: it is too much
        """
        sent = tuple(pictures)
        typed = paper
        if self.config.redact:
            sent = ()  # nobody can strike out names in a picture
        elif paper.recognized:
            words = tuple(word for word in paper.words if word.page not in paper.recognized)
            typed = Paper(words)
        text = render(typed)
        if self.config.redact:
            text = redact(text, filter(None, (hints.sender_name,)))
        if not text.strip() and not sent:
            raise EmptySource
        if len(text) > LETTERS:
            raise ModelError("model_too_large", limit="letters", value=LETTERS)
        config = self.config
        opening = about(hints, own_names(hints))
        request = Request(config.model, config.max_tokens, config.effort, opening, text, sent)
        if request.size > BYTES:
            raise ModelError("model_too_large", limit="bytes", value=BYTES)
        return request

    def _is_withheld(self, paper: Paper, hints: Hints) -> bool:
        """Does it come from, or name, somebody whose documents stay in the house?"""
        return bool(self.withheld) and names_any(f"{paper.text} {hints.sender}", self.withheld)


def reader(config: Config, eyes: Any, **options: Any) -> ClaudeReader:
    """A reader that asks over the network, without any ledger."""
    from ..claude.api import send

    return ClaudeReader(config, eyes, send, **options)
