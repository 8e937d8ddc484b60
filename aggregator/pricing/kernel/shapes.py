"""Types of what compiled functions take and return; numba infers its own."""

import numpy as np
import numpy.typing as npt

Int64s = npt.NDArray[np.int64]
Uint16s = npt.NDArray[np.uint16]
Floats = npt.NDArray[np.float64]
Columns = tuple[int, ...]
"""One row, by the numbers of `layout`."""

Number = tuple[float, np.uint64, np.uint64, float]
"""See `exactness`."""

Totals = tuple[Number, Number, Number, bool, bool]
"""Net, gross and as stated, whether net and whether gross is known."""

Marks = tuple[int, bool, bool]
"""Mask of limits applied, whether gross is derived, whether a limit is unchecked."""
