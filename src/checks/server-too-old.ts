import { type Server, supports } from "../rule/server.ts";
import { barrierCheck } from "./check.ts";

export const serverTooOld = barrierCheck({
  id: "server-too-old",
  title: "The server that `--server` names does not know the result",
  why: "It would answer `missing rule`, or drop `numbers` so that the rule takes every call on its trunks.",
  say: ({ version, usesNumbers, knowsWrapper }: OldServer) =>
    knowsWrapper
      ? {
          message: `livekit-server ${version} does not know \`numbers\`: it would drop the filter, and the rule would take every call on its trunks`,
          next: "Upgrade livekit-server to 1.9.11 or newer first, or keep today's routing with `--inbound-numbers-as inbound_numbers`.",
        }
      : {
          message: `livekit-server ${version} does not know \`dispatch_rule\` and would answer \`missing rule\``,
          next: `Upgrade livekit-server to ${usesNumbers ? "1.9.11" : "1.9.0"} or newer first, or keep the flat form.`,
        },
});

/** A server that does not know a part of the result. */
interface OldServer {
  version: string;
  usesNumbers: boolean;
  knowsWrapper: boolean;
}

/**
 * Returns what the server does not know of a result; undefined where it knows all of it, or where the server is not
 * known.
 */
export function unknownToServer(server: Server | undefined, usesNumbers: boolean): OldServer | undefined {
  if (!server || server.cloud) return undefined;
  const knowsWrapper = supports(server, "wrapper");
  if (knowsWrapper && (supports(server, "numbers") || !usesNumbers)) return undefined;
  return { version: server.version.join("."), usesNumbers, knowsWrapper };
}
