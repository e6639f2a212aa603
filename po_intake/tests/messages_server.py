"""A server on the loopback that speaks Messages and Message Batches from a script, with faults."""

import contextlib
import json
import re
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = "sk-ant-test-4711"
BATCHES = "/v1/messages/batches"
USAGE = {
    "input_tokens": 1200,
    "output_tokens": 300,
    "cache_read_input_tokens": 900,
    "cache_creation_input_tokens": 0,
}


class MessagesServer:
    """Answers ``POST /v1/messages`` with what :attr:`script` says next; the last entry stays.

    An entry is what the model claims (``{"documents": [...]}``), a function of the request that
    gives one, or one of the faults below. Each request is checked as the service would;
    ``complaints`` lists what was wrong with any of them.

    Requests of a batch are answered from the same script once :attr:`ended` is true, the last one
    first; :attr:`refusals` are what new batches meet instead of being taken.
    """

    def __init__(self):
        self.script = []
        self.requests = []
        self.batches = {}
        self.refusals = []
        self.ended = True
        self.complaints = []
        self.checks = 0
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                server.serve(self)

            def do_GET(self):
                server.tell(self)

            def log_message(self, *_args):
                """Quiet."""

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}"
        threading.Thread(target=self.http.serve_forever, args=(0.01,), daemon=True).start()

    def close(self):
        self.http.shutdown()
        self.http.server_close()

    def serve(self, handler):
        body = json.loads(handler.rfile.read(int(handler.headers["Content-Length"])))
        self.complaints += complaints(handler.headers)
        if handler.path == BATCHES:
            return self.take_batch(handler, body)
        if handler.path != "/v1/messages":
            self.complaints.append(f"path {handler.path}")
        self.complaints += faults_of(body)
        self.requests.append(body)
        return self.entry(body).play(handler, body)

    def entry(self, body):
        """What the script says next to a request."""
        entry = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if callable(entry):
            entry = entry(body)
        return entry if isinstance(entry, Fault) else says(entry)

    def take_batch(self, handler, body):
        self.complaints += batch_faults(body)
        if self.refusals:
            return self.refusals.pop(0).play(handler, {})
        name = f"msgbatch_{len(self.batches):04}"
        self.batches[name] = body["requests"]
        return self.tell_batch(handler, name)

    def tell(self, handler):
        if handler.headers.get("Authorization") != f"Bearer {KEY}":
            self.checks += 1
            return status(401).play(handler, {})
        self.complaints += complaints(handler.headers)
        if not handler.path.startswith(BATCHES):
            return self.tell_model(handler)
        name, _slash, rest = handler.path.removeprefix(f"{BATCHES}/").partition("/")
        if name not in self.batches:
            return status(404).play(handler, {})
        return self.tell_results(handler, name) if rest else self.tell_batch(handler, name)

    def tell_batch(self, handler, name):
        count = len(self.batches[name])
        counts = dict.fromkeys(("processing", "succeeded", "errored", "canceled", "expired"), 0)
        info = {
            "id": name,
            "type": "message_batch",
            "processing_status": "ended" if self.ended else "in_progress",
            "request_counts": {**counts, "succeeded" if self.ended else "processing": count},
            "created_at": "2026-01-01T00:00:00Z",
            "expires_at": "2026-01-02T00:00:00Z",
            # where the key must not follow
            "results_url": "http://elsewhere.example/results" if self.ended else None,
        }
        return Fault(body=json.dumps(info)).play(handler, {})

    def tell_results(self, handler, name):
        lines = []
        for item in reversed(self.batches[name]):
            entry = self.entry(item["params"])
            result = entry.result or {
                "type": "succeeded",
                "message": json.loads(entry.body.replace("MODEL", item["params"]["model"])),
            }
            lines.append(json.dumps({"custom_id": item["custom_id"], "result": result}))
        Fault(body="\n".join(lines), kind="application/x-jsonl").play(handler, {})

    def tell_model(self, handler):
        self.checks += 1
        name = handler.path.rpartition("/")[2]
        info = {
            "type": "model",
            "id": name,
            "display_name": "Claude Test",
            "created_at": "2026-01-01T00:00:00Z",
        }
        return Fault(body=json.dumps(info)).play(handler, {})


class Fault:
    """One answer as bytes, with all that can be wrong with it.

    :param silent: nothing is said until whoever asked hangs up
    :param result: what became of a request in a batch that was not answered
    """

    def __init__(
        self,
        code=200,
        body="",
        headers=(),
        drop=False,
        silent=False,
        kind="application/json",
        result=None,
    ):
        self.code, self.body, self.headers = code, body, dict(headers)
        self.drop, self.silent, self.kind, self.result = drop, silent, kind, result

    def play(self, handler, request):
        if self.silent:
            handler.rfile.read(1)
        if self.drop or self.silent:
            with contextlib.suppress(OSError):
                handler.connection.shutdown(socket.SHUT_RDWR)
            handler.close_connection = True
            return
        content = self.body.replace("MODEL", request.get("model", "")).encode()
        handler.send_response(self.code)
        handler.send_header("Content-Type", self.kind)
        handler.send_header("Content-Length", str(len(content)))
        handler.send_header("request-id", "req_0001")
        for name, value in self.headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(content)


def says(claims, stop="end_turn", text=None):
    """A message with these claims."""
    message = {
        "id": "msg_0001",
        "type": "message",
        "role": "assistant",
        "model": "MODEL",
        "content": [{"type": "text", "text": json.dumps(claims) if text is None else text}],
        "stop_reason": stop,
        "stop_sequence": None,
        "usage": USAGE,
    }
    return Fault(body=json.dumps(message))


def status(code, kind="api_error", **headers):
    """An error of the service."""
    body = {"type": "error", "error": {"type": kind, "message": "The words of the service."}}
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Fault(code, json.dumps(body), names)


def unanswered(kind, error="overloaded_error"):
    """What becomes of a request in a batch: ``errored``, ``expired`` or ``canceled``."""
    told = {"type": "error", "error": {"type": error, "message": "The words of the service."}}
    return Fault(result={"type": kind, **({"error": told} if kind == "errored" else {})})


def dropped():
    """A connection that is cut."""
    return Fault(drop=True)


def silent():
    """No answer at all."""
    return Fault(silent=True)


def garbage(text="<html>502</html>", kind="text/html"):
    """Something else under the status of success."""
    return Fault(body=text, kind=kind)


def complaints(headers):
    """What the service would not accept of the headers."""
    if headers.get("Authorization") != f"Bearer {KEY}" and headers.get("x-api-key") != KEY:
        yield "no key"
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", headers.get("anthropic-version", "")):
        yield "no version"


def batch_faults(body):
    """The same of a batch."""
    if set(body) != {"requests"} or not body["requests"]:
        yield f"batch {set(body)}"
    keys = [item["custom_id"] for item in body["requests"]]
    if len(set(keys)) < len(keys):
        yield "a key twice in one batch"
    for item in body["requests"]:
        if set(item) != {"custom_id", "params"}:
            yield f"request {set(item)}"
        if not re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", item["custom_id"]):
            yield f"custom_id {item['custom_id']}"
        yield from faults_of(item["params"])


def faults_of(body):
    """What the service would not accept of a request, and what we do not want in one."""
    known = {"model", "max_tokens", "system", "messages", "output_config"}
    if set(body) != known:
        yield f"members {set(body) ^ known}"
    system = body["system"]
    if system[-1].get("cache_control") != {"type": "ephemeral"}:
        yield "the fixed part has no cache mark"
    form = body["output_config"]["format"]
    if form["type"] != "json_schema":
        yield "no schema"
    yield from _open_parts(form["schema"], "schema")
    (message,) = body["messages"]
    if message["role"] != "user":
        yield "role"
    yield from _content(message["content"])


def _open_parts(schema, path):
    if schema["type"] == "object":
        if schema.get("additionalProperties") is not False:
            yield f"{path} is open"
        if set(schema["required"]) != set(schema["properties"]):
            yield f"{path} has optional members"
        for name, part in schema["properties"].items():
            yield from _open_parts(part, f"{path}.{name}")
    elif schema["type"] == "array":
        yield from _open_parts(schema["items"], f"{path}[]")


def _content(blocks):
    kinds = [block["type"] for block in blocks]
    if kinds[0] != "text" or kinds[-1] != "text" or set(kinds[1:-1]) - {"document", "image"}:
        yield f"blocks {kinds}"
    boundary = blocks[-1]["text"]
    if not re.fullmatch(r"=== [0-9a-f]{24} ===", boundary) or boundary not in blocks[0]["text"]:
        yield "no boundary around the document"
    for block in blocks[1:-1]:
        source = block["source"]
        expected = {"document": ("text", "text/plain"), "image": ("base64", "image/png")}
        if (source["type"], source["media_type"]) != expected[block["type"]] or not source["data"]:
            yield f"source of {block['type']}"
        if block.get("citations"):
            yield "citations and a schema exclude each other"
        if block["type"] == "document" and boundary in source["data"]:
            yield "the boundary stands in the document"


def line(**values):
    """A claimed item line; what is not given is empty."""
    names = (
        "partner_code our_code barcode description quantity uom price_unit price_per discount "
        "price_subtotal requested_date"
    )
    return {**dict.fromkeys(names.split(), ""), **values}


def claimed(*lines, partner=(), delivery=(), charges=(), **values):
    """One claimed document."""
    head = (
        "title number revision our_order payment_terms incoterm note order_date requested_date "
        "currency amount_untaxed amount_tax amount_total"
    )
    party = "name reference vat email phone contact street zip city country"
    place = "name street zip city country"
    return {
        **dict.fromkeys(head.split(), ""),
        "document_type": "purchase_order",
        "partner": {**dict.fromkeys(party.split(), ""), **dict(partner)},
        "delivery": {**dict.fromkeys(place.split(), ""), **dict(delivery)},
        "lines": [line(**item) for item in lines],
        "charges": [dict(item) for item in charges],
        **values,
    }


def claims(*documents):
    """What a model answers."""
    return {"documents": list(documents)}
