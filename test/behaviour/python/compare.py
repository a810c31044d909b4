"""Runs programs before and after their migration with LiveKit's own library, and compares the requests they send.

Reads a list of {"before", "after", "partly", "calls"} as JSON, and prints a list: null where both behave alike, else what they did.
"""

import asyncio
import contextlib
import inspect
import io
import json
import sys

from google.protobuf.json_format import MessageToDict, ParseDict
from livekit.protocol.sip import CreateSIPDispatchRuleRequest, SIPDispatchRuleInfo


class Client:
    """Stands for LiveKitAPI: keeps what it would send."""

    def __init__(self):
        self.sip = self
        self.sent = []
        self.noted = []

    async def create_dispatch_rule(self, request):
        self.sent.append(CreateSIPDispatchRuleRequest.FromString(request.SerializeToString()))
        return SIPDispatchRuleInfo()

    create_sip_dispatch_rule = create_dispatch_rule

    def note(self, value):
        self.noted.append(repr(value))

    def info(self, value):
        """Prints it, as a logger does."""

    def post(self, url, payload=None, *, data=None, json=None):
        message = payload or json or loads(data)
        if "Create" in url:
            self.sent.append(ParseDict(message, CreateSIPDispatchRuleRequest()))


loads = json.loads


def run(program, calls):
    outcomes = []
    for call in calls:
        client = Client()
        names = {"__name__": "program", "lk": client}
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                exec(compile(program.encode(), "program.py", "exec"), names)
                result = eval(call, names)
                if inspect.isawaitable(result):
                    asyncio.run(wait(result))
            ending = None
        except Exception as error:
            ending = type(error).__name__
        outcomes.append((client.sent, client.noted, ending))
    return outcomes


async def wait(result):
    return await result


def wrapped(request):
    """The request as it has to be afterwards."""
    if request.HasField("dispatch_rule"):
        return request
    fields = MessageToDict(request, preserving_proto_field_name=True)
    if "inbound_numbers" in fields:
        fields["numbers"] = fields.pop("inbound_numbers")
    return CreateSIPDispatchRuleRequest(dispatch_rule=ParseDict(fields, SIPDispatchRuleInfo()))


def same(before, after, partly):
    (sent, noted, ending), (sent_after, noted_after, ending_after) = before, after
    if noted != noted_after or ending != ending_after or len(sent) != len(sent_after):
        return False
    # Requests that need a person stay as they are. An empty request says the same with an empty wrapper and without one: that it has no rule.
    return all(
        a == wrapped(b)
        or (partly and a == b)
        or (not b.ListFields() and not a.dispatch_rule.ListFields() and not a.HasField("rule"))
        for b, a in zip(sent, sent_after)
    )


def shown(outcomes):
    return [
        {"sent": [str(request) for request in sent], "noted": noted, "ended": ending} for sent, noted, ending in outcomes
    ]


def compare(case):
    before, after = (run(case[side], case["calls"]) for side in ("before", "after"))
    if all(same(b, a, case["partly"]) for b, a in zip(before, after)):
        return {"sent": sum(len(sent) for sent, _, _ in before), "raised": [ending for _, _, ending in before if ending]}
    return {"before": shown(before), "after": shown(after)}


print(json.dumps([compare(case) for case in json.load(sys.stdin)]))
