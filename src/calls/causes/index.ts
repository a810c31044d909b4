import type { Certainty, LoggedCall } from "../call.ts";
import type { Cause } from "../cause.ts";
import { cancelled } from "./cancelled.ts";
import { hangup } from "./hangup.ts";
import { joinFailed } from "./join-failed.ts";
import { mediaTimeout } from "./media-timeout.ts";
import { nobodyAnswered } from "./nobody-answered.ts";
import { noCredentials } from "./no-credentials.ts";
import { noMedia } from "./no-media.ts";
import { noRule } from "./no-rule.ts";
import { noRuleNoTrunk } from "./no-rule-no-trunk.ts";
import { notHandled } from "./not-handled.ts";
import { removed } from "./removed.ts";
import { ruleConflict } from "./rule-conflict.ts";
import { serverUnreachable } from "./server-unreachable.ts";
import { trunkConflict } from "./trunk-conflict.ts";
import { unknown } from "./unknown.ts";
import { wrongCredentials } from "./wrong-credentials.ts";
import { wrongPin } from "./wrong-pin.ts";

/** The causes, each a file in this folder and a line here. Where messages of two stand in a call, the first one counts. */
export const CAUSES: readonly Cause[] = [
  notHandled,
  trunkConflict,
  serverUnreachable,
  ruleConflict,
  wrongCredentials,
  noCredentials,
  wrongPin,
  noRule,
  noRuleNoTrunk,
  noMedia,
  joinFailed,
  mediaTimeout,
  removed,
  nobodyAnswered,
  cancelled,
  hangup,
  unknown,
];

/** Why the call ended: by its messages, then by its reason, then by what the log allows. Never by its status. */
export function causeOf(call: LoggedCall): { cause: Cause; certainty: Certainty } {
  const where = ({ where: holds }: Cause): boolean => holds?.(call) ?? true;
  const said =
    CAUSES.find((cause) => cause.messages?.some((message) => call.messages.has(message)) && where(cause)) ??
    CAUSES.find((cause) => cause.reasons?.test(call.reason) && where(cause));
  const cause = said ?? CAUSES.find(({ otherwise }) => otherwise?.(call)) ?? unknown;
  const certainty = cause.certainty?.(call) ?? (said ? "certain" : "likely");
  return { cause, certainty: certainty === "certain" && call.isCut ? "likely" : certainty };
}
