import type { Program } from "./program.ts";
import type { Placed } from "./statement.ts";
import type { Fact, Notice } from "../sources/fact.ts";

/** A notice, and the id of the document of its source in which it stands. */
export interface PlacedNotice {
  document: string;
  notice: Notice;
}

/** Returns what a person should know about lines of a program. */
export function ruleNotices({ statements, index: { uses } }: Program): PlacedNotice[] {
  const steps = statements.flatMap((statement) => statement.steps);
  const answered = namesFrom(statements, uses, ({ answers }) => answers === true);
  const infos = new Set(steps.flatMap(({ isInfo, binds }) => (isInfo ? binds : [])));
  const updated = new Set(
    steps.flatMap(({ sends, uses: names }) => (sends.some(({ does }) => does === "update") ? names : [])),
  );
  // What gets the other filter as well, in whatever statement.
  const complete = new Set(steps.flatMap(({ callers, uses: names }) => (callers?.isBoth ? names : [])));
  return statements.flatMap(({ document, steps: pipeline }) => {
    let isOfRule = false;
    return pipeline.flatMap((step): PlacedNotice[] => {
      isOfRule ||= step.answers === true || step.uses.some((name) => answered.has(name));
      const notices: Notice[] = [...(step.notices ?? [])];
      const { callers } = step;
      if (callers && !callers.isBoth) {
        const made = [...step.binds, ...step.uses].filter(
          (name) => infos.has(name) || (step.binds.includes(name) && updated.has(name)),
        );
        const isMade = step.isInfo === true || made.some((name) => !complete.has(name));
        const [first] = callers.places;
        if (callers.isCopy && isMade && first) notices.push({ code: "update-drops-numbers", at: first });
        else if (isOfRule)
          notices.push(...callers.places.map((at): Notice => ({ code: "reads-inbound-numbers", at })));
      }
      return notices.map((notice) => ({ document, notice }));
    });
  });
}

/** The names of what some steps give, and of what is taken from that. */
function namesFrom(
  statements: readonly Placed[],
  uses: ReadonlyMap<string, readonly { statement: Placed; index: number }[]>,
  isStart: (step: Fact) => boolean,
): ReadonlySet<string> {
  const given = new Set<string>();
  const open: string[] = [];
  const take = ({ steps, captured }: Placed, index: number): void => {
    for (const name of [...steps.slice(index).flatMap(({ binds }) => binds), ...captured]) {
      if (given.has(name)) continue;
      given.add(name);
      open.push(name);
    }
  };
  for (const statement of statements) {
    const first = statement.steps.findIndex(isStart);
    if (first >= 0) take(statement, first);
  }
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const { statement, index } of uses.get(name) ?? []) take(statement, index);
  }
  return given;
}
