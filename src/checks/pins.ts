import { type Pin, reaches } from "../rule/protocol-library.ts";
import type { Version } from "../rule/version.ts";

/** The first pin whose versions reach that far: none of them, some, or all. */
export function pinThatReaches(
  pins: readonly Pin[],
  since: Version,
  wanted: ReturnType<typeof reaches>,
): Pin | undefined {
  return pins.find(({ range }) => reaches(range, since) === wanted);
}

/** Says where a pin stands and what it asks for. */
export function pinInWords({ path, line, written }: Pin): string {
  return `${path}:${line} asks for livekit-protocol ${written}`;
}
