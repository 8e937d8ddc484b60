"""Subscriptions: what a month costs under a plan and without one."""
