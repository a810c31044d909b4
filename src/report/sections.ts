import type { SiteResult } from "../plan/outcome.ts";
import { changesRouting, staysAsDocumented } from "../plan/call-changes.ts";
import { isFailure } from "./totals.ts";
import { needsOf, reasonsInWords } from "./outcome-words.ts";
import { counted } from "../rule/count-words.ts";

/** Sites that a reviewer looks at in the same way, in the order of their files and places. */
export interface Section extends Omit<Kind, "is" | "title"> {
  title: string;
  sites: SiteResult[];
}

/** The sites as a reviewer wants them: what changes for calls, what needs somebody, and then what does not. */
export function sectionsOf(all: readonly SiteResult[]): Section[] {
  return KINDS.map(({ is, title, ...kind }) => {
    const sites = all.filter(is);
    return { ...kind, title: title(sites), sites };
  }).filter(({ sites }) => sites.length > 0);
}

interface Kind {
  is: (site: SiteResult) => boolean;
  title: (sites: readonly SiteResult[]) => string;
  /** True if a site has something to say beside its place and outcome. */
  isLong: boolean;
  /** True if sites of which nothing more is to be said are counted alone. */
  isCounted?: true;
  /** True if a line of each rule stands first, where they are many. */
  hasOverview?: true;
}

const requests = (sites: readonly SiteResult[]): string => counted(sites.length, "request");

/** Every site is of one of these kinds. */
const KINDS: readonly Kind[] = [
  {
    is: (site) => site.outcome === "migrated" && changesRouting(site),
    title: (sites) => `Routing changes, ${requests(sites)}:`,
    isLong: true,
    hasOverview: true,
  },
  {
    is: ({ outcome }) => outcome === "needs-person",
    title: (sites) =>
      `${needsOf(sites.length)} a person, ${counted(sites.length, "site")} (${reasonsInWords(sites)}):`,
    isLong: true,
  },
  {
    is: ({ outcome }) => outcome === "unreadable",
    title: (sites) => `Can't be read, ${counted(sites.length, "file")} (${reasonsInWords(sites)}):`,
    isLong: true,
  },
  {
    is: (site) => site.outcome === "migrated" && !changesRouting(site) && !staysAsDocumented(site),
    title: (sites) => `Routing stays as livekit-server does it, ${requests(sites)}:`,
    isLong: true,
  },
  {
    is: (site) => site.outcome === "migrated" && staysAsDocumented(site),
    title: (sites) => `Plain moves, ${requests(sites)}: same calls, same rooms, same agents`,
    isLong: false,
    isCounted: true,
  },
  {
    is: (site) => site.outcome !== "migrated" && !isFailure(site),
    title: (sites) =>
      `Left as ${sites.length === 1 ? "it is" : "they are"}, ${counted(sites.length, "site")}:`,
    isLong: false,
  },
];
