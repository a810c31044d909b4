import { FileTrail, passing } from "../source/file-trail.ts";
import type { Range } from "../source/tokens.ts";
import type { Mention } from "../syntax.ts";
import { assigned, behindType, type Carrier, type Following, named } from "./carry.ts";
import type { Declaration } from "./declarations.ts";
import type { Script } from "./script.ts";
import { isChanged, keyAt } from "./keys.ts";
import { moduleFile, pathsOf } from "./paths.ts";
import { member, passed, putUnder, spread } from "./uses.ts";

/** A file that a text opens, by the expression of its path, or of the name of the module that it is. */
type Opened = Omit<Following, "trail"> & { path: Range };

/** What a text does with what a file holds, from the expression that reads it outwards. */
export function followFile(opened: Opened, start: Carrier): Mention[] {
  const following = newFollowing(opened);
  following.trail.on(start);
  return followed(following);
}

/** What a text does with what it imports: all of a file, or one key of it. */
export function followImport(opened: Opened, declaration: Declaration): Mention[] {
  const { at, key } = declaration;
  const following = newFollowing(opened);
  if (key !== undefined && key !== "default") following.trail.read({ from: at, to: at + 1 }, {}, [key]);
  else named(following, declaration, { raw: false });
  return followed(following);
}

function newFollowing({ path, ...opened }: Opened): Following {
  const { script, isModule } = opened;
  const trail: Following["trail"] = new FileTrail(script, (given) => {
    const paths = pathsOf(script, path, given);
    return isModule ? paths.flatMap((one) => moduleFile(one) ?? []) : paths;
  });
  return { ...opened, trail };
}

function followed(following: Following): Mention[] {
  following.trail.follow((carrier) => step(following, carrier));
  return following.trail.mentions();
}

/** Looks at what stands directly around an expression. */
function step(following: Following, carrier: Carrier): void {
  const { script, trail } = following;
  const { from, to, raw } = carrier;
  const on = (change: Partial<Range>): void => trail.on({ ...carrier, ...change });
  const [before, after] = [script.word(from - 1), script.word(to)];

  if (after === "!" && /^(\.|\[|\))$/.test(script.word(to + 1))) return on({ to: to + 1 });
  if (after === "as" || after === "satisfies") return on({ to: behindType(script, to) });
  if (after === "." || after === "?.") return member(following, carrier);
  if (after === "[" && !script.tokens[to]?.begins) {
    if (raw) return;
    const [item] = script.itemsOf(to);
    const key = item && item.to === item.from + 1 ? keyAt(script, item.from) : undefined;
    const sets = isChanged(script, { from, to: script.behind(to) });
    return trail.read({ from, to: to + 1 }, carrier, key === undefined ? undefined : [key], sets);
  }
  if (before === "await") return on({ from: from - 1 });
  if (before === "in" && !/^(const|let|var)$/.test(script.word(from - 3))) {
    const key = keyAt(script, from - 2);
    return trail.read({ from: from - 2, to }, carrier, key === undefined ? undefined : [key]);
  }
  if (before === "of" || before === "in") return raw ? undefined : trail.read(carrier, carrier);
  if (before === "(" && after === ")" && !script.callAt(from - 1)) return on({ from: from - 1, to: to + 1 });
  if (ELSE.test(after) || ELSE.test(before)) {
    return on({ from: ELSE.test(before) ? script.chainStart(from - 1) : from, to: script.endOf(to) });
  }
  if (!raw && isForOthers(script, from)) trail.read(carrier, carrier);
  if (before === "=") return assigned(following, carrier);
  if (before === "return" || before === "=>") return trail.returned(carrier);
  const outer = script.tokens[from]?.outer ?? -1;
  if (before === "...") return raw ? undefined : spread(following, carrier, outer);
  if (before === ":" && (script.isKey(from - 2) || script.tokens[from - 2]?.kind === "string")) {
    return putUnder(following, keyAt(script, from - 2) ?? "", carrier);
  }
  const call = passing(script, carrier);
  if (call) return passed(following, carrier, call);
  if (script.word(outer) === "{" && /^[{,]$/.test(before) && /^[,}]$/.test(after)) {
    putUnder(following, script.word(from), carrier);
  }
}

/** Whether an expression is what the module exports, or what a function of it returns that it calls nowhere itself. */
function isForOthers(script: Script, from: number): boolean {
  const before = script.word(from - 1);
  if (before === "return" || before === "=>") {
    const owner = script.functionAround(from);
    return owner?.name !== undefined && script.callsOf(owner).length === 0;
  }
  if (before === "=") {
    const left = script.chainStart(from - 1);
    return (
      /^(module\.exports|exports\.)/.test(script.slice({ from: left, to: from - 1 })) ||
      (/^(const|let|var)$/.test(script.word(from - 3)) && script.word(from - 4) === "export")
    );
  }
  const outer = script.tokens[from]?.outer ?? -1;
  return before === "default" || (script.word(outer) === "{" && script.word(outer - 1) === "export");
}

/** What takes the other operand where there is none. */
const ELSE = /^(\?\?|\|\|)$/;
