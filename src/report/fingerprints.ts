import { createHash } from "node:crypto";
import type { Finding } from "../checks/finding.ts";

/**
 * Findings, each with that by which it is known again after lines have moved: what is said, of which rule, in which file, and which of
 * those that are the same it is. Places in the sentence don't count.
 */
export function withFingerprints(
  path: string,
  findings: readonly Finding[],
): (Finding & { fingerprint: string })[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const { id, rule = "", message } = finding;
    const said = message.replaceAll(/(:|\b)\d+:\d+\b|:\d+\b|\bline \d+/g, ":");
    const hash = createHash("sha256").update([path, id, rule, said].join("\0")).digest("hex").slice(0, 32);
    const count = (seen.get(hash) ?? 0) + 1;
    seen.set(hash, count);
    return { ...finding, fingerprint: `${hash}:${count}` };
  });
}
