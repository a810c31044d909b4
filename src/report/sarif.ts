import type { Log, PhysicalLocation, ReportingDescriptor, Result } from "sarif";
import type { Fix } from "../checks/finding.ts";
import { ALL_CHECKS, checkNamed } from "../checks/index.ts";
import type { Position } from "../sources/position.ts";
import { withFingerprints } from "./fingerprints.ts";
import { type Found, type FoundOptions, standingAlone } from "./found.ts";
import { jsonText, visible } from "./style.ts";

/**
 * The findings as SARIF 2.1.0 (OASIS, March 2020), for code scanning and editors. Paths are relative to the working
 * directory, which should be the top of the repository; columns are counted in UTF-16 code units.
 */
export function sarifReport({ files }: Found, { version, redact }: FoundOptions): string {
  const ids = new Set(files.flatMap(({ findings }) => findings.map(({ id }) => id)));
  const rules = ALL_CHECKS.filter(({ id }) => ids.has(id));
  const indexOf = new Map(rules.map(({ id }, index) => [id, index]));
  const results = files.flatMap(({ path, findings }) =>
    withFingerprints(path, findings).map((finding): Result => {
      const { id, severity, message, next, certainty = "certain", rule, also = [], fix } = finding;
      return {
        ruleId: id,
        ruleIndex: indexOf.get(id) ?? -1,
        level: severity,
        message: { text: visible([standingAlone(message), next ?? ""].join(" ").trim()) },
        locations: [{ physicalLocation: location(path, finding) }],
        ...(also.length > 0 && {
          relatedLocations: also.map((other, index) => ({
            id: index + 1,
            physicalLocation: location(other.path, other),
          })),
        }),
        partialFingerprints: { [FINGERPRINT]: finding.fingerprint },
        ...(fix && !redact && { fixes: [asFix(path, fix)] }),
        properties: { certainty, ...(rule !== undefined && { rule: visible(rule) }) },
      };
    }),
  );
  const log: Log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "sip-dispatch", version, rules: rules.map(({ id }) => asRule(id)) } },
        columnKind: "utf16CodeUnits",
        results,
      },
    ],
  };
  return jsonText(log);
}

const FINGERPRINT = "sipDispatch/v1";

function asRule(id: string): ReportingDescriptor {
  const { title = id, why = "", next = "", severity = "warning" } = checkNamed(id) ?? {};
  return {
    id,
    shortDescription: { text: `${title}.` },
    fullDescription: { text: why },
    help: { text: [why, next].join(" ").trim() },
    defaultConfiguration: { level: severity },
  };
}

function location(path: string, { line, column }: Position): PhysicalLocation {
  return { artifactLocation: { uri: uriOf(path) }, region: { startLine: line, startColumn: column } };
}

/** A path as a URI: a relative reference, but for an absolute path. */
function uriOf(path: string): string {
  const uri = Buffer.from(path)
    .toString() // lone surrogates are no part of a URI
    .split("/")
    .map((name) => encodeURIComponent(name))
    .join("/");
  return /^([A-Za-z]%3A)?\//.test(uri) ? `file://${uri.startsWith("/") ? "" : "/"}${uri}` : uri;
}

function asFix(path: string, { applicability, edits }: Fix): NonNullable<Result["fixes"]>[number] {
  const text =
    applicability === "safe"
      ? "Repair it as `sip-dispatch check --fix` does."
      : "Repair it as `sip-dispatch check --fix --unsafe` does, which changes the calls of the rule.";
  const replacements = edits.map(({ start, end, text: inserted }) => ({
    deletedRegion: {
      startLine: start.line,
      startColumn: start.column,
      endLine: end.line,
      endColumn: end.column,
    },
    ...(inserted !== "" && { insertedContent: { text: inserted } }),
  }));
  return {
    description: { text },
    artifactChanges: [{ artifactLocation: { uri: uriOf(path) }, replacements }],
  };
}
