"""A headless Chromium, driven through chromedriver by the W3C's WebDriver protocol."""

import base64
import json
import os
import re

from harness import PATIENCE, Program, ask

# Seconds: axe-core needs more than the 30 that a script has by default if others want the processors too.
SCRIPT_PATIENCE = 2 * PATIENCE


class Browser(Program):
    """One window. What a page logs and fetches is remembered until it is taken."""

    def __init__(self, directory):
        super().__init__(directory, "chromedriver", ["chromedriver", "--port=0"])
        self.port = int(self.find_in(self.out_path, r"started successfully on port (\d+)"))
        arguments = ["--headless=new", "--disable-gpu", "--disable-dev-shm-usage",
                     "--no-first-run", "--disable-background-networking",
                     f"--user-data-dir={directory}/chromium"]
        if os.geteuid() == 0:
            arguments.append("--no-sandbox")  # Chromium has none for root
        self.session = ""
        self.session = "/session/" + self._send("POST", "/session", {
            "capabilities": {"alwaysMatch": {
                "browserName": "chrome",
                "unhandledPromptBehavior": "ignore",
                "timeouts": {"script": SCRIPT_PATIENCE * 1000},
                "goog:chromeOptions": {"args": arguments},
                "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}}})["sessionId"]

    def _send(self, method, path, body=None):
        answer = ask(self.port, self.session + path, method, {"Content-Type": "application/json"},
                     None if body is None else json.dumps(body), timeout=SCRIPT_PATIENCE + PATIENCE)
        value = json.loads(answer.body)["value"]
        if answer.status != 200:
            raise AssertionError(f"{method} {path}: {value}")
        return value

    def close(self):
        self._send("DELETE", "")
        self.kill()

    def devtools(self, command, **parameters):
        return self._send("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def resize(self, width, height=800):
        """What the page sees; a window cannot be that narrow."""
        self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=height,
                      deviceScaleFactor=1, mobile=width < 600)

    def prefer(self, scheme):
        self.devtools("Emulation.setEmulatedMedia",
                      features=[{"name": "prefers-color-scheme", "value": scheme}])

    def open(self, url):
        self._send("POST", "/url", {"url": url})

    def run(self, script):
        """The value of an expression; the page's own policy does not hold for it."""
        return self._send("POST", "/execute/sync", {"script": "return " + script, "args": []})

    def press(self, key, code):
        """A key, with what its code is on Windows."""
        text = {"text": "\r"} if key == "Enter" else {}
        for kind in ("keyDown", "keyUp"):
            self.devtools("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code, **text)

    def has_dialog(self):
        answer = ask(self.port, self.session + "/alert/text", timeout=PATIENCE)
        return answer.status == 200

    def take_logs(self):
        """What the console was told since the last time: errors, refusals of the policy."""
        return [entry["message"] for entry in self._send("POST", "/se/log", {"type": "browser"})]

    def take_fetched(self):
        """The addresses that were asked for since the last time."""
        events = [json.loads(entry["message"])["message"]
                  for entry in self._send("POST", "/se/log", {"type": "performance"})]
        return [event["params"]["request"]["url"] for event in events
                if event["method"] == "Network.requestWillBeSent"]

    def save_screenshot(self, path):
        size = self.devtools("Page.getLayoutMetrics")["cssContentSize"]
        shot = self.devtools("Page.captureScreenshot", captureBeyondViewport=True, clip={
            "x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 4000),
            "scale": 1})
        path.write_bytes(base64.b64decode(shot["data"]))


def colours_of(text):
    """The red, green and blue of a computed colour."""
    return tuple(int(part) for part in re.findall(r"\d+", text)[:3])
