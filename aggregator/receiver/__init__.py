"""The OCPI server side: what other parties ask us, over HTTP.

Today that is as much as a handshake needs: versions, details and credentials, served while a feed
is being registered. What operators push would stand here too.
"""
