import type { Creation } from "../evidence/evidence.ts";
import type { NumberList } from "../routing/rule-routing.ts";
import type { Position } from "../sources/position.ts";
import type { Finding, InfoJson } from "../plan/outcome.ts";

/** The trunks that the lines which create a rule pass as `--trunks`: as a filter, and as a command needs them. */
export interface PassedTrunks {
  trunks?: NumberList;
  written?: readonly string[];
}

/**
 * What `--trunks` says on the first line that creates a rule and has it: it replaces the list of the file (livekit-cli
 * v2.18.2 cmd/lk/sip.go). What is only known when the line runs is an expression.
 */
export function creationFlags(creates: readonly Creation[]): PassedTrunks {
  const said = creates.find(({ flags }) => flags?.trunks !== undefined)?.flags?.trunks;
  if (said === undefined) return {};
  const shown = said.replaceAll(/\$\{(\w+)\}/g, "$$$1").replaceAll(/\$\{[^}]*\}/g, "$$(…)");
  if (shown.includes("$")) return { trunks: { expression: shown }, written: [shown] };
  const trunks = said.split(",").map((one) => one.trim());
  return { trunks, written: trunks };
}

/** The rule with the trunks that the line passes, where they are known. */
export function withTrunks(info: InfoJson | null, trunks: NumberList | undefined): InfoJson | null {
  if (!info || !Array.isArray(trunks)) return info;
  return { ...info, trunk_ids: trunks.map(String) };
}

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
