import fc from "fast-check";
import { expect, test } from "vitest";
import { migrateText } from "../../../src/plan/migrate-text.ts";
import { program } from "./generate.ts";
import { dictProgram } from "./generate-dicts.ts";
import { describeWithLibrary, type Program } from "./library.ts";

/** How many programs: `PROGRAMS=5000 npx vitest run test/behaviour`. */
const COUNT = Number(process.env["PROGRAMS"] ?? 200);
const SEED = Number(process.env["SEED"] ?? 6);

const KINDS = [
  { kind: "messages", program },
  { kind: "dicts", program: dictProgram },
];

describeWithLibrary("generated programs", (compare) => {
  test.each(KINDS)(
    "of $kind send after a safe migration what they sent before, wrapped",
    { timeout: 0 },
    async (kind) => {
      const programs = fc.sample(kind.program, { numRuns: COUNT, seed: SEED });
      const account = { safe: 0, doubtful: 0, defect: 0 };
      const pairs: Program[] = [];
      const defects: object[] = [];
      for (const { text, calls } of programs) {
        const { sites, newText } = await migrateText("program.py", text);
        const defect = sites.find(({ reason }) => reason === "defect" || reason === "unparsable");
        if (defect) defects.push({ text, defect });
        else if (newText === undefined) account.doubtful++;
        else {
          account.safe++;
          pairs.push({
            before: text,
            after: newText,
            partly: sites.some(({ outcome }) => outcome === "needs-person"),
            calls,
          });
        }
      }
      expect(defects.slice(0, 3)).toEqual([]);
      const answers = compare(pairs);
      const different = answers.flatMap((answer, index) =>
        "before" in answer
          ? [{ ...answer, program: pairs[index]?.before, migrated: pairs[index]?.after }]
          : [],
      );
      expect(different.slice(0, 3)).toEqual([]);
      // Otherwise it would prove nothing.
      expect(account.safe).toBeGreaterThan(COUNT / 3);
      const sent = answers.filter((answer) => "sent" in answer && answer.sent > 0);
      expect(sent.length).toBeGreaterThan(COUNT / 5);
      const withoutError = answers.filter((answer) => "raised" in answer && answer.raised.length === 0);
      expect(withoutError.length).toBeGreaterThan(COUNT / 6);
    },
  );
});
