"""Stands in for the language model: agrees with everything, or answers in any wrong way."""

from __future__ import annotations

import contextlib
import json
import queue
import re
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PATIENCE_SECONDS = 20
#: How long the servers wait for an answer, and answers that are just in time and too late.
TIMEOUT_SECONDS = 4
SLOW_SECONDS = 2
SILENT_SECONDS = 6
#: Number of an order of the stream; its last digit is what a careless reader gets wrong.
NUMBER = re.compile(r"\b4\d{7}\b")
USAGE = dict.fromkeys(
    "input_tokens output_tokens cache_read_input_tokens cache_creation_input_tokens".split(), 100
)


@dataclass(frozen=True)
class Answer:
    """How a question is answered.

    :param body: instead of a message, or of what the service says of an error
    :param seconds: it takes
    :param drop: the connection is cut instead
    :param stop: why the message ends
    :param wrong: it claims a number with another last digit, and a quantity that nobody ordered
    """

    status: int = 200
    body: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    seconds: float = 0
    drop: bool = False
    stop: str = "end_turn"
    wrong: bool = False

    def text(self, question: dict) -> str:
        """The body of the answer."""
        if self.body:
            return self.body
        if self.status != 200:
            error = {"type": "api_error", "message": "The words of the service."}
            return json.dumps({"type": "error", "error": error})
        claims = _blank(question["output_config"]["format"]["schema"])
        if self.wrong and "documents" in claims:
            claims["documents"] = [_misread(question)]
        said = json.dumps(claims)
        message = {
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "model": question["model"],
            "content": [{"type": "text", "text": said[:5] if self.stop == "max_tokens" else said}],
            "stop_reason": self.stop,
            "stop_sequence": None,
            "usage": USAGE,
        }
        return json.dumps(message)


AGREES = Answer()
STATUSES = (400, 401, 402, 403, 404, 408, 409, 413, 429, 500, 503, 504, 529)
ANSWERS = {
    **{str(status): Answer(status) for status in STATUSES},
    "429, 900 s": Answer(429, headers=(("retry-after", "900"),)),
    "dropped": Answer(drop=True),
    "slow": Answer(seconds=SLOW_SECONDS),
    "silent": Answer(seconds=SILENT_SECONDS),
    "garbage": Answer(body="<html>502</html>"),
    "[]": Answer(body="[]"),
    "refusal": Answer(stop="refusal"),
    "truncation": Answer(stop="max_tokens"),
    "wrong digit": Answer(wrong=True),
}


class Model:
    """Listens on loopback; says that there is no order in any document, which adds nothing."""

    def __init__(self):
        self._free = threading.Event()
        self._free.set()
        self._asking: queue.Queue[int] = queue.Queue()
        self._answer, self._given = AGREES, threading.Semaphore(0)
        self.questions = 0
        model = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                model.answer(self)

            def log_message(self, *_words):
                """Quiet."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.handle_error = lambda *_who: None  # whoever asked was killed
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        question = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
        self.questions += 1
        if not self._free.is_set():
            self._asking.put(handler.client_address[1])
            self._free.wait(PATIENCE_SECONDS)
        answer, given = self._answer, self._given
        time.sleep(answer.seconds)
        with contextlib.suppress(OSError):
            if answer.drop:
                handler.close_connection = True
                handler.connection.shutdown(socket.SHUT_RDWR)
            else:
                self._send(handler, answer, answer.text(question).encode())
        given.release()

    def _send(self, handler: BaseHTTPRequestHandler, answer: Answer, content: bytes) -> None:
        handler.send_response(answer.status)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(content)))
        handler.send_header("request-id", f"req_{self.questions}")
        for name, value in answer.headers:
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content)

    @contextlib.contextmanager
    def thinking(self) -> Iterator[None]:
        """Let nobody have an answer while the block runs."""
        self._free.clear()
        try:
            yield
        finally:
            self._free.set()

    def wait_for_question(self) -> int | None:
        """The port that somebody calls from who waits for an answer, or nothing."""
        with contextlib.suppress(queue.Empty):
            return self._asking.get(timeout=PATIENCE_SECONDS)
        return None

    @contextlib.contextmanager
    def answering(self, title: str) -> Iterator[None]:
        """Give one of the wrong answers while the block runs."""
        self._given = threading.Semaphore(0)
        self._answer = ANSWERS[title]
        try:
            yield
        finally:
            self._answer = AGREES

    def wait_for_answers(self, count: int) -> bool:
        """Have so many of these answers been given before patience ends?"""
        return all(self._given.acquire(timeout=PATIENCE_SECONDS) for _answer in range(count))


def _blank(schema: dict) -> dict | list | str:
    """What has the form that was asked for, and says nothing."""
    if schema["type"] == "object":
        return {name: _blank(part) for name, part in schema["properties"].items()}
    return [] if schema["type"] == "array" else (schema.get("enum") or [""])[0]


def _misread(question: dict) -> dict:
    """A document as a careless reader claims it."""
    form = question["output_config"]["format"]["schema"]["properties"]["documents"]["items"]
    found = NUMBER.search(json.dumps(question["messages"]))
    number = found[0] if found else "40000000"
    line = _blank(form["properties"]["lines"]["items"])
    return {
        **_blank(form),
        "number": number[:-1] + str((int(number[-1]) + 1) % 10),
        "lines": [{**line, "quantity": "9999"}],
    }
