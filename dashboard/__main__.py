"""`python -m dashboard --port 8501`: what `klarpris dashboard` and `klarpris up` start."""

import argparse
import os
import signal
from threading import Thread

from dashboard.serving.serve import run

STANDARD_INPUT = 0


def end_with_parent() -> None:
    """Stop when the other end of standard input is gone: whoever started us has died."""
    while os.read(STANDARD_INPUT, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="klarpris dashboard")
    parser.add_argument("--port", type=int, default=8501)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--end-with-parent", action="store_true")
    options = parser.parse_args()
    if options.end_with_parent:
        Thread(target=end_with_parent, daemon=True).start()
    run(options.port, options.host)
