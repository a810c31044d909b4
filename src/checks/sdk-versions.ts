import { NUMBERS_SINCE, reaches, WRAPPER_SINCE } from "../rule/protocol-library.ts";
import { check } from "./check.ts";
import { pinInWords, pinThatReaches } from "./pins.ts";

export const sdkVersions = check({
  id: "sdk-versions",
  severity: "note",
  title: "What is pinned for Python also allows a library that is too old",
  why: "An installation that picks an old version would fail when it makes the request.",
  isAboutMigration: true,
  ofMigrated: ({ pins, namesNumbers }) => {
    const since = namesNumbers ? NUMBERS_SINCE : WRAPPER_SINCE;
    const wanted = since.join(".");
    const isMet = pins.some(({ range }) => reaches(range, since) === "all");
    const open = isMet ? undefined : pinThatReaches(pins, since, "some");
    if (open) {
      const unknown = namesNumbers ? "`numbers`" : "`dispatch_rule`";
      const message = `${pinInWords(open)}, and versions before ${wanted} do not know ${unknown}`;
      return [{ message, next: `Raise the lower bound to ${wanted}.` }];
    }
    const noNumbers = pinThatReaches(pins, NUMBERS_SINCE, "none");
    if (!noNumbers) return [];
    const message = `${pinInWords(noNumbers)}, which knows \`dispatch_rule\`, but not \`numbers\``;
    return [{ message, next: "Upgrade it to 1.1.2 or newer before a rule uses `numbers`." }];
  },
});
