import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cases } from "../cases.ts";
import { migrateText } from "../../src/plan/migrate-text.ts";
import { exitStatus } from "../../src/report/totals.ts";
import { renamesNumbers, wrapByHand } from "./generate.ts";
import { SPELLINGS } from "./spellings.ts";
import { unwrapsTo } from "./unwrapped.ts";

const RUNS = cases(25);

const withoutProto = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (key, inner: unknown) => (key === "__proto__" ? undefined : inner));

/** The text without white space, which may stand elsewhere once it is wrapped. */
const bare = (text: string): string => text.replaceAll(/\s+/g, "");

/** How many line breaks there are of another kind. */
const otherEnds = (text: string, newline: string): number =>
  text.replaceAll(newline, "").match(/[\r\n]/g)?.length ?? 0;

describe.each(Object.entries(SPELLINGS))("a request in %s", (_, { file, written, read, wrapper }) => {
  it("keeps laws 1 to 6 and 8", () =>
    fc.assert(
      fc.asyncProperty(written, async ({ request, text }) => {
        const { sites, newText = "nothing" } = await migrateText(file, text);
        const found = sites.filter(({ outcome }) => outcome !== "not-create");
        const errors = found.flatMap(({ findings }) =>
          findings.filter(({ severity }) => severity === "error"),
        );
        expect({ text, outcomes: found.map(({ outcome }) => outcome), errors }).toEqual({
          text,
          outcomes: ["migrated"],
          errors: [],
        });

        // 1: it means what was planned
        expect(withoutProto(read(newText))).toEqual(withoutProto(wrapByHand(request)));

        // 2: a second migration changes nothing; 6: a check finds nothing
        const again = await migrateText(file, newText);
        expect(again.newText).toBeUndefined();
        expect(exitStatus([again], true)).toBe(0);

        // 3: unwrapping it gives the first message back
        const wrapped = again.sites.filter(({ outcome }) => outcome === "already-wrapped");
        expect(wrapped.map((site) => unwrapsTo(site, request))).toEqual([true]);

        // 5: the lines end as they did
        const [newline = "\n"] = /\r?\n/.exec(text) ?? [];
        expect(otherEnds(newText, newline)).toBe(otherEnds(text, newline));

        // 4: nothing changes but the wrapper, and the one name
        if (wrapper) {
          const [opening, closing] = wrapper;
          const name = renamesNumbers(request) ? "inbound_numbers" : "numbers";
          const before = bare(text).replace(name, "numbers");
          const [head = "", ...rest] = bare(newText).split(opening);
          const tail = rest.join(opening);
          const unwrapped = Array.from(
            tail.matchAll(closing),
            ({ index, 0: end }) => head + tail.slice(0, index) + tail.slice(index + end.length),
          );
          expect(unwrapped).toContain(before);
        }

        // 8: it becomes what it becomes in JSON
        const inJson = await migrateText("rule.json", JSON.stringify(request));
        expect(found[0]?.after).toEqual(inJson.sites[0]?.after);
      }),
      RUNS,
    ));
});
