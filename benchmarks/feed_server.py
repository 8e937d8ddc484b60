"""A feed on loopback for benchmarks: `python -m benchmarks.feed_server FOLDER`.

/locations.json and /tariffs.json are the files of the folder; /locations and /tariffs are the same
records in OCPI pages with Link and X-Total-Count, cut before the first request. Prints its port.
"""

import json
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

MODULES = ("locations", "tariffs")
PAGE = 1_000


def main() -> None:
    """Serve until stopped."""
    folder = Path(sys.argv[1])
    Handler.files = {f"/{m}.json": (folder / f"{m}.json").read_bytes() for m in MODULES}
    Handler.records = {f"/{m}": _records(Handler.files[f"/{m}.json"]) for m in MODULES}
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()


def _records(content: bytes) -> list[bytes]:
    document = json.loads(content)
    records = document["data"] if isinstance(document, dict) else document
    return [json.dumps(one, separators=(",", ":"), ensure_ascii=False).encode() for one in records]


class Handler(BaseHTTPRequestHandler):
    """Answers from memory."""

    protocol_version = "HTTP/1.1"
    files: dict[str, bytes]
    records: dict[str, list[bytes]]

    def do_GET(self) -> None:
        """Send a file or a page."""
        parts = urlsplit(self.path)
        if parts.path in self.files:
            self._send(self.files[parts.path], {})
            return
        records = self.records.get(parts.path)
        if records is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        query = parse_qs(parts.query)
        offset = int(query.get("offset", ["0"])[0])
        limit = min(PAGE, int(query.get("limit", [str(PAGE)])[0]))
        headers = {"X-Total-Count": str(len(records)), "X-Limit": str(limit)}
        if offset + limit < len(records):
            address = f"http://{self.headers['Host']}{parts.path}"
            headers["Link"] = f'<{address}?offset={offset + limit}&limit={limit}>; rel="next"'
        page = b",".join(records[offset : offset + limit])
        self._send(b'{"status_code":1000,"data":[' + page + b"]}", headers)

    def _send(self, content: bytes, headers: dict[str, str]) -> None:
        self.send_response(HTTPStatus.OK)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    main()
