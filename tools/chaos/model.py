"""Stands in for the language model: agrees with everything, thinks for long, or is not there."""

import contextlib
import json
import queue
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PATIENCE_SECONDS = 10
USAGE = dict.fromkeys(
    "input_tokens output_tokens cache_read_input_tokens cache_creation_input_tokens".split(), 100
)


class Model:
    """Listens on loopback; says that there is no order in any document."""

    def __init__(self):
        self._free, self._there = threading.Event(), threading.Event()
        self._free.set()
        self._there.set()
        self._asking: queue.Queue[int] = queue.Queue()
        self.questions = 0
        model = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                model.answer(self)

            def log_message(self, *_words):
                """Quiet."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
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
        if not self._there.is_set():
            with contextlib.suppress(OSError):
                handler.connection.shutdown(socket.SHUT_RDWR)
            handler.close_connection = True
            return
        content = json.dumps(_message(question["model"])).encode()
        with contextlib.suppress(OSError):
            handler.send_response(200)
            handler.send_header("Content-Type", "application/json")
            handler.send_header("Content-Length", str(len(content)))
            handler.send_header("request-id", f"req_{self.questions}")
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

    @contextlib.contextmanager
    def cut_off(self) -> Iterator[None]:
        """Cut every connection while the block runs."""
        self._there.clear()
        try:
            yield
        finally:
            self._there.set()

    def wait_for_question(self) -> int | None:
        """The port that somebody calls from who waits for an answer, or nothing."""
        with contextlib.suppress(queue.Empty):
            return self._asking.get(timeout=PATIENCE_SECONDS)
        return None


def _message(model: str) -> dict:
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": model,
        "content": [{"type": "text", "text": json.dumps({"documents": []})}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": USAGE,
    }
