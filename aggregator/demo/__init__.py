"""Simulated operators: real OCPI servers on loopback with labelled synthetic data.

* `operators`    one module of facts for each; adding one touches nothing else
* `world`        how many sites, EVSEs and tariffs there are at a given size
* `records`      every object as served, and exact counts to compare a harvest with
* `serving`      all servers in this process; `child` in a process of their own
* `feed_files`   the feed files and tokens by which a harvester finds them

Every object is a function of the seed and its number: nothing is stored, a larger simulation holds
every object of a smaller one, and prices follow the revision (a day count).
"""

from aggregator.demo.child import Child, running
from aggregator.demo.description import Operator
from aggregator.demo.feed_files import demo_environment
from aggregator.demo.operators import OPERATORS
from aggregator.demo.records import Served, served, served_by_all
from aggregator.demo.serving import Running, serve
from aggregator.demo.simulation import Simulation
from aggregator.demo.world import DEFAULT_EVSES, World, build_world

__all__ = [
    "DEFAULT_EVSES",
    "OPERATORS",
    "Child",
    "Operator",
    "Running",
    "Served",
    "Simulation",
    "World",
    "build_world",
    "demo_environment",
    "running",
    "serve",
    "served",
    "served_by_all",
]
