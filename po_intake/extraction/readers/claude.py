"""Claude reads what the other readers are unsure of; what it says is a claim to be looked up.

Pages with typed words are sent as text with positions: cheaper than the file, and without what
no eye sees. Only pages that are pictures are sent as pictures. No tools are offered, and the
answer can have one closed form only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from ..claude.answer import Answer, ModelError, Prices, usage
from ..claude.claims import to_documents
from ..claude.redact import redact
from ..claude.request import Config, Request, about, own_names
from ..claude.value import FIND, MEANINGS, key_of, place, words_of
from ..claude.withhold import names_any
from ..document import Evidence, OrderDocument
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
    :param own: names of our companies, as they are told; those of the hints by default
    :param page: the only page that is looked at, counted from 1
    """

    config: Config
    eyes: Eyes
    send: Send
    prices: Prices = Prices()
    always: bool = False
    withheld: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    page: int | None = None
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
        paper, request = self._prepared(source, hints)
        return to_documents(self._ask(request), paper, self.code)

    def find(
        self, source: Source, hints: Hints, path: str, lines: Sequence[Mapping[str, Any]] = ()
    ) -> tuple[str, Evidence | None]:
        """One value as claimed, and where it stands; without a place it is not on the paper.

        :param path: in a reading, like ``number`` or ``lines.0.quantity``
        :param lines: the item lines as they were read
        :raises ReaderError: as :meth:`read`
        """
        paper, request = self._prepared(source, hints)
        key, index = key_of(path)
        text = request.text
        if index is not None and index < len(lines):
            meant = words_of(lines[index])
            text = f"{text}\n[the item line that is meant]\n{self._redacted(meant, hints)}"
        wanted = f"Wanted: {MEANINGS[key]}. {request.about}"
        request = replace(request, about=wanted, text=text, task=FIND)
        claim = self._ask(request)["value"].strip()
        return claim, place(claim, path, paper, lines) if claim else None

    def _prepared(self, source: Source, hints: Hints) -> tuple[Paper, Request]:
        self._used = None
        paper, pictures = self.look(source)
        if self._is_withheld(paper, hints):
            raise ModelError("model_withheld")
        return paper, self.request(paper, pictures, hints)

    def _ask(self, request: Request) -> dict[str, Any]:
        """The claims; what asking took is told by :meth:`used`, also where there are none."""
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
        return answer.claims(request.task.form)

    def look(self, source: Source) -> tuple[Paper, tuple[bytes, ...]]:
        """The words of the source, and pictures of the pages that are pictures.

        :raises ReaderError: it cannot be opened, or is too large
        """
        shown = self.eyes.view(source)
        if not shown.pages:
            return from_rows(shown.rows), ()
        if len(shown.pages) > PAGES and not self.page:
            raise ModelError("model_too_large", limit="pages", value=PAGES)
        pages, pictures, drawn = [], [], []
        for number in (self.page,) if self.page else range(1, len(shown.pages) + 1):
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
        text = self._redacted(render(typed), hints)
        if not text.strip() and not sent:
            raise EmptySource
        if len(text) > LETTERS:
            raise ModelError("model_too_large", limit="letters", value=LETTERS)
        config = self.config
        opening = about(hints, self.own or own_names(hints))
        request = Request(config.model, config.max_tokens, config.effort, opening, text, sent)
        if request.size > BYTES:
            raise ModelError("model_too_large", limit="bytes", value=BYTES)
        return request

    def _redacted(self, text: str, hints: Hints) -> str:
        if not self.config.redact:
            return text
        return redact(text, filter(None, (hints.sender_name,)))

    def _is_withheld(self, paper: Paper, hints: Hints) -> bool:
        """Does it come from, or name, somebody whose documents stay in the house?"""
        return bool(self.withheld) and names_any(f"{paper.text} {hints.sender}", self.withheld)


def reader(config: Config, eyes: Any, **options: Any) -> ClaudeReader:
    """A reader that asks over the network, without any ledger."""
    from ..claude.api import send

    return ClaudeReader(config, eyes, send, **options)
