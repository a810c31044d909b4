import { compareVersions, type Version } from "./version.ts";

/** The versions that a requirement allows: all from one on, and up to another where there is such a bound. */
export interface VersionRange {
  from: Version;
  to?: { version: Version; included: boolean };
}

/** A line of a repository that says which versions of LiveKit's Python library livekit-protocol may be installed. */
export interface Pin {
  path: string;
  /** 1-based. */
  line: number;
  /** The versions as they are written: `==0.8.2`, or `0.8.2` in a lock file. */
  written: string;
  range: VersionRange;
}

/** The first livekit-protocol that knows `dispatch_rule`. Source: livekit/python-sdks d976d67. */
export const WRAPPER_SINCE: Version = [1, 0, 0];

/** The first livekit-protocol that knows `numbers`. Source: livekit/python-sdks 8305869 (2026-01-20). */
export const NUMBERS_SINCE: Version = [1, 1, 2];

/** Tells whether the versions of a range are that new: none of them, some, or all. */
export function reaches({ from, to }: VersionRange, since: Version): "none" | "some" | "all" {
  if (compareVersions(from, since) >= 0) return "all";
  const distance = to ? compareVersions(to.version, since) : 1;
  return distance < 0 || (distance === 0 && to?.included === false) ? "none" : "some";
}
