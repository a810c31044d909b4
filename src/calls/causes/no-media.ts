import type { Cause } from "../cause.ts";
import { withoutSecrets } from "../secrets.ts";

/** Logs: m1, m2 and m3 of the calls that were made; 500 up to livekit-sip 1.3.0. */
export const noMedia: Cause = {
  id: "no-media",
  title: "no common codec, SDP or encryption",
  messages: ["Cannot start media"],
  reasons: /^(?:no-common-codec|no-common-crypto|sdp-error|media-failed|media-config-error)$/,
  wire: ({ hasResult }) => `180, then ${hasResult ? "400" : "500"}; the 488 stands in the log alone`,
  explanation: (call, hide) => {
    const rule = call.ruleId === "" ? "A rule" : `Rule ${call.ruleId}`;
    return `${rule} took the call, but caller and livekit-sip have no way to talk: ${whatIsMissing(`${call.reason} ${call.error}`, hide)}.`;
  },
  next: ({ reason, error }) =>
    /crypto|encryption/.test(`${reason} ${error}`)
      ? "Offer SRTP at the provider or PBX, or set the trunk's `media.encryption` to allow calls without it."
      : "Look at what the provider or PBX offers (PCMU, PCMA and G722 are known to livekit-sip); routing is not what is wrong.",
};

function whatIsMissing(said: string, hide: (text: string) => string): string {
  if (/codec/.test(said)) return "no codec of the caller's offer is known to livekit-sip";
  if (/crypto|encryption/.test(said)) return "the trunk or rule wants encryption, and the caller offers none";
  if (/sdp/i.test(said)) return "the INVITE has no SDP with audio";
  return hide(withoutSecrets(said.trim()));
}
