import type { InfoField } from "../rule/fields.ts";
import type { Member } from "../rule/value.ts";
import type { CodeLine, MigratedRequest, RuleFacts, RuleSet, SetRule, WrappedRequest } from "./facts.ts";
import type { Span } from "../rule/value.ts";
import type { Position } from "../sources/position.ts";
import type { SdkCall } from "../sources/syntax.ts";

/**
 * How much it matters, in every check the same. `error`: it fails for sure, because a program of LiveKit refuses it, calls
 * fail, or a filter is lost and the rule takes every call; or it is why a request is not migrated. `warning`: all goes
 * through and calls, agents or media don't come as written; or it fails where something decides that can't be seen.
 * `note`: calls come as written.
 */
export type Severity = (typeof SEVERITIES)[number];

/** Every severity, the gravest first. */
export const SEVERITIES = ["error", "warning", "note"] as const;

/** The sentences of a check at one place. */
export interface Said {
  /** One sentence, without its full stop. */
  message: string;
  /** The next step, one sentence; a command in it stands between backticks. Unset: that of the check. */
  next?: string | undefined;
  /** Unset: the place that the caller gives. */
  place?: Position;
  /** Unset: the severity of the check; of an error that is only likely, a warning. */
  severity?: Severity;
  /** `likely` where something that can't be seen decides; unset: it is certain. */
  certainty?: "likely";
  /** Fields of the rule that get another name in it, which repairs it. */
  renames?: readonly Rename[];
}

/** A member of a rule that gets the name of another field; it keeps its place and its value. */
export interface Rename {
  member: Member;
  to: InfoField;
}

/** The sentences of a check about a piece of code. */
export interface SaidOfCode extends Omit<Said, "place"> {
  at: Span;
}

/** The sentences of a check about one of several rules. */
export interface SaidOfRule extends Said {
  /** The rule that it is about: one of the set. */
  rule: SetRule;
  /** The others of the set that it is about. */
  also?: readonly SetRule[];
}

/**
 * One thing that a person should know: a finding, and, if `isReason`, also why an outcome is what it is. A check says
 * its sentence in one of two ways. The plan asks every check that has an `of…` function. One that the plan or a reader
 * decides has `say`, which makes the sentence of the data that it is given.
 */
export interface Check {
  /** Stable once released: programs, configs and comments name it. */
  readonly id: string;
  readonly severity: Severity;
  /** Its name for a person, in a few words. */
  readonly title: string;
  /** Why it matters, in a sentence or two. */
  readonly why: string;
  /** The next step; unset where there is none, or where each finding has its own. */
  readonly next?: string;
  readonly isReason?: true;
  /** It is about the calls of a rule. `in-table`: the table of the rule shows it. `beside-table`: it is said there. */
  readonly routing?: "in-table" | "beside-table";
  /** It is about what a migration does, so that `check` says nothing of it. */
  readonly isAboutMigration?: true;
  /** It is why a flat request is not migrated, and nothing is wrong with its rule: for `check` a part of `flat-form`. */
  readonly onlyBarsMigration?: true;
  /** It is about a whole file, so that a line and a column say nothing. */
  readonly hasNoPlace?: true;
  /** Its findings about a flat request that migrates. */
  readonly ofMigrated?: (request: MigratedRequest) => readonly Said[];
  /** Its findings about a request that has the wrapper already. */
  readonly ofWrapped?: (request: WrappedRequest) => readonly Said[];
  /** Its findings about one rule, in whatever form it is written; `check` asks for them. */
  readonly ofRule?: (rule: RuleFacts) => readonly Said[];
  /** Its findings about rules that one server would hold together; `check` asks for them. */
  readonly ofRules?: (set: RuleSet) => readonly SaidOfRule[];
  /** Its finding about a line of code of which the evidence gives a notice with this id; undefined: none. */
  readonly ofLine?: (line: CodeLine) => Said | undefined;
  /** Its findings about a call of LiveKit's SDK. */
  readonly ofCall?: (call: SdkCall) => readonly SaidOfCode[];
  readonly say?: (data: never) => Said;
}

/** A check, with all that is known of its type. */
export function check<const One extends Check>(one: One): One {
  return one;
}

/** A check that is why a request or a file is left to a person. */
export function reasonCheck<const One extends Omit<Check, "severity" | "isReason">>(one: One) {
  return { severity: "error", isReason: true, ...one } as const;
}

/** One that is why a flat request is left as it is, and nothing is wrong with its rule. */
export function barrierCheck<const One extends Omit<Check, "severity" | "isReason">>(one: One) {
  return reasonCheck({ onlyBarsMigration: true, ...one });
}

/** One that is why a text, or a part of one, can't be read. */
export function unreadableCheck<const One extends Omit<Check, "severity" | "isReason" | "why">>(one: One) {
  return reasonCheck({ why: "A request in it would be overlooked.", ...one });
}
