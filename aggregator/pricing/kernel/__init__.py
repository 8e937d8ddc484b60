"""Prices many sessions at once: the exact engine's answers, from columns, compiled.

`prices` is the way in. numba is imported when something is priced, not before.
"""
