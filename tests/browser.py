"""A headless Chromium, driven over its DevTools protocol: what a page asks of the network, and how wide it is."""

import json
import os
import shutil
import subprocess
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

FLAGS = (
    "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync --remote-debugging-port=0 --remote-allow-origins=*"
).split()


def chromium():
    """The browser's path; where there is none the test is skipped, or fails if CADRAGE_REQUIRE_BROWSER is set."""
    found = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)
    if found is None and os.environ.get("CADRAGE_REQUIRE_BROWSER"):
        pytest.fail("no Chromium here, and CADRAGE_REQUIRE_BROWSER is set")
    if found is None:
        pytest.skip("no Chromium on this machine: pages were not opened")
    return found


@contextmanager
def page(width=1280, dark=False):
    """A page of a fresh browser: page(method, **params) → result; its `events` are those of the network."""
    import websocket

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            [chromium(), *FLAGS, f"--user-data-dir={profile}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            port = _port(Path(profile) / "DevToolsActivePort")
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json") as answer:
                target = next(t for t in json.load(answer) if t["type"] == "page")
            socket = websocket.create_connection(target["webSocketDebuggerUrl"], timeout=60)
            tab = Tab(socket)
            tab("Network.enable")
            tab("Page.enable")
            tab("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 500)
            tab(
                "Emulation.setEmulatedMedia",
                features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}],
            )
            yield tab
            socket.close()
        finally:
            process.terminate()
            process.wait(30)


def _port(file):
    for _ in range(200):
        if file.exists() and file.read_text():
            return file.read_text().split()[0]
        time.sleep(0.1)
    raise TimeoutError("Chromium did not open its port")


class Tab:
    """One tab: calls go out, events of the network are kept."""

    def __init__(self, socket):
        self.socket, self.events, self.number = socket, [], 0

    def __call__(self, method, **params):
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": params}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == self.number:
                assert "error" not in message, message["error"]
                return message["result"]
            self.events.append(message)

    def open(self, path):
        """Opens a file, or an address, and waits until it is loaded."""
        self.events.clear()
        self("Page.navigate", url=path if str(path).startswith("http") else Path(path).resolve().as_uri())
        for _ in range(300):
            if self.value("document.readyState") == "complete" and any(
                e["method"] == "Page.loadEventFired" for e in self.events
            ):
                return
            time.sleep(0.05)
        raise TimeoutError(f"{path} did not load")

    def value(self, expression):
        """The value of a JavaScript expression in the page."""
        answer = self("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def wait(self, expression, seconds=120):
        """Waits until a JavaScript expression is true."""
        for _ in range(seconds * 5):
            if self.value(f"!!({expression})"):
                return
            time.sleep(0.2)
        raise TimeoutError(f"never true: {expression}")

    def requests(self):
        """Addresses that the page asked for, itself and data left out."""
        sent = [e["params"]["request"]["url"] for e in self.events if e.get("method") == "Network.requestWillBeSent"]
        return [u for u in sent[1:] if not u.startswith("data:")]
