"""A provider on loopback that answers as OpenAI, Anthropic and Gemini do, always with the same usage.

OpenAI and Gemini: input 25 (16 of them cached), output 12 (4 of them reasoning). Anthropic: input 310 (200 read from the
cache, 100 written to it), output 12. Embeddings: 8. A prompt that contains RATE_LIMITED is answered with 429. A request
that offers tools and holds no result of one yet is answered with a tool call. The first piece of a stream comes
FIRST_CHUNK_SECONDS after the headers.
"""

import base64
import itertools
import json
import struct
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

RATE_LIMITED = "rate-limit-me"
TEXT = "Paris is the capital of France."
TOOL = {"name": "get_weather", "arguments": {"city": "Paris"}}
FIRST_CHUNK_SECONDS = 0.05
WORDS = [word + " " for word in TEXT.split(" ")[:-1]] + [TEXT.split(" ")[-1]]
_ids = itertools.count(1)

CHAT_USAGE = {
    "prompt_tokens": 25,
    "completion_tokens": 12,
    "total_tokens": 37,
    "prompt_tokens_details": {"cached_tokens": 16, "audio_tokens": 0},
    "completion_tokens_details": {"reasoning_tokens": 4, "audio_tokens": 0},
}
RESPONSES_USAGE = {
    "input_tokens": 25,
    "input_tokens_details": {"cached_tokens": 16},
    "output_tokens": 12,
    "output_tokens_details": {"reasoning_tokens": 4},
    "total_tokens": 37,
}
ANTHROPIC_USAGE = {
    "input_tokens": 10,
    "cache_creation_input_tokens": 100,
    "cache_read_input_tokens": 200,
    "output_tokens": 12,
}
GEMINI_USAGE = {
    "promptTokenCount": 25,
    "cachedContentTokenCount": 16,
    "candidatesTokenCount": 8,
    "thoughtsTokenCount": 4,
    "totalTokenCount": 37,
}


def answered_by(model):
    """The dated model that a provider answers with when it is asked for a family."""
    return model + "-2024-07-18" if model == "gpt-4o-mini" else model


def wants_tool(request):
    """Whether the model would call a tool now: some are offered, and none has answered yet."""
    said = json.dumps(request.get("messages") or request.get("input") or request.get("contents") or [])
    has_result = any(mark in said for mark in ('"tool"', "tool_result", "function_call_output", "functionResponse"))
    return bool(request.get("tools")) and not has_result


def chat(request):
    """POST /v1/chat/completions."""
    head = {"id": f"chatcmpl-{next(_ids)}", "created": int(time.time()), "model": answered_by(request["model"])}
    call = {
        "id": "call_1",
        "type": "function",
        "function": {"name": TOOL["name"], "arguments": json.dumps(TOOL["arguments"])},
    }
    tool = wants_tool(request)
    reason = "tool_calls" if tool else "stop"
    if not request.get("stream"):
        message = {"role": "assistant", "content": None if tool else TEXT, "refusal": None}
        if tool:
            message["tool_calls"] = [call]
        choice = {"index": 0, "message": message, "finish_reason": reason, "logprobs": None}
        return {**head, "object": "chat.completion", "choices": [choice], "usage": CHAT_USAGE}

    def chunk(delta, finish=None):
        choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
        return {**head, "object": "chat.completion.chunk", "choices": [choice], "usage": None}

    if tool:
        chunks = [chunk({"role": "assistant", "content": None, "tool_calls": [{"index": 0, **call}]})]
    else:
        chunks = [chunk({"role": "assistant", "content": ""})] + [chunk({"content": word}) for word in WORDS]
    chunks.append(chunk({}, reason))
    if (request.get("stream_options") or {}).get("include_usage"):
        chunks.append({**head, "object": "chat.completion.chunk", "choices": [], "usage": CHAT_USAGE})
    return [(None, each) for each in chunks] + [(None, "[DONE]")]


def responses(request):
    """POST /v1/responses."""
    number = next(_ids)
    part = {"type": "output_text", "text": TEXT, "annotations": []}
    message = {"type": "message", "id": f"msg_{number}", "role": "assistant", "status": "completed", "content": [part]}
    if wants_tool(request):
        message = {
            "type": "function_call",
            "id": f"fc_{number}",
            "call_id": "call_1",
            "name": TOOL["name"],
            "arguments": json.dumps(TOOL["arguments"]),
            "status": "completed",
        }
    whole = {
        "id": f"resp_{number}",
        "object": "response",
        "created_at": int(time.time()),
        "status": "completed",
        "model": answered_by(request["model"]),
        "output": [message],
        "usage": RESPONSES_USAGE,
        "error": None,
        "incomplete_details": None,
        "instructions": None,
        "metadata": {},
        "parallel_tool_calls": True,
        "temperature": 1.0,
        "tool_choice": "auto",
        "tools": [],
        "top_p": 1.0,
    }
    if not request.get("stream"):
        return whole
    place = {"item_id": message["id"], "output_index": 0, "content_index": 0}
    started = {**whole, "status": "in_progress", "output": [], "usage": None}
    events = [("response.created", {"response": started})]
    events.append(("response.output_item.added", {"output_index": 0, "item": {**message, "content": []}}))
    events.append(("response.content_part.added", {**place, "part": {**part, "text": ""}}))
    events += [("response.output_text.delta", {**place, "delta": word, "logprobs": []}) for word in WORDS]
    events.append(("response.output_text.done", {**place, "text": TEXT, "logprobs": []}))
    events.append(("response.content_part.done", {**place, "part": part}))
    events.append(("response.output_item.done", {"output_index": 0, "item": message}))
    events.append(("response.completed", {"response": whole}))
    return [(name, {"type": name, "sequence_number": i, **data}) for i, (name, data) in enumerate(events)]


def embeddings(request):
    """POST /v1/embeddings."""
    inputs = request["input"] if isinstance(request["input"], list) else [request["input"]]
    vector = [0.25, -0.5, 0.75]
    packed = base64.b64encode(struct.pack("<3f", *vector)).decode()
    data = [
        {"object": "embedding", "index": i, "embedding": packed if request.get("encoding_format") == "base64" else vector}
        for i, _ in enumerate(inputs)
    ]
    usage = {"prompt_tokens": 8, "total_tokens": 8}
    return {"object": "list", "data": data, "model": request["model"], "usage": usage}


def anthropic(request):
    """POST /v1/messages."""
    message = {
        "id": f"msg_{next(_ids)}",
        "type": "message",
        "role": "assistant",
        "model": request["model"],
        "content": [{"type": "text", "text": TEXT}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": ANTHROPIC_USAGE,
    }
    if not request.get("stream"):
        return message
    usage = {**ANTHROPIC_USAGE, "output_tokens": 1}
    events = [("message_start", {"message": {**message, "content": [], "stop_reason": None, "usage": usage}})]
    events.append(("content_block_start", {"index": 0, "content_block": {"type": "text", "text": ""}}))
    events += [("content_block_delta", {"index": 0, "delta": {"type": "text_delta", "text": word}}) for word in WORDS]
    events.append(("content_block_stop", {"index": 0}))
    end = {"delta": {"stop_reason": "end_turn", "stop_sequence": None}, "usage": {"output_tokens": 12}}
    events.append(("message_delta", end))
    events.append(("message_stop", {}))
    return [(name, {"type": name, **data}) for name, data in events]


def gemini(request, streamed):
    """POST /v1beta/models/MODEL:generateContent and :streamGenerateContent."""
    part = {"functionCall": {"name": TOOL["name"], "args": TOOL["arguments"]}} if wants_tool(request) else {"text": TEXT}
    answer = {
        "candidates": [{"content": {"role": "model", "parts": [part]}, "finishReason": "STOP", "index": 0}],
        "usageMetadata": GEMINI_USAGE,
        "modelVersion": request["model"],
        "responseId": f"gemini-{next(_ids)}",
    }
    return [(None, answer)] if streamed else answer


class Handler(BaseHTTPRequestHandler):
    """Chooses the provider by path and writes what it answers."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        request = json.loads(self.body() or b"{}")
        path = self.path.split("?")[0]
        if RATE_LIMITED in json.dumps(request):
            error = {"message": "Rate limit reached", "type": "requests", "param": None, "code": "rate_limit_exceeded"}
            self.send_json(429, {"error": error})
        elif path.endswith("/chat/completions"):
            self.send_answer(chat(request))
        elif path.endswith("/responses"):
            self.send_answer(responses(request))
        elif path.endswith("/embeddings"):
            self.send_answer(embeddings(request))
        elif path.endswith("/messages"):
            self.send_answer(anthropic(request))
        elif "/models/" in path and ":" in path:
            model, method = path.rsplit("/", 1)[1].split(":")
            self.send_answer(gemini({**request, "model": model}, method.startswith("stream")))
        else:
            self.send_json(404, {"error": {"message": f"no such path: {path}"}})

    def body(self):
        if "chunked" not in (self.headers.get("Transfer-Encoding") or ""):
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        whole = b""
        while size := int(self.rfile.readline(), 16):
            whole += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return whole

    def do_GET(self):
        self.send_json(404, {"error": {"message": f"no such path: {self.path}"}})

    def send_answer(self, answer):
        if isinstance(answer, dict):
            self.send_json(200, answer)
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        time.sleep(FIRST_CHUNK_SECONDS)
        for name, data in answer:
            text = data if isinstance(data, str) else json.dumps(data)
            self.wfile.write(((f"event: {name}\n" if name else "") + f"data: {text}\n\n").encode())
            self.wfile.flush()
        self.close_connection = True

    def send_json(self, status, document):
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Says nothing: the driver's output is the clients' and the checks'."""


def listen():
    """A server on a free loopback port; its serve_forever is the caller's to run."""
    return ThreadingHTTPServer(("127.0.0.1", 0), Handler)
