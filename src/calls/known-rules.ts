import type { Setup } from "../routing/route.ts";
import type { WrittenRule } from "../routing/written-rules.ts";

/** The knowledge besides the log: the rules, with the server that matches them, and the trunks. */
export interface KnownRules {
  /** Undefined: the rules are not known. */
  rules: readonly WrittenRule[] | undefined;
  setup: Setup;
  /** The file with the trunks, for commands that are to be run with them. */
  trunksFile?: string | undefined;
}

/** A rule that plays a part in a call, as far as it is known. The place is undefined where only the log names it. */
export interface PartRule {
  /** `took`: it took the call. `missed`: it came nearest. `in-conflict`: it is one of two that the server refuses. */
  part: "took" | "missed" | "in-conflict";
  id: string;
  name: string;
  place: Pick<WrittenRule, "path" | "line" | "column"> | undefined;
}

/** An addition by rules or trunks: a sentence, the rule that it is about, and what to do instead of the usual. */
export interface Addition {
  explanation: string;
  rule?: PartRule;
  next?: string;
}
