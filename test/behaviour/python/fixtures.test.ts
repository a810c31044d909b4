import { readdirSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { pythonFixture, PYTHON_FIXTURES } from "../../code/python-fixtures.ts";
import { type Behaviour, describeWithLibrary } from "./library.ts";

describeWithLibrary("fixtures", (compare) => {
  const fixtures = readdirSync(PYTHON_FIXTURES)
    .map((name) => ({ name, ...pythonFixture(name) }))
    .filter(({ calls }) => calls.length > 0);
  let answers: Behaviour[] = [];
  beforeAll(() => {
    answers = compare(
      fixtures.map(({ input, expected, calls, sites }) => {
        const partly = sites.some(({ outcome }) => outcome === "needs-person");
        return { before: input, after: expected ?? input, partly, calls };
      }),
    );
  });

  test.each(fixtures.map(({ name }, index) => ({ name, index })))(
    "$name sends the same requests, wrapped",
    ({ index }) => {
      const answer = answers[index];
      expect(answer).toMatchObject({ raised: [] });
      expect(answer && "sent" in answer && answer.sent).toBeGreaterThan(0);
    },
  );
});
