import type { JsonValue } from "@bufbuild/protobuf";
import type { InfoField } from "../rule/fields.ts";
import type { Form } from "../rule/form.ts";
import type { SetRule } from "../checks/facts.ts";
import type { Finding } from "../checks/finding.ts";
import type { ReasonId } from "../checks/index.ts";
import type { Silence, UnusedSilence } from "../config/silence.ts";
import type { Position } from "../sources/position.ts";
import type { Verdict } from "../evidence/verdict.ts";
import type { RoutingChange } from "../routing/rule-routing.ts";

export type Outcome =
  | "migrated"
  | "already-wrapped"
  | "not-create"
  | "needs-person"
  | "unreadable"
  | "silenced";

/** Reasons for which nobody has to do anything. All others are ids of checks. */
export const PLAIN_REASONS = [
  "named",
  "create-evidence",
  "assumed-create",
  "repaired",
  "no-evidence",
  "wrapped",
  "info-field",
  "trunk",
  "not-a-request",
] as const;

/** Why an outcome is what it is. Stable: programs may rely on them. */
export type Reason = ReasonId | (typeof PLAIN_REASONS)[number];

/** Why a file was not safe to write, or can't be read. */
export const NOT_WRITTEN: readonly Reason[] = ["exists", "io", "stale", "read-only", "uncommitted"];

/** Tells whether a site was to be written, and its file was not safe to write. */
export function isRefused({ outcome, reason }: SiteResult): boolean {
  return outcome === "needs-person" && NOT_WRITTEN.includes(reason);
}

/** A move of a migration: paths of the request, by proto names. */
export interface MovedField {
  from: string;
  to: string;
}

/**
 * The result for one request, or for a source that holds none or can't be read.
 */
export interface SiteResult extends Position {
  path: string;
  /** The region in which it stands, for a person; null where that is the whole source. */
  region: string | null;
  syntax: string;
  /** The rule's name; null where the text doesn't say one. */
  name: string | null;
  form: Form["form"] | null;
  outcome: Outcome;
  reason: Reason;
  /** `safe`: nothing speaks against writing it; `review`: it is migrated with `--unsafe`; `manual`: a person has to. */
  applicability: "safe" | "review" | "manual";
  written: boolean;
  /** The other file that it was written to, if it was. */
  writtenTo?: string;
  evidence: Verdict;
  moves: MovedField[];
  routing: RoutingChange | null;
  /** The rule that livekit-server makes of the request now, as canonical JSON; null where it isn't known. */
  before: InfoJson | null;
  /** The rule that it makes of the migrated request. */
  after: InfoJson | null;
  findings: Finding[];
}

/** A SIPDispatchRuleInfo as canonical JSON, with proto names. */
export type InfoJson = Record<InfoField, JsonValue>;

/** The result for a source. `newText` is set when something in it was migrated and verified. */
export interface SourceResult {
  path: string;
  sites: SiteResult[];
  /** The environment of its rules, if the config says one. */
  environment?: string;
  newText?: string;
  /** The findings about code in it that is no request. */
  findings?: Finding[];
  /** The rules in it, of which the others have to be known; `check` asks for them. */
  rules?: SetRule[];
  /** The silences from elsewhere that were about something in it. */
  usedSilences?: Silence[];
  /** Where its comments silence nothing: 1-based. */
  unusedSilences?: UnusedSilence[];
}
