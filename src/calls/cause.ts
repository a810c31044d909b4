import type { CauseId, Certainty, LoggedCall } from "./call.ts";

/** Hides a number or a name where the report is to show none. */
export type Hide = (text: string) => string;

/** A cause: how it is told from the others, and what a person should know about it. */
export interface Cause {
  id: CauseId;
  /** For tables: a phrase. */
  title: string;
  /** The messages of livekit-sip that decide for it. The first cause in the list with one of them is the call's. */
  messages?: readonly string[];
  /** The reasons that decide for it, where no message does. */
  reasons?: RegExp;
  /** The condition that has to hold, too, for a message or a reason to decide. */
  where?: (call: LoggedCall) => boolean;
  /** Tells whether it is the one that is left, where neither a message nor a reason decides. */
  otherwise?: (call: LoggedCall) => boolean;
  /** Without it: certain by a message or a reason, else likely. */
  certainty?: (call: LoggedCall) => Certainty | undefined;
  /** Returns what the caller's side saw, as it was recorded with such calls; empty where that is not known. */
  wire: (call: LoggedCall) => string;
  /** Says what happened, and what that does not mean: sentences. */
  explanation: (call: LoggedCall, hide: Hide) => string;
  /** The same where rules or trunks say more about it: without what they make superfluous. */
  brief?: (call: LoggedCall) => string;
  /** Returns the next step: sentences, with the command if there is one. Empty where nothing is to be done. */
  next: (call: LoggedCall, hide: Hide) => string;
}

/** Tells whether the log of livekit-server is all there is about the call. */
export function isServerOnly({ callId, steps }: LoggedCall): boolean {
  return callId === "" && steps.length > 0;
}

/** Tells whether livekit-server found a trunk or none for the call and then no rule. */
export function endsWithoutRule({ steps }: LoggedCall): boolean {
  return steps.length > 0 && !steps.includes("rule") && ["trunk", "no-trunk"].includes(steps.at(-1) ?? "");
}

/** Says how the call was taken: ` by rule SDR_… into room lobby`; empty where it was not. */
export function takenBy({ ruleId, room }: LoggedCall, hide: Hide): string {
  return `${ruleId === "" ? "" : ` by rule ${ruleId}`}${room === "" ? "" : `, into room ${hide(room)}`}`;
}
