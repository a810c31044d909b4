import type { Creation } from "../evidence/evidence.ts";
import { asText, wholeText } from "../sources/partly-known.ts";
import type { NumberList } from "../routing/rule-routing.ts";
import type { InfoJson } from "./outcome.ts";

/** The trunks that the lines which create a rule pass as `--trunks`: as a filter, and as a command needs them. */
export interface PassedTrunks {
  trunks?: NumberList;
  written?: readonly string[];
}

/**
 * Returns what `--trunks` says on the first line that creates a rule and has it: it replaces the list of the file
 * (livekit-cli v2.18.2 cmd/lk/sip.go). What is only known when the line runs is an expression.
 */
export function creationFlags(creates: readonly Creation[]): PassedTrunks {
  const said = creates.find(({ flags }) => flags?.trunks !== undefined)?.flags?.trunks;
  if (said === undefined) return {};
  const whole = wholeText(said);
  if (whole === undefined) {
    const expression = asText(said, (name) => (name === "" ? "$(…)" : `$${name}`));
    return { trunks: { expression }, written: [expression] };
  }
  const trunks = whole.split(",").map((one) => one.trim());
  return { trunks, written: trunks };
}

/** The rule with the trunks that the line passes, where they are known. */
export function withTrunks(info: InfoJson | null, trunks: NumberList | undefined): InfoJson | null {
  if (!info || !Array.isArray(trunks)) return info;
  return { ...info, trunk_ids: trunks.map(String) };
}
