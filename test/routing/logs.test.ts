import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fromJson } from "@bufbuild/protobuf";
import { expect, test } from "vitest";
import { SIPDispatchRuleInfoSchema } from "../../src/gen/livekit/livekit_sip_pb.ts";
import { Router } from "../../src/routing/match.ts";
import { matchTrunk } from "../../src/routing/match-trunk.ts";
import { NEWEST, parseServer } from "../../src/rule/server.ts";
import { trunksFromJson } from "../../src/routing/trunks.ts";
import { storedIn } from "./stored-in-wire.ts";

// Calls that were made with livekit-sip 1.11.0 and livekit-server 1.13.5 and 1.13.11, the second of which can't be had from
// a registry. A folder holds, by the server's version, what was stored and what was on the wire, and those lines of
// livekit-sip's log that say what became of the call.
const LOGS = join(import.meta.dirname, "../fixtures/logs");

/** What follows, by the outcome: the last answer to the call's INVITE, and what the log says. */
const FOLLOWS = {
  // The caller gave up while it rang.
  winner: { answer: "487 Request Terminated", log: [] },
  dropped: { answer: "180 Ringing", log: ["Rejecting inbound flood", "flood"] },
  rejected: {
    answer: "404 Does not match Trunks or Dispatch Rules",
    log: ["Rejecting inbound call, doesn't match any Dispatch Rules", "no-dispatch"],
  },
  refused: {
    answer: "503 Try again later",
    log: ["Rejecting inbound call, dispatch evaluation failed", "dispatch-error"],
  },
  "several-trunks": { answer: "503 Try again later", log: ["Rejecting inbound, auth check failed"] },
} as const;

const CASES = readdirSync(LOGS).flatMap((name) =>
  ["1.13.5", "1.13.11"].map((version) => ({ name, version })),
);

test.for(CASES)("$name on livekit-server $version: what happened is what we say", ({ name, version }) => {
  const wire = readFileSync(join(LOGS, name, `${version}.wire.txt`), "utf8");
  const server = parseServer(version) ?? NEWEST;
  const [, callingNumber = "", calledNumber = ""] = /^call (\S+) -> (\S+)$/m.exec(wire) ?? [];
  const read = trunksFromJson(storedIn(wire, "trunk", "sipTrunkId"));
  const match = matchTrunk("trunks" in read ? read.trunks : [], { callingNumber, calledNumber }, server);
  const trunk = match.kind === "specific" || match.kind === "default" ? match.trunk.id : undefined;
  const rules = storedIn(wire, "rule", "sipDispatchRuleId").map((json) => ({
    label: JSON.stringify(json),
    info: fromJson(SIPDispatchRuleInfoSchema, json),
  }));
  const outcome = new Router(rules, server).take({ callingNumber, calledNumber, trunk });
  const said =
    match.kind === "several"
      ? "several-trunks"
      : outcome.outcome !== "no-match"
        ? outcome.outcome
        : outcome.rejected
          ? "rejected"
          : "dropped";

  const { answer, log } = FOLLOWS[said];
  const answers = [...wire.matchAll(/<< SIP\/2.0 (.*?) +\(1 INVITE\)/g)].map(([, text]) => text);
  expect(answers.at(-1)).toBe(answer);
  const path = join(LOGS, name, `${version}.sip.log`);
  const lines = existsSync(path) ? readFileSync(path, "utf8") : "";
  for (const words of log) expect(lines).toContain(`"${words}"`);
});
