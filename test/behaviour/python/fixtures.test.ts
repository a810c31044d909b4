import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { pythonFixture, PYTHON_FIXTURES } from "../../syntax/python-fixtures.ts";
import { describeWithLibrary } from "./library.ts";

describeWithLibrary("fixtures", (compare) => {
  const fixtures = readdirSync(PYTHON_FIXTURES)
    .map((name) => ({ name, ...pythonFixture(name) }))
    .filter(({ calls }) => calls.length > 0);
  const answers = compare(
    fixtures.map(({ input, expected, calls, sites }) => {
      const partly = sites.some(({ outcome }) => outcome === "needs-person");
      return { before: input, after: expected ?? input, partly, calls };
    }),
  );

  test.each(fixtures.map(({ name }, index) => ({ name, answer: answers[index] })))(
    "$name sends the same requests, wrapped",
    ({ answer }) => {
      expect(answer).toMatchObject({ raised: [] });
      expect(answer && "sent" in answer && answer.sent).toBeGreaterThan(0);
    },
  );
});
