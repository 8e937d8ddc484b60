"""`klarpris feeds check`: try a feed, a document or an address out; nothing of it is kept."""

import asyncio
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import TypeAdapter, ValidationError

from aggregator.checking import CheckReport, Given, Kit, Subject
from aggregator.checking import check as check_subject
from aggregator.cli.feeds_report import print_report
from aggregator.cli.output import ProgressBars, print_json
from aggregator.cli.selection import chosen_settings, known_feeds
from aggregator.cli.snapshot import Json
from aggregator.config import Settings
from aggregator.feeds import Feed, load_feed
from aggregator.feeds.values import HeaderName, Url, Variable
from aggregator.harvest import Equipment
from aggregator.sources.address import shown
from aggregator.sources.local_file import local_feeds

USUAL_PAGES = 3
BAR = "check"
HEADER_WISH = "write --header NAME=VALUE"


def _variable(value: str | None) -> str | None:
    return None if value is None else _as(Variable, value, "capitals, digits and _ only")


def _url(value: str | None) -> str | None:
    return None if value is None else _as(Url, value, "write http:// or https://, and a host")


def _as(kind: Any, value: str, wish: str) -> str:  # noqa: ANN401 - annotated types
    try:
        return str(TypeAdapter(kind).validate_python(value))
    except ValidationError as error:
        said = error.errors()[0]["msg"].partition("Value error, ")[2]
        raise typer.BadParameter(said or wish) from None  # the cause may show what is a key


TokenEnv = Annotated[
    str | None,
    typer.Option(callback=_variable, help="Name of the variable that holds the token."),
]
Header = Annotated[
    list[str] | None,
    typer.Option(help="A header as NAME=VALUE, as often as needed; never shown."),
]
TariffsUrl = Annotated[
    str | None,
    typer.Option(callback=_url, help="Where the tariffs are, when the address does not tell."),
]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Allow this machine and private networks.")
]
LimitPages = Annotated[
    int, typer.Option(min=1, help="Pages that are asked for of each module at most.")
]
All = Annotated[bool, typer.Option("--all", help="Ask for every page.")]


def check(
    subject: Annotated[
        str,
        typer.Argument(
            metavar="FEED|FILE|URL",
            help="A feed, also a disabled one; a document or feed file on this machine; "
            "or the address of versions, of locations, or of a whole document.",
        ),
    ],
    *,
    token_env: TokenEnv = None,
    header: Header = None,
    tariffs_url: TariffsUrl = None,
    allow_private: AllowPrivate = False,
    limit_pages: LimitPages = USUAL_PAGES,
    everything: All = False,
    as_json: Json = False,
) -> None:
    """Try a feed out and say what is there; the warehouse is neither read nor written.

    Tells which version was agreed on or guessed, how we got in, how pages follow each other, what
    would be kept and what refused and why, how the records are written, who the operators are, and
    proposes a feed file. Of a server only the first pages are asked for.

    Exit code 1 when nothing could be kept, or somebody should look at something.
    """
    given = Options(token_env, header or [], tariffs_url, allow_private=allow_private)
    most_pages = None if everything else limit_pages
    report = given.run(subject, chosen_settings(demo=False), most_pages, quiet=as_json)
    if as_json:
        print_json(told(report))
    else:
        print_report(report)
    raise typer.Exit(1 if report.needs_attention else 0)


class Options:
    """How to get at what is checked, as the command line says it."""

    def __init__(
        self,
        token_env: str | None,
        headers: list[str],
        tariffs_url: str | None,
        *,
        allow_private: bool,
    ) -> None:
        """Note what was said."""
        self._token_env, self._tariffs_url = token_env, tariffs_url
        self._headers = dict(_header(text) for text in headers)
        self._allow_private = allow_private

    def run(
        self, wanted: str, chosen: Settings, most_pages: int | None, *, quiet: bool
    ) -> CheckReport:
        """Return the report of a check, with a bar while it runs."""
        equipment = Equipment.of(chosen)
        kit = Kit(
            max_bytes=equipment.max_document_bytes,
            contact=equipment.contact,
            secrets=equipment.secrets,
        )
        subject = self.subject(wanted, chosen, kit)
        if subject.is_known and subject.feed:  # an operator's limits hold for checks as well
            kit = kit.for_feed(
                equipment.memory(subject.feed.feed_id),
                equipment.credentials_of(subject.feed.feed_id),
            )
        with ProgressBars.open({BAR: subject.label}, quiet=quiet) as bars:
            bars.started(BAR)
            return asyncio.run(
                check_subject(
                    subject,
                    kit,
                    most_pages=most_pages,
                    advanced=lambda records, total: bars.advanced(BAR, records, total),
                )
            )

    def subject(self, wanted: str, chosen: Settings, kit: Kit) -> Subject:
        """Return what is meant: an address, a known feed, or a file, in this order."""
        if wanted.lower().startswith(("http://", "https://")):
            url = _url(wanted) or ""
            return Subject(label=shown(url), given=self._given(url, kit))
        path = Path(wanted)
        is_path = path.exists() or path.suffix.lower() == ".toml"
        feeds = known_feeds(chosen)[0] if chosen.feeds_folder.is_dir() or not is_path else {}
        if wanted in feeds:
            feed = self._with_options(feeds[wanted], kit)
            return Subject(label=wanted, feed=feed, is_known=True)
        if path.is_dir():
            message = f"{wanted} is a folder: name one of its files, or harvest it with --from"
            raise typer.BadParameter(message)
        if path.suffix.lower() == ".toml":
            return Subject(label=path.name, feed=self._with_options(load_feed(path), kit))
        if path.is_file():
            if self._is_about_servers:
                message = "options about servers go with a feed or an address, not with a document"
                raise typer.BadParameter(message)
            return Subject(label=path.name, local=local_feeds(path, ())[0])
        message = f"{wanted!r} is no feed (`klarpris feeds list`), no file and no address"
        raise typer.BadParameter(message)

    @property
    def _is_about_servers(self) -> bool:
        return bool(self._headers or self._token_env or self._tariffs_url or self._allow_private)

    def _given(self, url: str, kit: Kit) -> Given:
        return Given.of(
            url,
            kit.secrets,
            tariffs_url=self._tariffs_url,
            headers=self._headers,
            token_env=self._token_env,
            allow_private=self._allow_private,
        )

    def _with_options(self, feed: Feed, kit: Kit) -> Feed:
        """Return a feed with what was said here in place of what its file says."""
        given = self._given(feed.source_url, kit)
        keys = {name: value for name, value in given.keys.items() if name != "secret_query"}
        for table in ("headers", "secret_headers"):
            if table in keys:
                keys[table] = {**getattr(feed, table), **keys[table]}
        return feed.model_copy(update=keys)


def _header(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not value.strip():
        raise typer.BadParameter(HEADER_WISH)
    return _as(HeaderName, name.strip(), HEADER_WISH), value.strip()


def told(report: CheckReport) -> Mapping[str, Any]:
    """Return what scripts are told."""
    return {
        **asdict(report),
        "kept": report.kept,
        "is_partial": report.is_partial,
        "needs_attention": report.needs_attention,
    }
