import type { SIPDispatchRuleInfo } from "../gen/livekit/livekit_sip_pb.ts";
import type { Creation, Place } from "../evidence/evidence.ts";
import type { MadeHere } from "../evidence/made.ts";
import type { Known } from "../evidence/verdict.ts";
import type { InfoFields, Routing, RoutingChange } from "../routing/rule-routing.ts";
import type { KnownTrunks } from "../routing/trunks.ts";
import type { Newer } from "../rule/newer-fields.ts";
import type { Pin } from "../rule/protocol-library.ts";
import type { RequestProblem } from "../rule/problem.ts";
import type { Server } from "../rule/server.ts";
import type { ObjectValue } from "../rule/value.ts";
import type { NumberFilter } from "../rule/wrap.ts";
import type { Document } from "../sources/document.ts";
import type { Position } from "../sources/position.ts";
import type { Site } from "../sources/syntax.ts";
import type { ChosenFilter } from "./chosen-filter.ts";
import type { Notice } from "../sources/fact.ts";

/** The facts about a request or a rule that every check may look at. */
interface Facts {
  /** The path of the source. */
  path: string;
  document: Document;
  site: Site;
  known: Known;
  /** Where a finding stands that names no other place. */
  place: Position;
  /** Its fields that some of LiveKit's programs don't know. */
  newer: readonly Newer[];
  server: Server | undefined;
}

/** A request or a rule that may be given to `lk`. */
export type Given = Pick<Facts, "path" | "document" | "site" | "known">;

/** A flat request that migrates, with what was decided about it; `place` is that of its numbers where it has some. */
export interface MigratedRequest extends Facts {
  /** Where the request begins. */
  start: Position;
  /** The wrapper's key. */
  wrapper: string;
  choice: ChosenFilter;
  /** The trunks of `--trunks` that the rule is bound to; undefined where it is bound to none by that. */
  bound: readonly string[] | undefined;
  /** The trunks that a command on the result has to name. */
  named: readonly string[] | undefined;
  routing: RoutingChange;
  /** The pinned versions of the library that makes the request; empty for one that no library makes. */
  pins: readonly Pin[];
  /** True if the result has a field `numbers`. */
  namesNumbers: boolean;
}

/** A request that has the wrapper. */
export interface WrappedRequest extends Facts, KnownTrunks {
  /** The rule in it; undefined where that can't be seen. */
  info: ObjectValue | undefined;
}

/** A line of code that is no request, and does something with rules. */
export interface CodeLine {
  notice: Notice;
  document: Document;
  /** The text of the whole source. */
  source: string;
  /** The filter that flat `inbound_numbers` become, if the option says so. */
  inboundNumbersAs: NumberFilter | undefined;
  /** The lines of the source that create rules with requests of other files. */
  makes: readonly MadeHere[];
}

/**
 * One rule, in whatever form somebody wrote it; `place` is where it begins. Of a flat request: as it is once it is
 * migrated.
 */
export interface RuleFacts extends Facts, KnownTrunks {
  form: WrittenForm;
  /** The object whose members are its fields: the request, what the wrapper holds, the bare rule, an item of a listing. */
  object: ObjectValue;
  /** Its fields by their proto names. The values stand where they are written. */
  fields: InfoFields;
  /** What is wrong with the fields of a bare rule; that of a request is why its outcome is what it is. */
  problems: readonly RequestProblem[];
  /** What it does with calls; with the trunks that the line which creates it passes. */
  routing: Routing;
  /** The pinned versions of the library that makes its request; empty for one that no library makes. */
  pins: readonly Pin[];
  /** The rule itself; undefined where an expression hides a part of it. */
  info: SIPDispatchRuleInfo | undefined;
}

/** How a rule is written: `listed` is an item of what `lk sip dispatch list --json` prints. */
export type WrittenForm = "flat" | "wrapped" | "info" | "listed";

/** One rule among others, with its place. */
export interface SetRule extends Position {
  path: string;
  form: WrittenForm;
  /** How a person calls it; undefined where it has neither name nor id. */
  name: string | undefined;
  /** The rule, with the trunks that the line which creates it passes; undefined where an expression hides a part of it. */
  info: SIPDispatchRuleInfo | undefined;
  /** What it does with calls, as far as that is known. */
  routing: Routing;
  /** The lines that create it. */
  creates: readonly Creation[];
  /** The lines that update one with it. */
  updates: readonly Place[];
  /** True if lines change it on the way, or may do so. */
  isChanged: boolean;
  /** The texts in it that other programs read, with their places. */
  metadata: readonly WrittenText[];
  /** The ids of findings about it that somebody silenced. */
  silenced: readonly string[];
  /** True if LiveKit refuses it as it is written, so that it is no rule beside others. */
  isWrong?: true;
  /** How it is repaired on the server whose listing it stands in. */
  replacement?: Replacement;
  /** The environment that the config says it is of. */
  environment?: string | undefined;
}

/** A text in a rule, with its place and the path of its field. */
export interface WrittenText extends Position {
  field: string;
  text: string;
}

/** The rule that repairs another one, as an update that replaces it whole; `barred` says why it can't be made. */
export type Replacement = { finding: { id: string; message: string } } & (
  | { after: SIPDispatchRuleInfo }
  | { barred: string }
);

/** Rules that one server would hold together, in the order of their paths and places. */
export interface RuleSet extends KnownTrunks {
  rules: readonly SetRule[];
  server: Server | undefined;
  /** True if every rule has to name its trunks. */
  requireTrunks: boolean;
  /** Rules of other sets that a server would refuse beside one of these, and the folders that tell them apart. */
  apart: readonly { rule: SetRule; other: SetRule; folders: readonly [string, string] }[];
}
