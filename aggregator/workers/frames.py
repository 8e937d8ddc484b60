"""Python objects between two of our own processes, each in as few system calls as can be.

A thread that waits for the other side needs the interpreter once for each call, while others
use it; so a pipe's 64 KiB at a time would take far longer than the work that is sent.
"""

import pickle
import socket
from struct import Struct

LENGTH = Struct("!Q")


class Gone(Exception):
    """The other side is not there any more."""


def send(channel: socket.socket, value: object) -> None:
    """Send an object; OSError when nobody is there."""
    content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    channel.sendall(LENGTH.pack(len(content)))
    channel.sendall(content)


def receive(channel: socket.socket) -> object:
    """Return the next object from the other side.

    Raises:
        Gone: there will be none.
        OSError: the connection broke.
    """
    (length,) = LENGTH.unpack(_exactly(channel, LENGTH.size))
    return pickle.loads(_exactly(channel, length))  # noqa: S301 - from our own process


def _exactly(channel: socket.socket, length: int) -> bytearray:
    content = bytearray(length)
    view, come = memoryview(content), 0
    while come < length:
        count = channel.recv_into(view[come:], 0, socket.MSG_WAITALL)
        if not count:
            raise Gone
        come += count
    return content
