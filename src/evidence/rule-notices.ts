import type { Notice } from "../syntax/syntax.ts";
import type { Program } from "./program.ts";
import type { Placed, Step } from "./statement.ts";

/** A notice, and the id of the document of its source in which it stands. */
export interface PlacedNotice {
  document: string;
  notice: Notice;
}

/** What a person should know about lines of a program that handle rules which exist. */
export function ruleNotices({ statements, index: { uses } }: Program): PlacedNotice[] {
  const given = namesGiven(statements, uses);
  return statements.flatMap(({ document, steps }) =>
    steps.flatMap((step, at): PlacedNotice[] => {
      const notices: Notice[] = step.deletes ? [{ code: "delete-refuses-id", ...step.deletes }] : [];
      const isOfRule =
        step.uses.some((name) => given.has(name)) || steps.slice(0, at).some(({ answers }) => answers);
      if (isOfRule && step.callers) notices.push(...callersNotices(step.callers));
      return notices.map((notice) => ({ document, notice }));
    }),
  );
}

/** Of a line that copies rules it is said once, of others of each place. */
function callersNotices({ places, isCopy }: NonNullable<Step["callers"]>): Notice[] {
  const code = isCopy ? ("update-drops-numbers" as const) : ("reads-inbound-numbers" as const);
  return places.slice(0, isCopy ? 1 : undefined).map((at) => ({ code, at }));
}

/** The names of what LiveKit answered, and of what is taken from that. */
function namesGiven(
  statements: readonly Placed[],
  uses: ReadonlyMap<string, readonly { statement: Placed; index: number }[]>,
): ReadonlySet<string> {
  const given = new Set<string>();
  const open: string[] = [];
  const take = ({ steps, captured }: Placed, index: number): void => {
    const names = [...steps.slice(index).flatMap(({ binds }) => binds), ...captured];
    for (const name of names) {
      if (given.has(name)) continue;
      given.add(name);
      open.push(name);
    }
  };
  for (const statement of statements) {
    const first = statement.steps.findIndex(({ answers }) => answers);
    if (first >= 0) take(statement, first);
  }
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    for (const { statement, index } of uses.get(name) ?? []) take(statement, index);
  }
  return given;
}

/**
 * Where a text names `inbound_numbers`, and no `numbers` beside them; undefined where it names none. `start` is where the
 * text stands in its document.
 */
export function callersIn(text: string, start: number): Step["callers"] {
  const places = Array.from(text.matchAll(CALLERS), ({ 0: word, index }) => ({
    start: start + index,
    end: start + index + word.length,
  }));
  if (places.length === 0 || BESIDE.test(text)) return undefined;
  return { places, isCopy: COPIES.test(text) };
}

/** A field that is read: one that is given a value is a key. */
const CALLERS = /(?<![A-Za-z_])(?:Get)?inbound_?numbers\b(?!\s*[:=](?![:=>])(?!\s*\w+\s*[,}]))/gi;
const BESIDE = /(?<![A-Za-z_])(?:Get)?numbers\b|\.\.\.\w/i;
const COPIES = /SIPDispatchRuleInfo\b|\bupdate_?(?:sip_?)?dispatch_?rule/i;
