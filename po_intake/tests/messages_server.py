"""A server on the loopback that speaks the Messages API from a script, faults included."""

import contextlib
import json
import re
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEY = "sk-ant-test-4711"
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
    """

    def __init__(self):
        self.script = []
        self.requests = []
        self.complaints = []
        self.checks = 0
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                server.serve(self)

            def do_GET(self):
                server.tell_model(self)

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
        self.complaints += complaints(handler.path, handler.headers, body)
        self.requests.append(body)
        entry = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if callable(entry):
            entry = entry(body)
        if not isinstance(entry, Fault):
            entry = says(entry)
        entry.play(handler, body)

    def tell_model(self, handler):
        self.checks += 1
        if handler.headers.get("Authorization") != f"Bearer {KEY}":
            return status(401).play(handler, {})
        name = handler.path.rpartition("/")[2]
        info = {
            "type": "model",
            "id": name,
            "display_name": "Claude Test",
            "created_at": "2026-01-01T00:00:00Z",
        }
        return Fault(body=json.dumps(info)).play(handler, {})


class Fault:
    """One answer as bytes, with all that can be wrong with it."""

    def __init__(self, code=200, body="", headers=(), drop=False, kind="application/json"):
        self.code, self.body, self.headers = code, body, dict(headers)
        self.drop, self.kind = drop, kind

    def play(self, handler, request):
        if self.drop:
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


def dropped():
    """A connection that is cut."""
    return Fault(drop=True)


def garbage(text="<html>502</html>", kind="text/html"):
    """Something else under the status of success."""
    return Fault(body=text, kind=kind)


def complaints(path, headers, body):
    """What the service would not accept of a request, and what we do not want in one."""
    if path != "/v1/messages":
        yield f"path {path}"
    if headers.get("Authorization") != f"Bearer {KEY}" and headers.get("x-api-key") != KEY:
        yield "no key"
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", headers.get("anthropic-version", "")):
        yield "no version"
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
