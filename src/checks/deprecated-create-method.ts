import { check } from "./check.ts";

export const deprecatedCreateMethod = check({
  id: "deprecated-create-method",
  severity: "note",
  title: "LiveKit's Python library has a newer name for the method",
  why: "The old name does the same.",
  isReason: true,
  say: () => ({
    message: "`create_sip_dispatch_rule` is deprecated in LiveKit's Python library",
    next: "Call `create_dispatch_rule` instead where your version of livekit-api has it.",
  }),
});
