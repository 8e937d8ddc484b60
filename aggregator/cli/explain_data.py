"""An explanation as scripts read it."""

from dataclasses import asdict
from typing import Any

from aggregator.cli.reasons import why_no_price
from aggregator.invoices.evidence import Evidence
from aggregator.invoices.explaining import Explanation
from aggregator.sources.archive import ArchivedDocument

OF_THE_OFFER = (
    *("feed", "country_code", "party_id", "operator_name", "location_id", "location_name"),
    *("evse_uid", "evse_id", "connector_id", "tariff_id", "content_hash", "payment_methods"),
    *("time_zone", "state", "state_reason", "currency", "tax_basis"),
    *("licence", "source_url", "synthetic"),
)


def as_data(found: Explanation) -> dict[str, Any]:
    """Return an explanation for scripts; amounts are texts, exact."""
    offer = found.offer
    no_price = offer["state"] in {"unknown", "not_computable"}
    return {
        **{name: offer[name] for name in OF_THE_OFFER},
        "why_no_price": why_no_price(offer["state_reason"]) if no_price else None,
        "evidence": _evidence(found.evidence) if found.evidence else None,
        "why_no_evidence": found.why_no_evidence,
        "stated": [part._asdict() for part in found.stated],
        "tax": asdict(found.tax) if found.tax else None,
        "session_code": found.session_code,
        "session": asdict(found.session) if found.session else None,
        "bill": asdict(found.bill) if found.bill else None,
        "refused": found.refused,
        "rounding": asdict(found.rounding) if found.rounding else None,
        "display": asdict(found.display) if found.display else None,
        "figures": [{**asdict(one), "is_same": one.is_same} for one in found.figures],
        "flags": found.flags,
        "agrees": found.agrees,
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    read = evidence.tariff
    return {
        **_document(evidence.document),
        "run_id": evidence.run_id,
        "json_path": read.json_path,
        "command": evidence.command,
        "ocpi_version": read.ocpi_version,
        "prices": read.prices,
        "newer": _document(evidence.newer) if evidence.newer else None,
    }


def _document(document: ArchivedDocument) -> dict[str, Any]:
    return {
        "url": document.url,
        "asked_at": document.asked_at,
        "status": document.status,
        "size_bytes": document.size_bytes,
        "sha256": document.sha256,
        "file": str(document.path),
    }
