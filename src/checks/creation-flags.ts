import type { Creation } from "../evidence/evidence.ts";
import type { Position } from "../sources/position.ts";
import type { Finding } from "./finding.ts";

/**
 * What to say of lines that create with `--direct` and its like: `lk` then ignores all fields of a flat file, and of a
 * wrapped one only the rule (livekit-cli v2.18.2 cmd/lk/sip.go, fillSIPDispatchRule).
 */
export function flagsFindings(creates: readonly Creation[], place: Position): Finding[] {
  return creates.flatMap(({ path, line, flags }): Finding[] => {
    if (flags?.instead === undefined) return [];
    const message = `${path}:${line} passes \`${flags.instead}\`, beside which \`lk\` ignores every field of a flat file, its agents too; once it is wrapped they count, and the option replaces the rule alone`;
    const next = `Leave out \`${flags.instead}\` if the file says all of the rule.`;
    return [{ id: "flags-drop-file", severity: "warning", ...place, message, next }];
  });
}
