"""An editor's side of pyright's language server: what it offers to complete, and what it shows of a name."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self


class Editor:
    """A file open in an editor, in a folder of its own; the server runs from `with` to its end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._uri = (folder / "edited.py").as_uri()
        self._last_id = 0

    def completes(self, code: str, fragment: str) -> list[str]:
        """What is offered right after a fragment of the code."""
        completions = self._request_at("completion", code, fragment) or {}
        return [item["label"].strip('"') for item in completions.get("items", ())]

    def shows(self, code: str, fragment: str) -> str:
        """What is shown of the name that a fragment of the code ends with."""
        return str(self._request_at("hover", code, fragment)["contents"]["value"])

    def _request_at(self, feature: str, code: str, fragment: str) -> Any:
        (self._folder / "edited.py").write_text(code, encoding="utf-8")
        document = {"uri": self._uri, "languageId": "python", "version": self._last_id, "text": code}
        self._send("textDocument/didOpen", {"textDocument": document})
        before = code[: code.index(fragment) + len(fragment)]
        position = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
        answer = self._request(f"textDocument/{feature}", {"textDocument": {"uri": self._uri}, "position": position})
        self._send("textDocument/didClose", {"textDocument": {"uri": self._uri}})
        return answer

    def _request(self, method: str, params: Mapping[str, Any]) -> Any:
        self._last_id += 1
        self._send(method, params, id=self._last_id)
        while True:
            message = self._receive()
            if "method" not in message and message.get("id") == self._last_id:
                return message["result"]
            if "method" in message and "id" in message:
                self._answer(message)

    def _answer(self, question: Mapping[str, Any]) -> None:
        """The server's own questions: it is told the interpreter, and nothing else."""
        items = question["params"]["items"] if question["method"] == "workspace/configuration" else ()
        settings = [{"pythonPath": sys.executable} for _ in items]
        self._write({"jsonrpc": "2.0", "id": question["id"], "result": settings or None})

    def _send(self, method: str, params: Mapping[str, Any], **more: int) -> None:
        self._write({"jsonrpc": "2.0", "method": method, "params": params, **more})

    def _write(self, message: Mapping[str, Any]) -> None:
        body = json.dumps(message).encode()
        assert self._server.stdin
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._server.stdin.flush()

    def _receive(self) -> Any:
        assert self._server.stdout
        size = 0
        while line := self._server.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                size = int(value)
        assert size, "the language server is gone"
        return json.loads(self._server.stdout.read(size))

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "pyright.langserver", "--stdio"]
        self._server = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=self._folder
        )
        root = {"rootUri": self._folder.as_uri(), "processId": None}
        folders = [{"uri": self._folder.as_uri(), "name": "edited"}]
        capabilities = {"workspace": {"configuration": True, "workspaceFolders": True}}
        self._request("initialize", {**root, "workspaceFolders": folders, "capabilities": capabilities})
        self._send("initialized", {})
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._request("shutdown", {})
        self._send("exit", {})
        self._server.communicate(timeout=30)
