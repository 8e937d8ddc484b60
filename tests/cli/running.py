"""Commands run in this process: many cases in little time."""

import json

from typer.testing import CliRunner

from aggregator.cli import app
from aggregator.errors import KlarprisError


class Ran:
    """What a command printed, and how it ended."""

    def __init__(self, result):
        self.code, self.text = result.exit_code, result.stdout
        self.said = " ".join(result.stderr.split())
        if isinstance(result.exception, KlarprisError):
            self.said = str(result.exception)
        elif result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception

    @property
    def data(self):
        return json.loads(self.text)


def ran(*arguments):
    """Return how a command ended; KLARPRIS_HOME is as the test set it."""
    return Ran(CliRunner().invoke(app, [str(one) for one in arguments]))
