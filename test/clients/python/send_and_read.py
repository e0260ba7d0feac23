"""Sends an event in both modes and reads it back in both, by CloudEvents' own SDK.

usage: send_and_read.py URL < {"attributes": {...}, "data": {...}}; prints what each step gave, as JSON.
"""

import json
import sys
from datetime import datetime
from urllib.request import Request, urlopen

from cloudevents.core.bindings.http import (
    HTTPMessage,
    from_http_event,
    to_binary_event,
    to_structured_event,
)
from cloudevents.core.v1.event import CloudEvent

url = sys.argv[1]


def send(message):
    request = Request(f"{url}/v1/events", data=message.body, headers=message.headers)
    with urlopen(request) as response:
        return {"status": response.status, "body": json.load(response)}


def read(name, accept):
    request = Request(f"{url}/v1/events/{name}", headers={"accept": accept})
    with urlopen(request) as response:
        event = from_http_event(HTTPMessage(dict(response.headers), response.read()))
    # An event that has no time gets that of the reading.
    attributes = {name: str(value) for name, value in event.get_attributes().items()}
    return {"attributes": attributes, "data": event.get_data()}


told = json.load(sys.stdin)
time = datetime.fromisoformat(told["attributes"]["time"])
event = CloudEvent({**told["attributes"], "time": time}, told["data"])

binary = send(to_binary_event(event))
structured = send(to_structured_event(event))
name = binary["body"]["event"]
json.dump(
    {
        "binary": binary,
        "structured": structured,
        "readBinary": read(name, "application/json"),
        "readStructured": read(name, "application/cloudevents+json"),
    },
    sys.stdout,
)
