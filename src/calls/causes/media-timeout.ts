import { type Cause, takenBy } from "../cause.ts";

/** Logs: t1 of the calls that were made. `no-ack` is read: livekit-sip pkg/sip/inbound.go at v1.11.0. */
export const mediaTimeout: Cause = {
  id: "media-timeout",
  title: "no audio came from the caller",
  messages: ["triggering media timeout"],
  reasons: /^(?:media-timeout|no-ack)$/,
  wire: () => "200, then BYE from livekit-sip",
  explanation: (call, hide) =>
    `The call was taken${takenBy(call, hide)} and accepted, but ${call.reason === "no-ack" ? "the caller never acknowledged that" : "no audio (RTP) of the caller arrived"}, and livekit-sip hung up. So routing worked.`,
  next: () =>
    "Look at the way for UDP: the RTP ports of livekit-sip (`rtp_port`) have to be open, and its address in the SDP (`nat_1_to_1_ip`, `use_external_ip`) has to be one that the provider reaches.",
};
