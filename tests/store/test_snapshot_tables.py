"""The tables of a snapshot and the version that tells readers whether they know them."""

import hashlib
import re

from aggregator.store.snapshot import SCHEMA_VERSION
from aggregator.store.sql_files import sql, sql_names

COMMENT = re.compile(r"--[^\n]*|comment on [^;]*;")
KNOWN = (7, "fce3b0407df35e52")


def digest_of(texts):
    """Return a digest of tables as they are, whatever their comments say."""
    plain = "\n".join(" ".join(COMMENT.sub("", text).split()) for text in texts)
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


def test_tables_change_only_together_with_their_version():
    names = sql_names("snapshot")
    assert "offer_row" in names
    found = (SCHEMA_VERSION, digest_of(sql("snapshot", name) for name in names))
    assert found == KNOWN, (
        "the tables in sql/snapshot or their version changed. Where a table changed since the last "
        "release, raise SCHEMA_VERSION in store/snapshot.py once, so that readers refuse snapshots "
        f"of other tables; then set KNOWN to {found} here."
    )


def test_comments_and_spaces_are_no_change_of_tables_and_columns_are():
    plain = "create table mart.one (a varchar);"
    told = "-- One.\ncreate table mart.one (\n    a varchar\n);\ncomment on table mart.one is 'x';"
    assert digest_of([plain]) == digest_of([told.replace("(\n    ", "(").replace("\n)", ")")])
    assert digest_of([plain]) != digest_of([plain.replace("varchar", "integer")])
