/**
 * The types of the library, as they are published. Written by hand; test/public-types.ts checks them against the
 * source. Lines and columns are 1-based, offsets are UTF-16 code units. docs/library.md is the guide.
 */

/**
 * Decides what becomes of the requests in a text. `path` is only a name, whose ending tells the language; nothing is
 * read or written. Bad input is a result with a reason.
 */
export declare function migrateText(
  path: string,
  text: string,
  options?: MigrateOptions,
): Promise<SourceResult>;

/** What a caller may decide about a migration. */
export interface MigrateOptions {
  /** The key of the wrapper; `dispatch_rule` if unset. */
  wrapperKey?: string;
  /** Which filter flat `inbound_numbers` become; unset: what the known trunks say, or else `numbers`. */
  inboundNumbersAs?: NumberFilter;
  /** The inbound trunks of the system, by which called and calling numbers are told apart. */
  knownTrunks?: readonly Trunk[] | undefined;
  /** Trunks of which only the requests that create them are known. They decide nothing; a finding is likely by them. */
  unlistedTrunks?: readonly Trunk[] | undefined;
  /** The server to migrate for; unset: the versions that the result needs are named instead. */
  server?: Server;
  /** How to treat flat requests that no script uses: as ones that create a rule (if unset), or as none. */
  assume?: "create" | "none";
  /** Whether to migrate requests that stand deep inside a document, where something else may read them. */
  nested?: boolean;
  /** Trunks to bind those rules to that have none. */
  trunkIds?: readonly string[];
  /** Whether to migrate code even where a person should look at the result. */
  unsafe?: boolean;
}

/** The filter on the called number, or the one on the calling number. */
export type NumberFilter = "numbers" | "inbound_numbers";

/** An inbound trunk. */
export interface Trunk {
  id: string;
  name: string;
  /** The trunk's own numbers. Empty: it takes calls to any number that no other trunk has. */
  numbers: string[];
  /** The callers that it takes. Empty: all. */
  allowedNumbers: string[];
  /** Where its calls may come from: addresses, prefixes, host names. Empty: everywhere. */
  allowedAddresses: string[];
  /** The file in which it stands, for what is said of it. */
  path?: string;
}

/**
 * Reads inbound trunks: the text that `lk sip inbound list --json` prints, or requests that create them, which are
 * `unlisted`: their ids are empty. `problem` is a sentence.
 */
export declare function readTrunks(
  text: string,
): { trunks: Trunk[]; unlisted: Trunk[] } | { problem: string };

/** A livekit-server by its version, or LiveKit Cloud. */
export type Server = { cloud: true } | { cloud: false; version: [number, number, number] };

/** Reads `1.9.11`, `v1.9.11` or `cloud`; undefined for anything else. */
export declare function parseServer(text: string): Server | undefined;

/** What becomes of a text. */
export interface SourceResult {
  path: string;
  /** An entry a request, and one for a text that holds none or can't be read. */
  sites: SiteResult[];
  /** The migrated text, verified; unset where nothing in it migrates. */
  newText?: string;
  /** What a person should know about code in it that is no request. */
  findings?: Finding[];
  /** Where its comments silence nothing; `unknown` is what they name that is no finding. */
  unusedSilences?: { line: number; column: number; noReason?: true; unknown?: string }[];
}

/** What becomes of one request. */
export interface SiteResult {
  path: string;
  line: number;
  column: number;
  /** The part of the file in which it stands, for a person; null where that is the whole file. */
  region: string | null;
  /** The language in which it is written. */
  syntax: string;
  /** The rule's name; null where the text doesn't say one. */
  name: string | null;
  form: "flat" | "wrapped" | "mixed" | "info" | "trunk" | "other" | null;
  outcome: Outcome;
  reason: Reason;
  /** `safe`: nothing speaks against writing it; `review`: it is migrated with `unsafe`; `manual`: a person has to. */
  applicability: "safe" | "review" | "manual";
  written: boolean;
  /** The other file that it was written to, if it was. */
  writtenTo?: string;
  evidence: { verdict: "create" | "update" | "both" | "none"; places: { path: string; line: number }[] };
  moves: MovedField[];
  routing: RoutingChange | null;
  /** The rule that livekit-server makes of the request now; null where it isn't known. */
  before: InfoJson | null;
  /** The rule that it makes of the migrated request. */
  after: InfoJson | null;
  findings: Finding[];
}

export type Outcome =
  | "migrated"
  | "already-wrapped"
  | "not-create"
  | "needs-person"
  | "unreadable"
  | "silenced";

/** Why an outcome is what it is. docs/findings.md explains each; they are stable. */
export type Reason =
  | "unknown-field"
  | "comment-refused"
  | "both-spellings"
  | "repeated-key"
  | "wrong-type"
  | "wrong-nesting"
  | "mixed-form"
  | "missing-rule"
  | "id-set"
  | "placeholder-order"
  | "unfollowed-use"
  | "unknown-fields"
  | "unknown-import"
  | "version-sniffing"
  | "unknown-destination"
  | "unsupported-language"
  | "deprecated-create-method"
  | "named"
  | "repaired"
  | "from-file"
  | "create-evidence"
  | "assumed-create"
  | "no-evidence"
  | "update-evidence"
  | "conflicting-evidence"
  | "unclear-use"
  | "wrapped"
  | "info-field"
  | "trunk"
  | "not-a-request"
  | "mixed-numbers"
  | "server-too-old"
  | "sdk-too-old"
  | "barred-trunks"
  | "nested"
  | "old-example"
  | "silenced"
  | "unsupported-yaml"
  | "unparsable-region"
  | "not-json"
  | "not-yaml"
  | "unparsable"
  | "encoding"
  | "too-large"
  | "too-deep"
  | "io"
  | "stale"
  | "read-only"
  | "uncommitted"
  | "exists"
  | "defect";

/** Something that a person should know. */
export interface Finding {
  id: string;
  severity: "error" | "warning" | "note";
  line: number;
  column: number;
  /** One sentence, without its full stop. */
  message: string;
  /** What to do next, one sentence; a command in it stands between backticks. */
  next?: string;
}

/** What a migration moves: paths of the request, by proto names. */
export interface MovedField {
  from: string;
  to: string;
}

/** A SIPDispatchRuleInfo as canonical JSON, with proto names. */
export type InfoJson = Record<string, JsonValue>;

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };

/** What a rule does with calls before the migration, under both readings of its numbers, and after it. */
export interface RoutingChange {
  /** As the documentation of the flat form promised: `inbound_numbers` are called numbers. */
  documented: Routing;
  /** As livekit-server routes it: `inbound_numbers` are calling numbers. */
  server: Routing;
  after: Routing;
}

/**
 * What decides about calls in one rule, and who answers them. An empty list of numbers or trunks means any; an empty PIN
 * means that none is asked for.
 */
export interface Routing {
  /** Empty where that is not known. */
  kind: "direct" | "individual" | "callee" | "";
  calledNumbers: NumberList;
  callingNumbers: NumberList;
  trunkIds: NumberList;
  pin: string | Expression;
  /** The room's name; what depends on the call stands in it as `<caller>`, `<called>`, `<random>`. */
  room: string | Expression;
  /** The names of the agents that are sent. Empty: none is asked for by name. */
  agents: NumberList;
}

export type NumberList = (string | Expression)[] | Expression;

/** A value that is only known when a program runs. */
export interface Expression {
  expression: string;
}

/** The report for a person. */
export declare function textReport(
  results: readonly SourceResult[],
  style: Style,
  options: TextOptions,
): string;

export interface TextOptions {
  /** Only what needs a person or can't be read. */
  quiet: boolean;
  /** What is left to migrate is a failure, so it is named even when quiet. */
  check?: boolean;
  /** Show every request in full. */
  verbose?: boolean;
  /** Show every migrated rule as JSON, before and after. */
  jsonDiff?: boolean;
}

/** How text is written for a person: its colours, and the width in columns that prose keeps to. */
export interface Style {
  paint(how: "bold" | "dim" | "red" | "green" | "yellow" | "cyan", text: string): string;
  width: number;
}

/** A style with or without colour, 80 columns wide. */
export declare function styleFor(color: boolean): Style;

/** The report for programs, as docs/json-report.md describes it. */
export declare function jsonReport(results: readonly SourceResult[]): string;

/** The same results with PINs, metadata, attributes and secrets hidden. */
export declare function redactResults(results: readonly SourceResult[]): SourceResult[];

/** How many sites there are of each outcome. */
export declare function totalsOf(results: readonly SourceResult[]): Totals;

export interface Totals {
  sources: number;
  sites: number;
  migrated: number;
  alreadyWrapped: number;
  notCreate: number;
  needsPerson: number;
  unreadable: number;
  silenced: number;
  /** What is to be known about code that is no request. */
  findings: number;
}

/** What `migrate` would end with, or `migrate --check` if `check` is true. */
export declare function exitStatus(results: readonly SourceResult[], check: boolean): 0 | 1 | 3 | 4;

/**
 * Converts one request in any form, or one bare rule: the text of a JSON document, or the bytes of a
 * CreateSIPDispatchRuleRequest.
 */
export declare function convert(input: string | Uint8Array, to: Target, options?: MigrateOptions): Conversion;

/** The form that comes out. `info` is a bare SIPDispatchRuleInfo, which `lk sip dispatch update` reads. */
export type Target = "flat" | "wrapped" | "info";

/** A request or a rule in another form, or why it has none. */
export type Conversion = Converted | { refused: Refusal[] };

/** A request or a rule in another form, encoded in both ways. */
export interface Converted {
  /** Strict JSON, indented by two spaces, as `lk` takes it. */
  json: string;
  /** The protobuf wire format. */
  binary: Uint8Array;
  /** What the conversion does to calls, where it does something; a phrase. */
  routingChange?: string;
  /** What the next migration would do to its calls, where the conversion changes none; a phrase. */
  remark?: string;
  /** What stays in it and looks like a placeholder, each once; unset for none. */
  placeholders?: readonly string[];
}

/** Why a document can't be converted. */
export interface Refusal {
  /** Offsets in the text that was given. */
  at: { start: number; end: number };
  /** One phrase, without the place. */
  message: string;
  /** What to do next, one sentence. */
  next: string;
}
