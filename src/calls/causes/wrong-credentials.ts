import { commandWord } from "../../rule/command-words.ts";
import { type Cause, isServerOnly } from "../cause.ts";
import { CHALLENGED_AGAIN } from "../messages.ts";

/** Logs: f1, f2 and o2 of the calls that were made. Such a call has no closing line in any version. */
export const wrongCredentials: Cause = {
  id: "wrong-credentials",
  title: "the caller's user name or password is wrong",
  messages: [
    "Authentication failed - response mismatch",
    "Authentication failed - username mismatch",
    "Failed to parse Proxy-Authorization credentials",
    "No challenge state found for authentication attempt",
    "Failed to compute digest response",
  ],
  otherwise: (call) =>
    call.messages.has(CHALLENGED_AGAIN) ||
    (isServerOnly(call) && call.steps.length > 1 && call.steps.every((step) => step === "auth-trunk")),
  wire: () => "407, then 401",
  explanation: ({ trunkId, error }) => {
    const what = error.includes("username")
      ? "The user name that was sent is not the trunk's `auth_username`."
      : "What was sent does not fit the trunk's `auth_username` and `auth_password`.";
    return `Trunk ${trunkId} wants credentials. ${what} No rule was looked at, and the call is not closed in the log.`;
  },
  next: ({ trunkId }) =>
    `Compare user name and password at the provider or PBX with those of the trunk; \`lk sip inbound update --id ${commandWord(trunkId)} --auth-user … --auth-pass …\` sets them.`,
};
