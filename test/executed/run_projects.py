"""Runs small projects with LiveKit's own library, and prints what each sends.

Reads a list of projects as JSON, each an object of texts by path, and runs main.py of each. Prints a list of what
sandbox.ts calls a Behaviour: calls, what was printed, and how it ended. LiveKitAPI, requests and subprocess are
replaced by stand-ins that keep what they are given.
"""

import contextlib
import io
import json
import os
import runpy
import subprocess
import sys
import tempfile
import types
from pathlib import Path

from google.protobuf.json_format import MessageToJson
from livekit import api
from livekit.protocol.sip import CreateSIPDispatchRuleRequest, SIPDispatchRuleInfo

calls = []


def keep(verb, words, *requests):
    calls.append({"verb": verb, "words": words, "requests": list(requests)})


class Client:
    """Stands for LiveKitAPI and its `sip`."""

    def __init__(self, *_, **__):
        self.sip = self

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        pass

    async def aclose(self):
        pass

    async def create_dispatch_rule(self, create):
        # Through the wire, where a message of another class would fail.
        message = CreateSIPDispatchRuleRequest.FromString(create.SerializeToString())
        keep("create", "create_dispatch_rule", MessageToJson(message, preserving_proto_field_name=True))
        return SIPDispatchRuleInfo(sip_dispatch_rule_id="SDR_made")

    create_sip_dispatch_rule = create_dispatch_rule

    async def update_dispatch_rule(self, rule_id, rule):
        keep("update", f"update_dispatch_rule {rule_id}", MessageToJson(rule, preserving_proto_field_name=True))
        return rule


def post(url, data=None, json=None, **_):
    verb = "create" if "/CreateSIPDispatchRule" in url else "update" if "/UpdateSIPDispatchRule" in url else "other"
    keep(verb, f"post {url}", data if json is None else dumps(json))
    return types.SimpleNamespace(status_code=200, json=dict, raise_for_status=lambda: None)


def run(words, *_, **__):
    text = " ".join(words)
    verb = next((verb for verb in ("create", "update") if f"sip dispatch {verb}" in text), "other")
    keep(verb, text, *(Path(word).read_text() for word in words if Path(word).is_file()))
    return subprocess.CompletedProcess(words, 0, stdout="SIPDispatchRuleID: SDR_made\n", stderr="")


dumps = json.dumps
api.LiveKitAPI = Client
sys.modules["requests"] = types.SimpleNamespace(post=post)
subprocess.run = subprocess.check_call = run
kept = set(sys.modules)


def behaviour(files):
    calls.clear()
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            target = Path(folder, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text)
        os.chdir(folder)
        sys.path.insert(0, folder)
        printed = io.StringIO()
        status = 0
        try:
            with contextlib.redirect_stdout(printed):
                runpy.run_path("main.py", run_name="__main__")
        except Exception as error:
            print(f"{type(error).__name__}: {error}", file=printed)
            status = 1
        finally:
            sys.path.remove(folder)
            os.chdir("/")
            for name in set(sys.modules) - kept:
                del sys.modules[name]
        return {"calls": list(calls), "printed": printed.getvalue().replace(folder, ""), "status": status}


print(json.dumps([behaviour(files) for files in json.load(sys.stdin)]))
