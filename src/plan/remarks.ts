import type { Remark } from "../sources/remark.ts";
import type { Site } from "../sources/syntax.ts";
import type { Document } from "../sources/document.ts";
import type { MigrateOptions } from "../config/options.ts";
import type { SiteResult } from "./outcome.ts";
import { needsPerson } from "./results.ts";
import { type Finding, findingOf } from "../checks/finding.ts";
import { checkOf } from "../checks/index.ts";
import { saidOfRemark } from "../checks/said-of.ts";

/**
 * The site without the remark that nothing says where it goes, if something does; else without the others that are for
 * review, because where it goes is then the one thing to look at.
 */
export function withDestination(site: Site, isKnown: boolean): Site {
  const { remarks = [] } = site;
  const unknown = remarks.find(({ code }) => code === "unknown-destination");
  if (!unknown) return site;
  const left = remarks.filter((one) =>
    isKnown ? one !== unknown : one === unknown || one.weighs === "manual",
  );
  return { ...site, remarks: left };
}

/** Returns what speaks most against touching a site, if it has to be heard. */
export function heaviest({ remarks = [] }: Site, options: MigrateOptions): Remark | undefined {
  const manual = remarks.find(({ weighs }) => weighs === "manual");
  return manual ?? (options.unsafe ? undefined : remarks.find(({ weighs }) => weighs === "review"));
}

/** The result for a site that is not touched because of one remark; the others are told, too. */
export function doubtful(
  document: Document,
  result: SiteResult,
  site: Site,
  heavy: Remark,
  options: MigrateOptions,
): SiteResult {
  const others = (site.remarks ?? []).filter((remark) => remark !== heavy && remark.weighs !== "safe");
  const findings = [heavy, ...others].map((remark) => remarked(document, remark, options));
  // The place is the request's own: what stands against it may be elsewhere, and is said with it.
  const { line, column } = result;
  return { ...needsPerson(result, heavy.code, findings), line, column, applicability: heavy.weighs };
}

/** A remark as a finding. */
export function remarked(document: Document, remark: Remark, { unsafe = false }: MigrateOptions): Finding {
  const { code, at, also = [], weighs } = remark;
  const { message, next } = saidOfRemark(remark);
  const severity = weighs === "safe" ? "note" : weighs === "review" ? "warning" : "error";
  const places = also
    .map(({ start }) => document.place(start))
    .map(({ line, column }) => `${line}:${column}`);
  const said = {
    severity,
    message: places.length > 0 ? `${message} (also ${places.join(", ")})` : message,
    next: weighs === "review" && unsafe ? OVERRULED : (next ?? REMARK_REMEDIES[weighs]),
  } as const;
  return findingOf(checkOf(code), said, document.place(at.start));
}

const REMARK_REMEDIES: Readonly<Record<Remark["weighs"], string>> = {
  safe: "Nothing has to be done.",
  review: "If nothing there reads or sets its fields, migrate it with `--unsafe`.",
  manual: "Move the fields into `dispatch_rule` by hand, and change that code with them.",
};

const OVERRULED = "Look at it: `--unsafe` overrules this.";
