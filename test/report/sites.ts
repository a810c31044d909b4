import fc from "fast-check";
import type { Outcome, Reason, SiteResult, SourceResult } from "../../src/plan/outcome.ts";
import type { Routing } from "../../src/routing/rule-routing.ts";
import type { Finding } from "../../src/checks/finding.ts";

const ROUTING: Routing = {
  kind: "direct",
  calledNumbers: [],
  callingNumbers: [],
  trunkIds: ["ST_example"],
  pin: "",
  room: "lobby",
  agents: ["phone-nyla"],
};

/** A site as a migration gives it: by default a plain move. */
export function site(path: string, more: Partial<SiteResult> = {}): SiteResult {
  return {
    path,
    line: 1,
    column: 1,
    region: null,
    syntax: "json",
    name: null,
    form: "flat",
    outcome: "migrated",
    reason: "assumed-create",
    applicability: "safe",
    written: false,
    evidence: { verdict: "none", places: [] },
    moves: [{ from: "rule", to: "dispatch_rule.rule" }],
    routing: { documented: ROUTING, server: ROUTING, after: ROUTING },
    before: null,
    after: null,
    findings: [],
    ...more,
  };
}

/** A site at which calls change: those from the number before, those to it after. */
export function rerouted(path: string, number: string, findings: Finding[] = []): SiteResult {
  const to = { ...ROUTING, calledNumbers: [number] };
  const from = { ...ROUTING, callingNumbers: [number] };
  return site(path, { routing: { documented: to, server: from, after: to }, findings });
}

/** A site that needs a person. */
export function refused(path: string, reason: Reason, message: string, next: string): SiteResult {
  const findings: Finding[] = [{ id: reason, severity: "error", line: 1, column: 1, message, next }];
  return site(path, { outcome: "needs-person", reason, applicability: "manual", moves: [], findings });
}

/** A note or a warning at the start of a file. */
export function finding(severity: "note" | "warning", id: string, message: string, next?: string): Finding {
  return { id, severity, line: 1, column: 1, message, ...(next !== undefined && { next }) };
}

/** The results for files that hold one site each. */
export function alone(...sites: SiteResult[]): SourceResult[] {
  return sites.map((one) => ({ path: one.path, sites: [one] }));
}

const REASONS: Readonly<Record<Outcome, readonly Reason[]>> = {
  migrated: ["assumed-create", "create-evidence", "named"],
  "already-wrapped": ["wrapped"],
  "not-create": ["update-evidence", "trunk", "not-a-request", "info-field"],
  "needs-person": ["unknown-field", "uncommitted", "stale", "unparsable-region", "io"],
  unreadable: ["not-json", "io", "encoding"],
  silenced: ["silenced"],
};

const anySite = fc
  .record({
    outcome: fc.constantFrom(...(Object.keys(REASONS) as Outcome[])),
    which: fc.nat(10),
    written: fc.boolean(),
    line: fc.integer({ min: 1, max: 9999 }),
    changes: fc.boolean(),
    notes: fc.subarray(["first", "second"]),
  })
  .map(({ outcome, which, written, line, changes, notes }) => (path: string): SiteResult => {
    const reasons = REASONS[outcome];
    const base = changes ? rerouted(path, "+15550100") : site(path);
    return {
      ...base,
      line,
      outcome,
      reason: reasons[which % reasons.length] ?? "defect",
      written: outcome === "migrated" && written,
      findings: notes.map((note) => finding("note", `note-${note}`, `the ${note} of all notes`)),
    };
  });

/** Results of any run: files with some sites each, of any outcomes. */
export const anyResults: fc.Arbitrary<SourceResult[]> = fc
  .array(fc.array(anySite, { minLength: 1, maxLength: 4 }), { maxLength: 40 })
  .map((files) =>
    files.map((sites, index) => {
      const path = `sip/rule-${index}.json`;
      return { path, sites: sites.map((make) => make(path)) };
    }),
  );
