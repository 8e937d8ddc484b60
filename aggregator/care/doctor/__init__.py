"""Whether all is well, and what to do where it is not; looking changes nothing."""

from aggregator.care.doctor.examining import examine
from aggregator.care.doctor.finding import Finding, State, worst

__all__ = ["Finding", "State", "examine", "worst"]
