"""What an examination counted -> the report, without any secret in it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from aggregator.checking.delivery import rate_limits
from aggregator.checking.examination import Examination
from aggregator.checking.kit import Kit
from aggregator.checking.problems import foremost, problem_kinds
from aggregator.checking.proposal import propose
from aggregator.checking.report import (
    CheckReport,
    Counts,
    Dialect,
    ModuleFound,
    Party,
    Proposal,
    cleaned,
)
from aggregator.checking.subject import Subject
from aggregator.checking.tally import Tally
from aggregator.domain.problem import NoteKind, ObjectType
from aggregator.domain.text import one_line
from aggregator.feeds import Feed, TokenEncoding

TIME_WITHOUT_OFFSET, OTHER_SPELLING = "time_without_offset", "key_spelling"
NO_PROPOSAL = Proposal("", "", ())
MOST_NAMES = 5
LONGEST = 300


def assembled(subject: Subject, kit: Kit, done: Examination, now: datetime) -> CheckReport:
    """Return the report of an examination that is over."""
    tally, remarks = done.tally, done.source.remarks
    answered = done.client.answered if done.client else []
    modules = tuple(one.found(done.feed, answered) for one in done.deliveries)
    kinds = problem_kinds(tally.account)
    attention = [*done.failures, *remarks.attention]
    if not tally.records and not done.failures:
        attention.append("no record was found")
    report = CheckReport(
        subject=subject.label,
        ocpi_version=tally.version,
        version_how=_version_how(done.feed, modules),
        access=access_in_words(done, kit),
        modules=modules,
        counts=tuple(_counts(tally)),
        dialect=_dialect(done, modules),
        problems=foremost(kinds),
        problem_kinds=len(kinds),
        parties=tuple(_parties(tally)),
        limits=rate_limits(done.heard),
        attention=tuple(one_line(text, LONGEST) for text in attention),
        notes=tuple(one_line(text, LONGEST) for text in remarks.notes),
        documents=sum(len(one.pages) for one in done.deliveries),
        size_bytes=sum(one.size_bytes for one in done.deliveries),
        proposal=NO_PROPOSAL,
    )
    report = cleaned(report, kit.secrets.redact)
    is_named = subject.feed is not None
    proposal = propose(report, done.feed, tally.countries, now.date(), is_named=is_named)
    return replace(report, proposal=proposal)


def _version_how(feed: Feed | None, modules: tuple[ModuleFound, ...]) -> str:
    if feed and feed.versions_url and modules and not feed.locations_url:
        return "agreed"
    return "stated" if feed and feed.ocpi_version else "guessed"


def access_in_words(done: Examination, kit: Kit) -> str:
    """Return how the server let us in, without any secret."""
    feed = done.feed
    if feed is None:
        return "local file"
    ways = []
    if feed.token_env or kit.credentials:
        whose = "the handshake" if kit.credentials else f"{feed.token_env}"
        ways.append(f"token of {whose}, {_encoding(done, feed, kit)}")
    ways += [f"header {name} from {variable}" for name, variable in feed.secret_headers.items()]
    ways += [f"parameter {name} from {variable}" for name, variable in feed.secret_query.items()]
    if feed.basic:
        ways.append("user and password")
    return "; ".join(ways) or "no token"


def _encoding(done: Examination, feed: Feed, kit: Kit) -> str:
    """Return how the token was written where it was accepted."""
    urls = [feed.versions_url or "", *(one.address for one in done.deliveries)]
    found = {kit.memory.encoding(url) for url in urls if url} - {None}
    if feed.token_encoding is not TokenEncoding.AUTO:
        found = {feed.token_encoding}
    words = sorted(str(one) for one in found)
    return f"written in {' and '.join(words)}" if words else "not accepted anywhere"


def _counts(tally: Tally) -> Iterator[Counts]:
    for kind in ObjectType:
        received, rejected = tally.account.received[kind], tally.account.rejected(kind)
        repeated = tally.repeated[kind]
        yield Counts(kind, received, received - rejected, rejected, repeated)


def _dialect(done: Examination, modules: tuple[ModuleFound, ...]) -> Dialect:
    tally = done.tally
    connectors = sum(tally.links.values())
    missing = [
        f"{kind}s"
        for kind in (ObjectType.LOCATION, ObjectType.TARIFF)
        if kind not in tally.places and not (kind is ObjectType.TARIFF and tally.inline_tariffs)
    ]
    return Dialect(
        records_at={str(kind): tuple(paths) for kind, paths in tally.places.items()},
        packed=tuple(sorted({one.packed for one in done.deliveries if one.packed})),
        other_spelling=_noted(tally, OTHER_SPELLING),
        geojson=tally.geojson,
        inline_tariffs=tally.inline_tariffs,
        missing_modules=tuple(missing) if modules else (),
        power_in_kw=tally.power_in_kw,
        times_without_offset=_noted(tally, TIME_WITHOUT_OFFSET),
        currencies=dict(tally.currencies.most_common()),
        tariff_types=dict(tally.tariff_types.most_common()),
        price_bases=dict(tally.bases.most_common()),
        price_components=tally.components,
        price_components_with_vat=tally.components_with_vat,
        connectors=connectors,
        connectors_naming_a_tariff=tally.connectors_naming_a_tariff,
        connectors_naming_a_known_tariff=tally.connectors_naming_a_known_tariff,
    )


def _noted(tally: Tally, code: str) -> int:
    notes: list[tuple[NoteKind, int]] = list(tally.account.notes.items())
    return sum(count for kind, count in notes if kind.note_code == code)


def _parties(tally: Tally) -> Iterator[Party]:
    by_size = sorted(
        tally.parties.items(), key=lambda one: (-one[1].counts[ObjectType.LOCATION], one[0])
    )
    for (country_code, party_id), found in by_size:
        names = [name for name, _ in found.names.most_common(MOST_NAMES)]
        yield Party(
            party=f"{country_code}*{party_id}",
            names=tuple(names),
            locations=found.counts[ObjectType.LOCATION],
            evses=found.counts[ObjectType.EVSE],
            connectors=found.counts[ObjectType.CONNECTOR],
            tariffs=found.counts[ObjectType.TARIFF],
        )
