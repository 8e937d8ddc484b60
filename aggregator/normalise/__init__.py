"""Make offers comparable: how one pays, which clock counts; never silent, with the source."""
