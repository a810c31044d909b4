import type { ServerRefusal } from "../../src/routing/conflicts.ts";

/** Why LiveKit's code refuses rules; they are named by their places. */
export interface GoRefusal {
  error: string;
  conflict?: { rule: number; other: number };
}

export function sameRefusal(ours: ServerRefusal<number> | undefined, theirs: GoRefusal | undefined): boolean {
  if (!ours || !theirs) return ours === theirs;
  if (ours.code === "no-kind") return /^(twirp.*)?unsupported SIP Dispatch Rule/i.test(theirs.error);
  const { rule, other, itself } = ours;
  return rule === theirs.conflict?.rule && other === theirs.conflict.other && itself === (rule === other);
}
