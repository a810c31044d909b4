import { requestField } from "../rule/fields.ts";
import type { Evidence } from "./evidence.ts";
import { type Flow, follow, type KeyUse } from "./flow.ts";
import type { Program } from "./program.ts";

/**
 * Adds the lines of programs that look at the keys of what LiveKit's method is given to what is `found` of the requests
 * that code of the same language creates rules with. `found` goes by path and document, with a NUL between.
 */
export function addDoubles(programs: readonly Program[], found: ReadonlyMap<string, Evidence>): void {
  for (const program of programs) {
    const looks = looksOf(program);
    const [ending = ""] = /\.\w+$/.exec(program.path) ?? [];
    for (const [id, { creates, reads }] of looks.length > 0 ? found : []) {
      const [path = "", document = ""] = id.split("\0");
      const isCode = document.includes("@") && path.endsWith(ending);
      if (!isCode || creates.length === 0 || path === program.path) continue;
      for (const { line, keys } of looks)
        reads.push({ path: program.path, line, keys: [...keys], isSure: true });
    }
  }
}

/** Those in a double of the client, which defines the method, and in what a test's mock of it remembers. */
function looksOf({ path, statements, index, parameters }: Program): KeyUse[] {
  const given = [...parameters].flatMap(([name, [first, ...others]]) =>
    CREATES.test(name) && first !== undefined && !requestField(first) && others.every(isSetting) ? first : [],
  );
  // A statement that names the method and does not call it.
  const asked = (IS_TEST.test(path) ? statements : []).flatMap(({ steps, lineOf }) =>
    steps
      .filter(
        ({ sends, answers, makes }) => sends.some(({ does }) => does === "create") && !answers && !makes,
      )
      .map((step) => ({ step, line: lineOf(step.at.start) })),
  );
  const named = asked.flatMap(({ step: { binds, uses } }) => [
    ...binds,
    ...uses.flatMap((use) => parameters.get(use)?.[0] ?? []),
  ]);
  const looks = [...new Set([...given, ...named])].flatMap((name) => {
    const { changes, reads }: Flow = follow(index, { name, isInValues: () => true });
    return [...changes, ...reads];
  });
  const own = asked.flatMap(({ step: { keys }, line }) => (keys.length > 0 ? { line, keys } : []));
  return [...own, ...looks];
}

/** Tells whether a parameter may stand beside the request: LiveKit's method takes that, and by name a timeout. */
function isSetting(parameter: string): boolean {
  return /^(?:timeout|\w*opt(?:ion)?s?|\w*args)$/i.test(parameter);
}

const CREATES = /^create_?(?:sip_?)?dispatch_?rule$/i;
const IS_TEST = /(?:^|[/_.-])(?:tests?|specs?|mocks?|fakes?|conftest)(?=[/_.-])/i;
