"""The Message Batches API: many requests in one, answered within a day, for less.

Kept apart from asking: whoever calls keeps on record what is in which batch. The results are
asked for below the configured address, never at an address that comes with an answer.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from .answer import Answer, ModelError
from .api import client, guarded, taken
from .request import Config

MOST = 200
"""Requests of one batch, and their bytes; the service takes 100,000 and 256 MB."""
BYTES = 60_000_000
ENDED = "ended"
PASSING = ("api_error", "overloaded_error", "rate_limit_error", "timeout_error")
"""Errors of a request in a batch that may be gone by themselves."""
UNSENT = ("ConnectError", "ConnectTimeout")
"""Failures to connect at all: nothing was handed over."""
BETWEEN = (502, 504, 524)
"""Answers of a gateway that does not know what became of a request."""

Result = Answer | ModelError


def submit(config: Config, requests: Iterable[tuple[str, Mapping[str, Any]]]) -> str:
    """Hand requests over.

    :param requests: pairs of a key, at most 64 letters and digits, and a body
    :return: the batch's name at the service
    :raises ModelError: ``model_interrupted`` where it may have been taken nevertheless
    """
    items = [{"custom_id": key, "params": dict(body)} for key, body in requests]
    with client(config) as ours:
        try:
            batch = guarded(lambda: ours.messages.batches.create(requests=items))
        except ModelError as problem:
            if _is_uncertain(problem):
                raise ModelError("model_interrupted") from problem
            raise
    name = getattr(batch, "id", None)
    if not isinstance(name, str) or not name:
        raise ModelError("model_interrupted")
    return name


def results(config: Config, name: str) -> dict[str, Result] | None:
    """What came of each request of a batch, by its key; None while it is not ended.

    :raises ModelError: the service does not tell
    """
    with client(config) as ours:
        batch = guarded(lambda: ours.messages.batches.retrieve(name))
        if getattr(batch, "processing_status", None) != ENDED:
            return None
        path = f"/v1/messages/batches/{name}/results"
        text = guarded(lambda: ours.get(path, cast_to=str))
    found = {}
    for line in text.split("\n"):
        key, result = _result(line)
        if key:
            found[key] = result
    return found


def _is_uncertain(problem: ModelError) -> bool:
    """May the service have taken the batch though it did not say so?"""
    told = problem.parameters
    if problem.code == "model_unreachable":
        return told.get("reason") not in UNSENT
    return problem.code in ("model_timeout", "model_bad_answer") or told.get("status") in BETWEEN


def _result(line: str) -> tuple[str | None, Result]:
    """One line of the results; one that is none of ours has no key."""
    bad = ModelError("model_bad_answer", reason="result")
    try:
        data = json.loads(line)
        key, result = data["custom_id"], data["result"]
        kind = result["type"]
    except (ValueError, RecursionError, KeyError, TypeError):
        return None, bad
    if kind == "succeeded":
        try:
            return key, _answer(result["message"])
        except ModelError as problem:
            return key, problem
        except Exception:  # what is no message makes the client raise anything
            return key, bad
    if kind == "errored":
        return key, _errored(result)
    codes = {"expired": "model_expired", "canceled": "model_canceled"}
    return key, ModelError(codes[kind]) if kind in codes else bad


def _answer(message: Any) -> Answer:
    import anthropic

    answer = taken(anthropic.types.Message.model_validate(message))
    name = message.get("id")
    return replace(answer, batch=True, request_id=name if isinstance(name, str) else None)


def _errored(result: Mapping[str, Any]) -> ModelError:
    try:
        kind = str(result["error"]["error"]["type"])[:40]
    except (KeyError, TypeError):
        kind = "unknown"
    code = "model_busy" if kind in PASSING else "model_request_refused"
    return ModelError(code, status=kind)
