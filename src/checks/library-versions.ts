import { NUMBERS_SINCE, type Pin, reaches, type Version, WRAPPER_SINCE } from "../rule/protocol-library.ts";
import type { Position } from "../sources/position.ts";
import type { Finding } from "./finding.ts";

/** Why what is pinned can't make the result; undefined where it can, or may. */
export function sdkTooOld(
  pins: readonly Pin[],
  usesNumbers: boolean,
): { message: string; next: string } | undefined {
  const noWrapper = withReach(pins, WRAPPER_SINCE, "none");
  const upgrade = `Upgrade livekit-protocol to ${(usesNumbers ? NUMBERS_SINCE : WRAPPER_SINCE).join(".")} or newer first`;
  if (noWrapper) {
    return {
      message: `${inWords(noWrapper)}, which does not know \`dispatch_rule\`: making the request would fail`,
      next: `${upgrade}, or keep the flat form.`,
    };
  }
  const noNumbers = usesNumbers ? withReach(pins, NUMBERS_SINCE, "none") : undefined;
  if (!noNumbers) return undefined;
  return {
    message: `${inWords(noNumbers)}, which does not know \`numbers\`: making the request would fail`,
    next: `${upgrade}, or keep today's routing with \`--inbound-numbers-as inbound_numbers\`.`,
  };
}

/** What to know about pins that can make the result, but also allow versions that can't; or can't make `numbers`. */
export function sdkNotes(pins: readonly Pin[], usesNumbers: boolean, place: Position): Finding[] {
  const note = { id: "sdk-versions", severity: "note" as const, ...place };
  const since = usesNumbers ? NUMBERS_SINCE : WRAPPER_SINCE;
  const wanted = since.join(".");
  const open = pins.some(({ range }) => reaches(range, since) === "all")
    ? undefined
    : withReach(pins, since, "some");
  if (open) {
    const unknown = usesNumbers ? "`numbers`" : "`dispatch_rule`";
    const message = `${inWords(open)}, and versions before ${wanted} do not know ${unknown}`;
    return [{ ...note, message, next: `Raise the lower bound to ${wanted}.` }];
  }
  const noNumbers = withReach(pins, NUMBERS_SINCE, "none");
  if (!noNumbers) return [];
  const message = `${inWords(noNumbers)}, which knows \`dispatch_rule\`, but not \`numbers\``;
  return [{ ...note, message, next: "Upgrade it to 1.1.2 or newer before a rule uses `numbers`." }];
}

function withReach(
  pins: readonly Pin[],
  since: Version,
  wanted: ReturnType<typeof reaches>,
): Pin | undefined {
  return pins.find(({ range }) => reaches(range, since) === wanted);
}

function inWords({ path, line, written }: Pin): string {
  return `${path}:${line} asks for livekit-protocol ${written}`;
}
