"""What came back: an answer with what it cost, or one of the many ways to fail."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from ..reader import ReaderError, Usage
from .schema import misfit

LATER = frozenset(
    {"model_busy", "model_unreachable", "model_timeout", "model_paused", "model_expired"}
)
"""Failures that may be gone by themselves."""
FINAL = frozenset(
    {
        "model_canceled",
        "model_forbidden",
        "model_interrupted",
        "model_key_refused",
        "model_request_refused",
        "model_too_large",
        "model_unknown",
        "model_unpaid",
    }
)
"""Failures after which only a person has the same asked again."""


class ModelError(ReaderError):
    """Claude gave no answer that can be used; ``code`` says why.

    :param retry_after: seconds after which it says that it can be asked again
    """

    def __init__(
        self, code: str, message: str = "", retry_after: float | None = None, **parameters: Any
    ) -> None:
        super().__init__(message or code, **parameters)
        self.code = code
        self.retry_after = retry_after
        if retry_after is not None:
            self.parameters["retry_after"] = retry_after


@dataclass(frozen=True)
class Answer:
    """The text of a message that came back. JSON values only: it is kept in the ledger.

    :param reused: it was paid for before
    :param batch: it came with a batch, for less
    """

    text: str
    stop: str
    model: str
    request_id: str | None = None
    input_tokens: int = 0
    output_tokens: int = 0
    cache_read_tokens: int = 0
    cache_write_tokens: int = 0
    reused: bool = False
    batch: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Answer:
        known = {item.name for item in fields(cls)}
        return cls(**{key: value for key, value in data.items() if key in known})

    def claims(self, form: Mapping[str, Any]) -> dict[str, Any]:
        """What it claims.

        :param form: JSON schema that was asked for
        :raises ModelError: it was declined or cut off, or has another form
        """
        if self.stop == "refusal":
            raise ModelError("model_declined")
        if self.stop == "max_tokens":
            raise ModelError("model_cut", tokens=self.output_tokens)
        if self.stop == "model_context_window_exceeded":
            raise ModelError("model_too_large", limit="context")
        try:
            claims = json.loads(self.text, parse_constant=_refuse)
        except (ValueError, RecursionError) as problem:
            raise ModelError("model_bad_answer", reason="json") from problem
        place = misfit(claims, form)
        if place:
            raise ModelError("model_bad_answer", reason=f"form {place}"[:80])
        return claims


@dataclass(frozen=True)
class Prices:
    """US dollars for a million tokens.

    :param batch: share of them that is paid for what is asked in a batch
    """

    input: float = 0.0
    output: float = 0.0
    cache_write: float = 0.0
    cache_read: float = 0.0
    batch: float = 0.5

    def cost(self, answer: Answer) -> float:
        """What an answer costs."""
        whole = (
            answer.input_tokens * self.input
            + answer.output_tokens * self.output
            + answer.cache_write_tokens * self.cache_write
            + answer.cache_read_tokens * self.cache_read
        ) / 1_000_000
        return whole * self.batch if answer.batch else whole

    def most(self, tokens: int, max_tokens: int, batch: bool = False) -> float:
        """What a request may cost at most.

        :param tokens: that it takes in
        """
        dear = max(self.input, self.cache_write)
        whole = (tokens * dear + max_tokens * self.output) / 1_000_000
        return whole * self.batch if batch else whole


def usage(answer: Answer, prices: Prices, digest: str) -> Usage:
    """What an answer took; one that was paid for before costs nothing again."""
    if answer.reused:
        return Usage(model=answer.model, request_id=answer.request_id, digest=digest)
    return Usage(
        input_tokens=answer.input_tokens,
        output_tokens=answer.output_tokens,
        cost=prices.cost(answer),
        model=answer.model,
        request_id=answer.request_id,
        cache_read_tokens=answer.cache_read_tokens,
        cache_write_tokens=answer.cache_write_tokens,
        digest=digest,
    )


def _refuse(text: str) -> None:
    raise ValueError(text)
