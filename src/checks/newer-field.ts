import { check, type Said } from "./check.ts";
import type { MigratedRequest, WrappedRequest } from "./facts.ts";
import { unknownTo } from "./needs-newer.ts";

export const newerField = check({
  id: "newer-field",
  severity: "note",
  title: "A field that some of LiveKit's programs don't know",
  why: "A livekit-server that doesn't know it drops it without a word, and an `lk` that doesn't know it refuses the file.",
  ofMigrated: newerFields,
  ofWrapped: newerFields,
});

/** Leaves out what the named server does not know: needs-newer says that. */
function newerFields({ document, newer, server: named }: MigratedRequest | WrappedRequest): Said[] {
  const unknown = unknownTo(named, newer);
  const others = newer.filter((one) => !unknown.includes(one));
  return others.map(({ name, at, protocol, server }) => {
    const dropping = server
      ? `livekit-server drops it before ${server}`
      : "livekit-server drops it up to 1.13.11";
    const message = `\`${name}\` came with LiveKit's protocol ${protocol}: ${dropping}, and lk 2.18.2 refuses the file`;
    return { message, place: document.place(at.start) };
  });
}
