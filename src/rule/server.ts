import { compareVersions, type Version } from "./version.ts";

/**
 * The server that a rule is for. LiveKit Cloud's matching is closed source: it is treated as the newest
 * livekit-server, which nobody outside can verify, so whoever prints that says so.
 */
export type Server = { cloud: true } | { cloud: false; version: [number, number, number] };

/** The newest livekit-server. It vendors protocol v1.53.1-0.20261023175527-46332a036e25 (its go.mod). */
export const NEWEST = { cloud: false, version: [1, 13, 11] } as const satisfies Server;

/** Reads `1.9.11`, `v1.9.11` or `cloud`; undefined for anything else. */
export function parseServer(text: string): Server | undefined {
  if (text === "cloud") return { cloud: true };
  const match = /^v?(\d{1,5})\.(\d{1,5})\.(\d{1,5})$/.exec(text);
  return match
    ? { cloud: false, version: [Number(match[1]), Number(match[2]), Number(match[3])] }
    : undefined;
}

/** Features that older servers lack: the first version that has each. */
const SINCE = {
  /**
   * `dispatch_rule`, the wrapped form, to which older ones answer `missing rule`. Source: protocol ce72bd5b (v1.36.0),
   * which livekit 7f4c4597f brought into v1.9.0.
   */
  wrapper: [1, 9, 0],
  /**
   * `numbers`, the filter on the called number; older ones take such a rule and ignore the filter. Source: protocol
   * ee4ff4a9 (v1.44.0), vendored by livekit-server v1.9.11.
   */
  numbers: [1, 9, 11],
  /**
   * `no_randomness` of individual rules. The same change made an empty `room_prefix` give `FROM_random`, where it had
   * given `_FROM_random`. Source: protocol cb3f4b67 (v1.45.0), vendored by livekit-server v1.10.0.
   */
  noRandomness: [1, 10, 0],
  /**
   * `media`, which takes the place of `media_encryption`. Source: protocol ff4d6b68 (v1.45.8); livekit-server v1.11.0
   * vendors v1.45.3 (its go.mod), and v1.12.0 answers with `media`.
   */
  media: [1, 12, 0],
  /**
   * A trunk that lists the called number twice, in different spellings too, matches a call like any other; before, it
   * was in conflict with itself, and the call failed. Source: protocol 2a2b6db6 (v1.45.6), vendored by livekit-server
   * v1.12.0.
   */
  repeatedTrunkNumbers: [1, 12, 0],
  /**
   * A call that no rule takes is rejected, so that the caller gets a 404; before, livekit-sip was told to drop it, and
   * the caller got no answer. Source: livekit pkg/service/ioservice_sip.go at v1.13.5 and v1.13.8,
   * EvaluateSIPDispatchRules.
   */
  rejection: [1, 13, 8],
  /**
   * A rule with `hide_phone_number` takes a call without a calling number; before, it ended the whole server process.
   * Source: protocol sip/sip.go at v1.52.0, EvaluateDispatchRule. livekit-server v1.13.8 is the first that is known to
   * vendor it.
   */
  hiddenEmptyCaller: [1, 13, 8],
  /**
   * An address in a trunk's `allowed_addresses` is compared with the source alone, never with the From host, and may
   * stand in brackets. Source: protocol sip/sip.go at v1.53.2, matchAddrMasks, which livekit-server v1.13.11 does not
   * have yet; the next one is taken to.
   */
  addressesOfSourceAlone: [1, 13, 12],
} as const satisfies Record<string, Version>;

/** Tells whether a server knows or does one of these things. */
export function supports(server: Server, feature: keyof typeof SINCE): boolean {
  return isAtLeast(server, SINCE[feature]);
}

/** Tells whether a server is at least of this version. */
export function isAtLeast(server: Server, version: Version): boolean {
  return compareVersions((server.cloud ? NEWEST : server).version, version) >= 0;
}
