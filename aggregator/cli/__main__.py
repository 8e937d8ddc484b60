"""`python -m aggregator.cli`: the command line where no script is installed."""

from aggregator.cli import main

main()
