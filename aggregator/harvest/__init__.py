"""One feed, one run: fetch -> archive -> read -> stage -> load -> account."""

from aggregator.harvest.equipment import Equipment
from aggregator.harvest.feed_run import Job, Progress, harvest_feed
from aggregator.harvest.many import harvest, outcome_of

__all__ = ["Equipment", "Job", "Progress", "harvest", "harvest_feed", "outcome_of"]
