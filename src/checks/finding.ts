import type { Position } from "../sources/position.ts";
import type { Check, Said, Severity } from "./check.ts";

/** A repair of what a finding says, in the text of the source. */
export interface Fix {
  /** `unsafe` where it changes which calls a rule takes that is not flat, so that only `--unsafe` makes it. */
  applicability: "safe" | "unsafe";
  /** In the order of the text; none touches another's characters. */
  edits: readonly TextEdit[];
}

/** A piece of a source, from `start` to before `end`, and the text that comes in its place. */
export interface TextEdit {
  start: Position;
  end: Position;
  text: string;
}

/** Something that a person should know. The place is that of the source, 1-based. */
export interface Finding extends Position {
  /** The id of its check. */
  id: string;
  severity: Severity;
  /** One sentence. */
  message: string;
  /** The next step, one sentence; a command in it stands between backticks. */
  next?: string;
  /** `likely` where something that can't be seen decides; unset: it is certain. */
  certainty?: "likely";
  /** The name of the rule that it is about, or else its id on a server. `check` says it. */
  rule?: string;
  /** Where other rules stand that it is about. `check` says it. */
  also?: readonly (Position & { path: string })[];
  /** How `check --fix` repairs it; unset where it does not, and outside of a check. */
  fix?: Fix;
}

/** Returns what a check says, as a finding: at `place`, unless it says another. `rule` is how the rule is called. */
export function findingOf(check: Check, said: Said, place: Position, rule?: string): Finding {
  const { line, column } = said.place ?? place;
  const next = said.next ?? check.next;
  const ofCheck = check.severity === "error" && said.certainty === "likely" ? "warning" : check.severity;
  return {
    id: check.id,
    severity: said.severity ?? ofCheck,
    line,
    column,
    message: said.message,
    ...(next !== undefined && { next }),
    ...(said.certainty !== undefined && { certainty: said.certainty }),
    ...(rule !== undefined && { rule }),
  };
}
