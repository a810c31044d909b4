import { type Cause, takenBy } from "../cause.ts";

/** Logs: j2 of the calls that were made. */
export const nobodyAnswered: Cause = {
  id: "nobody-answered",
  title: "nobody in the room answered in time",
  reasons: /^cannot-subscribe$/,
  wire: () => "180 until the ringing time-out, then 486 Rejected",
  explanation: (call, hide) =>
    `The call was taken${takenBy(call, hide)}, and nobody there published audio before the ringing time-out. So routing worked, and the agent did not come.`,
  next: () =>
    "Look whether the agent runs and under which name: the rule's `room_config.agents` has to name it, and livekit-server logs `not dispatching agent job since no worker is available` otherwise.",
};
