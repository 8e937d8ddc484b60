"""A server of a few documents with entity tags, harvested with a memory that lasts."""

import asyncio
import json
from types import FunctionType

from werkzeug import Response

from aggregator.harvest import Equipment, Job, harvest_feed
from tests.harvest.conftest import Watching


class SmallServer:
    """Answers 304 where the tag it is asked with is still right, 404 where it has nothing."""

    def __init__(self, httpserver, warehouse, folder):
        self._url_for, self._warehouse = httpserver.url_for, warehouse
        self._equipment = Equipment(1, 100_000_000, memory_folder=folder)
        self.answers, self.asked = {}, []
        httpserver.expect_request("").respond_with_handler(self._answer)

    def _answer(self, request):
        self.asked.append(request.full_path)
        answer = self.answers.get(request.path)
        response = answer(request) if isinstance(answer, FunctionType) else answer
        if response is None:
            return Response("{}", 404)
        tag = response.headers.get("ETag")
        if tag and request.headers.get("If-None-Match") == tag:
            return Response(status=304)
        return Response(response.data, response.status_code, response.headers)

    def url(self, path):
        return self._url_for(path)

    def harvest(self, feed):
        """Harvest as if a person asked for it, and return the run."""
        job = Job(feed.feed_id, feed, by_hand=True)
        self.asked.clear()
        return asyncio.run(harvest_feed(self._warehouse, job, self._equipment, Watching()))


def tagged(tag, *records, **headers):
    """Return an answer of records; tag: None for a server that knows no tags."""
    said = {"ETag": f'"{tag}"'} if tag else {}
    content = {"status_code": 1000, "data": list(records)}
    return Response(json.dumps(content), headers=said | headers, content_type="application/json")
