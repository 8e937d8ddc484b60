"""What an address is, found out by asking: versions, a module, a whole document, or nothing."""

import gzip
import json

import pytest
from werkzeug import Request, Response

from aggregator.errors import KlarprisError
from aggregator.sources.address import shown
from tests.checking.conftest import locations, ocpi, tariffs


def serve_versions(httpserver, tariffs_too=True):
    url = httpserver.url_for
    versions = [
        {"version": "2.1.1", "url": url("/2.1.1")},
        {"version": "2.2.1", "url": url("/2.2.1")},
    ]
    modules = [{"identifier": "locations", "role": "SENDER", "url": url("/2.2.1/locations")}]
    if tariffs_too:
        modules.append({"identifier": "tariffs", "role": "SENDER", "url": url("/2.2.1/tariffs")})
        httpserver.expect_request("/2.2.1/tariffs").respond_with_json(
            ocpi(tariffs("T1")), headers={"X-Total-Count": "1"}
        )
    httpserver.expect_request("/versions").respond_with_json(ocpi(versions))
    details = {"version": "2.2.1", "endpoints": modules}
    httpserver.expect_request("/2.2.1").respond_with_json(ocpi(details))
    httpserver.expect_request("/2.2.1/locations").respond_with_json(
        ocpi(locations(2)), headers={"X-Total-Count": "2"}
    )


def test_versions_lead_to_their_modules_and_nothing_is_asked_twice(httpserver, check_url, proposed):
    serve_versions(httpserver)
    report = check_url("/versions")
    assert (report.ocpi_version, report.version_how) == ("2.2.1", "agreed")
    # 2 locations, 2 EVSEs, 2 connectors, 1 tariff
    assert report.kept == 7
    asked = [request.path for request, _ in httpserver.log]
    assert sorted(asked) == ["/2.2.1", "/2.2.1/locations", "/2.2.1/tariffs", "/versions"]
    feed = proposed(report)
    assert feed.versions_url == httpserver.url_for("/versions")
    assert feed.ocpi_version is None
    assert feed.feed_id == "se_localhost"
    assert not report.needs_attention


def test_a_missing_tariffs_module_is_named(httpserver, check_url):
    serve_versions(httpserver, tariffs_too=False)
    assert check_url("/versions").dialect.missing_modules == ("tariffs",)


def test_locations_bring_the_tariffs_that_stand_beside_them(httpserver, check_url, proposed):
    total = {"X-Total-Count": "1"}
    httpserver.expect_request("/open/locations").respond_with_json(
        ocpi(locations(1)), headers=total
    )
    httpserver.expect_request("/open/tariffs").respond_with_json(ocpi(tariffs("T1")), headers=total)
    report = check_url("/open/locations")
    feed = proposed(report)
    assert feed.source == "ocpi_pull"
    assert feed.tariffs_url == httpserver.url_for("/open/tariffs")
    assert report.dialect.connectors_naming_a_known_tariff == 1
    assert report.version_how == "guessed"


def test_what_stands_beside_the_locations_is_left_alone_when_it_holds_no_tariffs(
    httpserver, check_url, proposed
):
    httpserver.expect_request("/locations.json").respond_with_json(locations(1))
    httpserver.expect_request("/tariffs.json").respond_with_data("<html>not here</html>")
    feed = proposed(check_url("/locations.json"))
    assert feed.tariffs_url is None
    assert feed.source == "ocpi_file"


def test_tariffs_below_the_locations_are_found(httpserver, check_url, proposed):
    httpserver.expect_request("/feed/locations/7").respond_with_json({"data": locations(1)})
    httpserver.expect_request("/feed/locations/7/tariffs").respond_with_json(
        {"data": tariffs("T1")}
    )
    feed = proposed(check_url("/feed/locations/7"))
    assert feed.tariffs_url == httpserver.url_for("/feed/locations/7/tariffs")


def test_an_address_of_tariffs_leads_to_the_locations_beside_it(httpserver, check_url, proposed):
    httpserver.expect_request("/locations.json").respond_with_json(locations(1))
    httpserver.expect_request("/tariffs.json").respond_with_json(tariffs("T1"))
    feed = proposed(check_url("/tariffs.json"))
    assert feed.locations_url == httpserver.url_for("/locations.json")


def test_one_document_with_both_modules_is_one_url(httpserver, check_url, proposed):
    both = {"locations": {"data": locations(1)}, "tariffs": {"data": tariffs("T1")}}
    httpserver.expect_request("/all").respond_with_json({"data": both})
    report = check_url("/all")
    assert proposed(report).url == httpserver.url_for("/all")
    assert report.dialect.records_at == {
        "location": ("$.data.locations.data",),
        "tariff": ("$.data.tariffs.data",),
    }
    assert len(httpserver.log) == 1


def test_packed_documents_are_files(httpserver, check_url, proposed):
    packed = gzip.compress(json.dumps(locations(3)).encode())
    httpserver.expect_request("/dump").respond_with_data(packed)
    report = check_url("/dump")
    assert report.dialect.packed == ("gzip",)
    assert proposed(report).source == "ocpi_file"


def test_a_given_address_of_tariffs_is_taken(httpserver, check_url, proposed):
    httpserver.expect_request("/places.json").respond_with_json(locations(1))
    httpserver.expect_request("/prices.json").respond_with_json(tariffs("T1"))
    report = check_url("/places.json", tariffs_url=httpserver.url_for("/prices.json"))
    assert report.dialect.connectors_naming_a_known_tariff == 1
    assert proposed(report).tariffs_url == httpserver.url_for("/prices.json")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("<!DOCTYPE html><p>Welcome</p>", "web page"),
        ("", "empty"),
        ("nonsense", "not JSON"),
        ('{"hello": "world"}', "neither OCPI versions nor locations"),
        ('{"data": [], "status_code": 1000}', "neither OCPI versions nor locations"),
        ('{"data": [], "status_code": 3000, "status_message": "no"}', "reports error 3000: no"),
    ],
)
def test_what_is_no_feed_is_one_line_with_the_address(httpserver, check_url, body, said):
    httpserver.expect_request("/it").respond_with_data(body)
    with pytest.raises(KlarprisError) as caught:
        check_url("/it")
    assert said in str(caught.value)
    assert shown(httpserver.url_for("/it")) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_address_that_is_not_there_says_404(check_url):
    with pytest.raises(KlarprisError, match="404"):
        check_url("/nowhere")


def test_a_private_address_needs_leave(httpserver, check_url):
    with pytest.raises(KlarprisError, match="--allow-private"):
        check_url("/it", allow_private=False)
    assert not httpserver.log


def test_a_module_that_fails_costs_itself_and_wants_attention(httpserver, check_url):
    serve_versions(httpserver, tariffs_too=False)
    details = {
        "version": "2.2.1",
        "endpoints": [
            {"identifier": "locations", "url": httpserver.url_for("/2.2.1/locations")},
            {"identifier": "tariffs", "url": httpserver.url_for("/gone")},
        ],
    }
    httpserver.expect_request("/details").respond_with_json(ocpi(details))
    report = check_url("/details")
    assert report.kept_locations == 2
    assert report.needs_attention
    assert any("404" in text for text in report.attention)


def paged(count, size, link):
    """Return what answers with pages of so many records, by Link header or by total alone."""

    def answer(request: Request) -> Response:
        offset = int(request.args.get("offset", 0))
        limit = min(size, int(request.args.get("limit", size)))
        rows = locations(max(0, min(limit, count - offset)), first=offset)
        headers = {"X-Total-Count": str(count), "X-Limit": str(size)}
        if link and offset + limit < count:
            target = f"{request.base_url}?offset={offset + limit}&limit={limit}"
            headers["Link"] = f'<{target}>; rel="next"'
        return Response(json.dumps(ocpi(rows)), headers=headers, mimetype="application/json")

    return answer


@pytest.mark.parametrize("link", [True, False])
def test_only_so_many_pages_are_asked_for(httpserver, check_url, proposed, link):
    httpserver.expect_request("/locations").respond_with_handler(paged(100, 10, link))
    report = check_url("/locations", most_pages=3)
    (module, *_) = report.modules
    assert (module.documents, module.records, module.largest_page) == (3, 30, 10)
    assert module.total == 100
    assert module.is_partial
    assert ("Link" in module.way) is link
    # one to find out, the pages 0, 10 and 20, none ahead
    asked = [request.args.get("offset") for request, _ in httpserver.log if "loc" in request.path]
    assert asked == [None, "0", "10", "20"]
    assert proposed(report).page_limit == 10
    assert not report.needs_attention


def test_all_pages_are_asked_for_on_wish(httpserver, check_url):
    httpserver.expect_request("/locations").respond_with_handler(paged(45, 10, link=True))
    report = check_url("/locations", most_pages=None)
    assert report.kept_locations == 45
    assert not report.is_partial


def test_a_dead_link_within_the_limit_is_no_failure(httpserver, check_url):
    inner = paged(100, 10, link=False)

    def dead(request):
        response = inner(request)
        response.headers["Link"] = f'<{request.host_url}dead>; rel="next"'
        return response

    httpserver.expect_request("/locations").respond_with_handler(dead)
    report = check_url("/locations", most_pages=3)
    assert report.kept_locations >= 20
    assert not report.attention


def test_a_cursor_in_the_body_is_proposed(httpserver, check_url, proposed):
    def answer(request):
        rows = locations(2, first=2 if request.args.get("cursor") else 0)
        following = None if request.args.get("cursor") else "abc"
        return Response(json.dumps({"next": following, "items": rows}))

    httpserver.expect_request("/locations").respond_with_handler(answer)
    report = check_url("/locations")
    assert report.kept_locations == 4
    assert proposed(report).cursor_at == "next"
    assert report.modules[0].way == "cursor in the body"


def test_a_rate_limit_is_told_and_paced(httpserver, check_url, proposed):
    httpserver.expect_request("/locations.json").respond_with_json(
        locations(1), headers={"X-RateLimit-Limit": "6"}
    )
    report = check_url("/locations.json")
    assert "6" in report.limits.values()
    assert proposed(report).pace_seconds > 0
