"""Run `klarpris` as somebody who may not write, or whose disk is full: python hindered.py ...

`0` takes from the superuser the right to write what its mode forbids; everybody else lacks that
right anyway. Any other number is how many bytes a file may grow to.
"""

import ctypes
import os
import resource
import signal
import sys

DROP_FROM_BOUNDING_SET = 24  # linux/prctl.h
OVERRIDE_MODES = 1  # linux/capability.h: CAP_DAC_OVERRIDE


def main() -> None:
    """Give up what is told to be lacking, then be klarpris."""
    most_bytes, *arguments = sys.argv[1:]
    if int(most_bytes):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(most_bytes), int(most_bytes)))
    elif sys.platform == "linux":
        ctypes.CDLL(None).prctl(DROP_FROM_BOUNDING_SET, OVERRIDE_MODES, 0, 0, 0)
    os.execv(sys.executable, [sys.executable, "-m", "aggregator.cli", *arguments])  # noqa: S606 - ourselves, with less


if __name__ == "__main__":
    main()
