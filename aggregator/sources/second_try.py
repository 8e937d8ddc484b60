"""A token that is refused is written the other way, once: nobody can know how a server wants it."""

from aggregator.errors import Refused
from aggregator.sources.access import DETAILS, VERSIONS, Access
from aggregator.sources.answer import Answer, OcpiRefused
from aggregator.sources.exchange import Exchange, Moved
from aggregator.sources.intake import Asked
from aggregator.sources.retrying import TryAgain

NO_ENTRY = {401, 403}
OF_VERSIONS = {VERSIONS, DETAILS}
CANNOT_READ_THAT = 500  # what some servers say to a token that they cannot decode


class SecondTry:
    """Makes requests; where one is refused that may be the token's fault, once more."""

    def __init__(self, exchange: Exchange, access: Access) -> None:
        self._exchange, self._access = exchange, access

    async def ask(self, asked: Asked) -> Answer | Moved:
        """Send one request, perhaps twice, and return its answer.

        Raises:
            TryAgain: the failure may pass.
            SourceError: it does not.
        """
        try:
            answer, _ = await self._once(asked)
        except Refused as error:
            if not self._may_turn(asked, error):
                self._access.turn_back(asked.url, asked.name)
                raise
            first = error
        else:
            return answer
        return await self._the_other_way(asked, first)

    def _may_turn(self, asked: Asked, error: Refused) -> bool:
        if not (isinstance(error, OcpiRefused) or error.status in NO_ENTRY):
            return False
        may_be_theirs = isinstance(error, OcpiRefused) and error.may_be_the_servers
        return self._access.turn_round(asked.url, asked.name, may_be_the_servers=may_be_theirs)

    async def _the_other_way(self, asked: Asked, first: Refused) -> Answer | Moved:
        """Ask again, the token turned round; where that does not help, raise what was said first.

        About a version, where no token is known to be right, a plain no says more than an error.
        """
        try:
            answer, has_data = await self._once(asked)
            if has_data or isinstance(answer, Moved):
                return answer
        except Refused as second:
            is_plain = second.status in NO_ENTRY
            says_more = is_plain and isinstance(first, OcpiRefused) and asked.name in OF_VERSIONS
            if says_more or not (is_plain or isinstance(second, OcpiRefused)):
                self._access.turn_back(asked.url, asked.name)
                raise
        except TryAgain as second:
            if asked.method != "GET" or not _cannot_read(second):
                raise
        self._access.turn_back(asked.url, asked.name)
        raise first

    async def _once(self, asked: Asked) -> tuple[Answer | Moved, bool]:
        """Return an answer, and whether it holds what was asked for."""
        answer = await self._exchange.ask(asked)
        if isinstance(answer, Moved):
            return answer, False
        has_data = asked.has_data(answer) if asked.has_data else True
        if has_data and asked.method == "GET":  # others may be refused in the answer to them
            self._access.proven(asked.url, asked.name)
        return answer, has_data


def _cannot_read(again: TryAgain) -> bool:
    return isinstance(again.error, Refused) and again.error.status == CANNOT_READ_THAT
