"""DuckDB's own reader on the same documents, without checks: what ours is compared with.

`python -m benchmarks.warehouse_reader FILE...` prints the seconds that loading the files took.
"""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

THREADS, MEMORY = 2, "2GB"
LARGEST_OBJECT = 64_000_000  # bytes
LOAD = "create table {} as from read_json($path, maximum_object_size = $most)"


def main() -> None:
    """Load and print."""
    print(seconds_of([Path(name) for name in sys.argv[1:]]))


def seconds_of(files: list[Path]) -> float:
    """Load each file into a table of its own, in a database on disk; return the seconds."""
    with TemporaryDirectory() as folder:
        settings = {"threads": THREADS, "memory_limit": MEMORY, "temp_directory": folder}
        with duckdb.connect(f"{folder}/read.duckdb", config=settings) as connection:
            begun = time.monotonic()
            for file in files:
                parameters = {"path": str(file), "most": LARGEST_OBJECT}
                connection.execute(LOAD.format(file.stem), parameters)
            return time.monotonic() - begun


if __name__ == "__main__":
    main()
