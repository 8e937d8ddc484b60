"""`python -m dashboard --port 8501`: what `klarpris dashboard` starts."""

import argparse

from dashboard.serve import run

parser = argparse.ArgumentParser(prog="klarpris dashboard")
parser.add_argument("--port", type=int, default=8501)
parser.add_argument("--host", default="127.0.0.1")
options = parser.parse_args()
run(options.port, options.host)
