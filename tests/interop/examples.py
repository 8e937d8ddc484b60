"""The specification's own example objects, with ids of their own and what each server insists on.

Several examples share an id, and some leave out what the text calls mandatory.
"""

import json

MOMENT = "2015-06-29T20:39:09Z"


def examples(folder):
    """Return the complete locations and tariffs in a folder of examples, by file name.

    Files that hold a part of an object only, or one of another kind, are left out.
    """
    found = {"locations": {}, "tariffs": {}}
    for path in sorted(folder.glob("*.json")):
        text = path.read_text("utf-8")
        if text.startswith('"'):
            continue  # a member of an object, not an object
        record = json.loads(text[text.index("{") :])  # some name the request in a first line
        if {"id", "coordinates"} <= record.keys():
            found["locations"][path.stem] = record
        elif {"id", "currency", "elements"} <= record.keys():
            found["tariffs"][path.stem] = record
    return found


def feed_of_examples(found, without=()):
    """Return a feed of the examples, except those named."""
    return {
        module: [
            {"last_updated": MOMENT, **record, "id": f"example-{number}"}
            for number, (name, record) in enumerate(records.items())
            if name not in without
        ]
        for module, records in found.items()
    }


def completed(location):
    """Return a location of 2.1.1 as the package extrawest-ocpi wants it.

    It insists on a time zone, and takes one status schedule where the text says a list.
    """
    evses = [
        {key: value for key, value in evse.items() if key != "status_schedule"}
        for evse in location["evses"]
    ]
    return {"time_zone": "Europe/Brussels", **location, "evses": evses}
