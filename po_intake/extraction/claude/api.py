"""The one place that talks to the Messages API, through the vendor's own client.

Retries are off: the client would sleep as long as it is told to, inside our transaction. Whoever
calls decides when to ask again.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from ..reader import MissingLibrary
from .answer import Answer, ModelError
from .request import Config, Request

if TYPE_CHECKING:
    import anthropic

Result = TypeVar("Result")

LOGGERS = ("anthropic", "httpx2", "httpcore2")
LONGEST_WAIT = 86_400.0  # seconds: whoever tells us to wait longer is asked tomorrow
STATUS = {
    400: "model_request_refused",
    401: "model_key_refused",
    402: "model_unpaid",
    403: "model_forbidden",
    404: "model_unknown",
    413: "model_too_large",
    422: "model_request_refused",
}
BUSY = (408, 409, 425, 429)


def send(config: Config, request: Request) -> Answer:
    """Ask, and wait for the answer.

    :raises ModelError: with a code for each way to fail
    :raises MissingLibrary: the client is not installed
    """
    with client(config) as ours:
        body = request.body()
        return guarded(lambda: taken(ours.messages.create(**body)))


def check(config: Config) -> str:
    """The name of the configured model, asked of the server: the key and the address work.

    :raises ReaderError: they do not
    """
    with client(config) as ours:
        return guarded(lambda: _named(ours.models.retrieve(config.model)))


def client(config: Config) -> anthropic.Anthropic:
    """A client of our own making; nothing of it comes from the environment.

    :raises MissingLibrary: it is not installed
    """
    try:
        import anthropic
    except ModuleNotFoundError as problem:
        raise MissingLibrary(library=problem.name or "anthropic") from problem
    for name in LOGGERS:  # at DEBUG they write down what is sent
        logger = logging.getLogger(name)
        if logger.getEffectiveLevel() < logging.WARNING:
            logger.setLevel(logging.WARNING)
    timeout = anthropic.Timeout(config.timeout, connect=config.connect)
    try:
        return anthropic.Anthropic(
            api_key=config.key,
            base_url=config.base_url,
            timeout=timeout,
            max_retries=0,
            # a redirect would carry the document to somebody else
            http_client=anthropic.DefaultHttpxClient(follow_redirects=False, timeout=timeout),
        )
    except Exception as problem:  # an address that is none
        raise ModelError("model_unreachable", reason=type(problem).__name__) from None


def guarded(ask: Callable[[], Result]) -> Result:
    """What the client gives, its failures told as ours.

    :raises ModelError: with a code for each way to fail
    """
    import anthropic

    try:
        return ask()
    except ModelError:
        raise
    except anthropic.APIStatusError as problem:
        raise _of_status(problem) from None
    except anthropic.APITimeoutError:
        raise ModelError("model_timeout") from None
    except anthropic.APIConnectionError as problem:
        raise ModelError("model_unreachable", reason=_cause(problem)) from None
    except Exception as problem:  # what is no message makes the client raise anything
        raise ModelError("model_bad_answer", reason=type(problem).__name__) from None


def _of_status(problem: anthropic.APIStatusError) -> ModelError:
    status = problem.status_code
    code = STATUS.get(status)
    parameters: dict[str, Any] = {"status": status}
    if problem.request_id:
        parameters["request_id"] = str(problem.request_id)[:80]
    if code:
        return ModelError(code, **parameters)
    if status in BUSY or status >= 500:
        wait = _seconds(problem.response.headers.get("retry-after"))
        return ModelError("model_busy", retry_after=wait, **parameters)
    return ModelError("model_request_refused", **parameters)


def _seconds(text: str | None) -> float | None:
    """A retry-after header as seconds; a date in it, or nonsense, is no answer."""
    try:
        seconds = float(text or "")
    except ValueError:
        return None
    return min(max(seconds, 0.0), LONGEST_WAIT) if math.isfinite(seconds) else None


def _cause(problem: BaseException) -> str:
    return type(problem.__cause__ or problem).__name__


def taken(message: Any) -> Answer:
    """A message of the client as an answer.

    :raises ModelError: it is none
    """
    import anthropic

    if not isinstance(message, anthropic.types.Message) or not isinstance(message.content, list):
        raise ModelError("model_bad_answer", reason="message")
    texts = [block.text for block in message.content if getattr(block, "type", "") == "text"]
    used = message.usage
    return Answer(
        text="".join(text for text in texts if isinstance(text, str)),
        stop=str(message.stop_reason),
        model=str(message.model),
        request_id=getattr(message, "_request_id", None),
        input_tokens=_count(used, "input_tokens"),
        output_tokens=_count(used, "output_tokens"),
        cache_read_tokens=_count(used, "cache_read_input_tokens"),
        cache_write_tokens=_count(used, "cache_creation_input_tokens"),
    )


def _named(info: Any) -> str:
    name = getattr(info, "display_name", None) or getattr(info, "id", None)
    if not isinstance(name, str):
        raise ModelError("model_bad_answer", reason="model")
    return name[:100]


def _count(used: Any, name: str) -> int:
    value = getattr(used, name, None)
    return value if isinstance(value, int) and value >= 0 else 0
