import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CAUSES } from "../../src/calls/causes/index.ts";
import { messagesIn } from "../../src/calls/known-messages.ts";

/** A message as a program prints it, and the message that it is known as. */
const PRINTED: readonly (readonly [printed: string, message: string])[] = [
  ["missing rule", "missing rule"],
  ['could not read request: proto: (line 2:3): unknown field "_comment"', "could not read request: proto"],
  [
    'could not read request: proto: (line 1:2): unknown field "dispatch_rule"',
    'unknown field "dispatch_rule"',
  ],
  [
    'could not read request: proto: (line 1:2): unknown field "dispatchRule"',
    'unknown field "dispatch_rule"',
  ],
  ['could not read request: proto: (line 9:2): unknown field "numbers"', 'unknown field "numbers"'],
  ["could not read request: open rule.json: no such file or directory", "could not read request"],
  ["Incorrect Usage: flag provided but not defined: -id", "flag provided but not defined: -id"],
  ["Incorrect Usage: flag provided but not defined: -trunk-id", "flag provided but not defined: -…"],
  ["twirp error invalid_argument: unsupported list update operation", "unsupported list update operation"],
  ["no ID specified, use flag or set it in JSON", "no ID specified"],
  ["twirp error invalid_argument: rule id must not be set", "rule id must not be set"],
  ["Unsupported SIP Dispatch Rule: <nil>", "unsupported SIP Dispatch Rule: <nil>"],
  [
    'Dispatch rule for the same trunk, number, and PIN combination already exists in dispatch rule "SDR_a" "b"',
    "Dispatch rule for the same trunk",
  ],
  [
    'Conflicting SIP Dispatch Rules: same Trunk+Number+PIN combination for for "a" and "b"',
    "Dispatch rule for the same trunk",
  ],
  ['Conflicting inbound SIP Trunks: "<new>" and "ST_a"', "Conflicting inbound SIP Trunks"],
  ['twirp error failed_precondition: Multiple SIP Trunks matched for "+15550100"', "Multiple SIP Trunks"],
  [
    'twirp error failed_precondition: Multiple default SIP Trunks matched for "+15550100"',
    "Multiple SIP Trunks",
  ],
  ["No SIP Dispatch Rules defined", "No SIP Dispatch Rules defined"],
  ["flood", "Rejecting inbound flood"],
  ["Dropping inbound flood", "Dropping inbound flood"],
  ["no-dispatch", "Rejecting inbound call, doesn't match any Dispatch Rules"],
  ["404 Does not match Trunks or Dispatch Rules", "Rejecting inbound call, doesn't match any Dispatch Rules"],
  ["404", "Rejecting inbound call, doesn't match any Dispatch Rules"],
  ["dispatch-error", "SIP handle dispatch rule error"],
  ["Rejecting inbound, auth check failed", "Rejecting inbound, auth check failed"],
  ["no response from servers", "no response from servers"],
  ["Authentication failed - response mismatch", "Authentication failed"],
  [
    "auth challenge timed out without authenticated retry; finalizing call as error",
    "auth challenge timed out",
  ],
  ["wrong-pin", "Rejecting call; reason wrong-pin"],
  ["cannot-subscribe", "reason cannot-subscribe"],
  ["not dispatching agent job since no worker is available", "not dispatching agent job"],
  ["could not join room", "Cannot create LiveKit participant"],
  ["participant-failed", "Cannot create LiveKit participant"],
  ["room has exceeded its max participants", "room has exceeded"],
  ["no-common-codec", "Cannot start media"],
  ["sdp-error", "Cannot start media"],
  ["media-timeout", "triggering media timeout"],
  ["replaying cached INVITE rejection", "replaying cached"],
  ["Inbound SIP request not handled", "Inbound SIP request not handled"],
  ["UNKNOWN_REASON", "reason UNKNOWN_REASON"],
  ["No SIP trunk matched for auth", "No SIP trunk matched"],
  ["SIP/2.0 503 Try again later", "503 Try again later"],
  ["status 486", "status 486"],
  ["hangup", "reasons hangup"],
];

describe("a message that LiveKit's programs print is explained", () => {
  it.each(PRINTED)("%s", (printed, message) => {
    const [first] = messagesIn(printed);
    expect(first?.message).toContain(message);
    expect(first?.means).toMatch(/\.$/);
    expect(first?.next).not.toBe("");
  });
});

it("other text holds none", () => {
  expect(messagesIn("error: Process completed with exit code 1.\n{}\nflooded, 4860, canceled")).toEqual([]);
});

it("of several the first in the text stands first", () => {
  const text = "Rejecting inbound, auth check failed … no response from servers";
  expect(messagesIn(text).map(({ message }) => message)).toEqual([
    "Rejecting inbound, auth check failed",
    "no response from servers",
  ]);
});

it("docs/diagnose.md has a row for each cause, and no other", () => {
  const text = readFileSync(join(import.meta.dirname, "../../docs/diagnose.md"), "utf8");
  const [, table = ""] = text.split("\n## Causes\n");
  const rows = Array.from(table.split("\n## ")[0]?.matchAll(/^\| `([a-z-]+)` \|/gm) ?? [], ([, id]) => id);
  expect(rows.toSorted()).toEqual(CAUSES.map(({ id }) => id).toSorted());
});
