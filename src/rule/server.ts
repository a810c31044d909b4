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

/**
 * Whether the server knows `dispatch_rule`, the wrapped form; before v1.9.0 it answers `missing rule` to it.
 * Source: protocol ce72bd5b (v1.36.0), which livekit 7f4c4597f brought into v1.9.0.
 */
export function hasWrapper(server: Server): boolean {
  return isAtLeast(server, [1, 9, 0]);
}

/**
 * Whether the server knows `numbers`, the filter on the called number; before v1.9.11 it takes such a rule
 * and ignores the filter. Source: protocol ee4ff4a9 (v1.44.0), vendored by livekit-server v1.9.11.
 */
export function hasNumbers(server: Server): boolean {
  return isAtLeast(server, [1, 9, 11]);
}

/**
 * Whether the server knows `no_randomness` of individual rules. The same change made an empty `room_prefix`
 * give `FROM_random`, where it had given `_FROM_random`. Source: protocol cb3f4b67 (v1.45.0), vendored by
 * livekit-server v1.10.0.
 */
export function hasNoRandomness(server: Server): boolean {
  return isAtLeast(server, [1, 10, 0]);
}

/**
 * Whether the server knows `media`, which takes the place of `media_encryption`. Source: protocol ff4d6b68 (v1.45.8);
 * livekit-server v1.11.0 vendors v1.45.3 (its go.mod), and v1.12.0 answers with `media`.
 */
export function hasMedia(server: Server): boolean {
  return isAtLeast(server, [1, 12, 0]);
}

/** Whether a server is at least of this version, written as `1.13.8`. */
export function isFrom(server: Server, version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  return isAtLeast(server, [major, minor, patch]);
}

/**
 * Whether a trunk that lists the called number twice, in different spellings too, matches a call like any
 * other; before v1.12.0 it was in conflict with itself, and the call failed. Source: protocol 2a2b6db6
 * (v1.45.6), vendored by livekit-server v1.12.0.
 */
export function takesRepeatedTrunkNumbers(server: Server): boolean {
  return isAtLeast(server, [1, 12, 0]);
}

/**
 * Whether the server tells livekit-sip to reject a call that no rule takes, so that the caller gets a 404; before
 * v1.13.8 it told it to drop the call, and the caller got no answer. Source: livekit pkg/service/ioservice_sip.go at
 * v1.13.5 and v1.13.8, EvaluateSIPDispatchRules.
 */
export function rejectsUntaken(server: Server): boolean {
  return isAtLeast(server, [1, 13, 8]);
}

/**
 * Whether a rule with `hide_phone_number` takes a call without a calling number; before, it ended the whole server
 * process. Source: protocol sip/sip.go at v1.52.0, EvaluateDispatchRule. livekit-server v1.13.8 is the first that is
 * known to vendor it.
 */
export function hidesEmptyCaller(server: Server): boolean {
  return isAtLeast(server, [1, 13, 8]);
}

/**
 * Whether an address in a trunk's `allowed_addresses` is compared with the source alone, never with the From host, and
 * may stand in brackets. Source: protocol sip/sip.go at v1.53.2, matchAddrMasks, which livekit-server v1.13.11 does not
 * have yet; the next one is taken to.
 */
export function comparesAddressesWithSourceAlone(server: Server): boolean {
  return isAtLeast(server, [1, 13, 12]);
}

function isAtLeast(server: Server, wanted: readonly [number, number, number]): boolean {
  const { version } = server.cloud ? NEWEST : server;
  for (const [at, part] of version.entries()) {
    const difference = part - (wanted[at] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
