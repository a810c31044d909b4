import { type Cause, takenBy } from "../cause.ts";
import { WAITING } from "../messages.ts";

/** Logs: b3, c2, f4, g2, j1 and l2 of the calls that were made. */
export const cancelled: Cause = {
  id: "cancelled",
  title: "the caller gave up while it rang",
  reasons: /^cancelled$/,
  wire: () => "180, then 487 after the caller's CANCEL",
  explanation: (call, hide) =>
    `The call was taken${takenBy(call, hide)}, and rang there until the caller gave up. So routing worked${call.messages.has(WAITING) ? ", and nobody answered in the meantime" : ""}.`,
  next: ({ messages }) =>
    messages.has(WAITING)
      ? "If an agent should have answered: look whether it runs, and whether the rule's `room_config.agents` names it."
      : "",
};
