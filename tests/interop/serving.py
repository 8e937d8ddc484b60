"""A server in a process and an environment of its own, and what it has to offer."""

import json
import os
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.interop.environments import HERE, python_of

TOKEN_A = "token-for-registering"
TOKEN_C = "a-token-that-is-valid"


@dataclass(frozen=True)
class Server:
    """A running server. folder: what it serves; its log stands there too."""

    url: str
    folder: Path

    @property
    def versions_url(self):
        return f"{self.url}/ocpi/versions"

    @property
    def log(self):
        """What the server wrote: the requests that it was asked, among others."""
        return (self.folder / "log.txt").read_text("utf-8")

    def offer(self, version, feed, paging="nothing"):
        """Serve a feed from now on, and accept the usual tokens."""
        self._write(f"{version}.json", {**feed, "paging": paging})
        self._write("tokens.json", {"a": [TOKEN_A], "c": [TOKEN_C]})

    @property
    def tokens(self):
        """The tokens that the server accepts now."""
        return json.loads((self.folder / "tokens.json").read_text("utf-8"))

    def _write(self, name, content):
        """Put a whole file in place at once: the server may be reading."""
        new = self.folder / f"{name}.new"
        new.write_text(json.dumps(content), "utf-8")
        new.replace(self.folder / name)


@contextmanager
def running(name, folder, *versions):
    """Yield a server that listens; end it afterwards."""
    script = HERE / "servers" / f"{name}_server.py"
    environment = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    with (folder / "log.txt").open("w") as log:
        process = subprocess.Popen(
            [python_of(name), script, folder, *versions],
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )
    try:
        port = process.stdout.readline().strip()
        assert port, (folder / "log.txt").read_text("utf-8")
        yield Server(f"http://127.0.0.1:{port}", folder)
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stdout.close()
