"""Ways in which a DuckDB file gets damaged."""

import os


def cut(size):
    return lambda path: os.truncate(path, size)


def scribble(at, size=4_096):
    def harm(path):
        with path.open("r+b") as file:
            file.seek(at)
            file.write(bytes(range(256)) * (size // 256))

    return harm


DAMAGES = {
    "empty": cut(0),
    "a part of the header": cut(100),
    "headers only": cut(12_288),
    "half": lambda path: os.truncate(path, path.stat().st_size // 2),
    "header overwritten": scribble(0),
    "second header overwritten": scribble(4_096, 8_192),
    "first block overwritten": scribble(12_288),
    "another program's": lambda path: path.write_bytes(b"SQLite format 3\0" + bytes(8_000)),
    "somebody's notes": lambda path: path.write_text("not a database" * 1_000),
}
# Of half a file, some tables can still be read.
SEEN_AT_ONCE = {name: damage for name, damage in DAMAGES.items() if name != "half"}
