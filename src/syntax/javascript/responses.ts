import type { Notice } from "../syntax.ts";
import type { FunctionOf } from "./declarations.ts";
import type { Script } from "./script.ts";
import type { Range } from "../source/tokens.ts";

/**
 * Where a text reads `inboundNumbers` of rules that LiveKit gave it, and where it makes a rule for an update with those
 * and without `numbers`. Code that reads `numbers` beside them knows what it does.
 */
export function responseNotices(script: Script): Notice[] {
  const notices: Notice[] = [];
  const dropped: Range[] = [];
  for (const name of ["inboundNumbers", "inbound_numbers"]) {
    for (const index of script.named(name).slice(0, MOST_PLACES)) {
      const outer = script.tokens[index]?.outer ?? -1;
      if (!script.isKey(index) || !dropsNumbers(script, index, outer)) continue;
      dropped.push({ from: outer, to: script.tokens[outer]?.pair ?? outer });
      notices.push({ code: "update-drops-numbers", at: script.spanOf({ from: index, to: index + 1 }) });
    }
  }
  for (const name of ["inboundNumbers", "inbound_numbers"]) {
    for (const index of script.named(name).slice(0, MOST_PLACES)) {
      if (dropped.some(({ from, to }) => from < index && index < to)) continue;
      const at = readAt(script, index);
      if (at) notices.push({ code: "reads-inbound-numbers", at: script.spanOf(at) });
    }
  }
  return notices.toSorted((a, b) => a.at.start - b.at.start);
}

const MOST_PLACES = 200;

/** Where a field of a rule that LiveKit gave is read by this name: `rule.inboundNumbers`, `const { inboundNumbers } = rule`. */
function readAt(script: Script, index: number): Range | undefined {
  if (/^\??\.$/.test(script.word(index - 1))) {
    const from = script.chainStart(index - 1);
    const isSet = script.word(index + 1) === "=";
    const of = script.slice({ from, to: index - 1 });
    if (isSet || isTakenAsIs(script, from) || readsNumbersToo(script, index, of)) return undefined;
    return isGiven(script, { from, to: index - 1 }) ? { from, to: index + 1 } : undefined;
  }
  const taken = script.declarationAt(script.isKey(index) ? index + 2 : index);
  if (taken?.key === undefined) return undefined;
  const { value, partOf } = taken;
  const isOfGiven = value ? isGiven(script, value) : partOf !== undefined && isGivenTo(script, partOf, 0);
  return isOfGiven && !readsNumbersBeside(script, index) ? { from: index, to: index + 1 } : undefined;
}

/** `({ inboundNumbers, numbers }) => …` */
function readsNumbersBeside(script: Script, index: number): boolean {
  const outer = script.tokens[index]?.outer ?? -1;
  return script.itemsOf(outer).some(({ from }) => script.word(from) === "numbers");
}

/** `inboundNumbers: rule.inboundNumbers`: it only goes from one rule to another. */
function isTakenAsIs(script: Script, from: number): boolean {
  return script.isKey(from - 2) && TAKEN.test(`.${script.word(from - 2)}`);
}

function readsNumbersToo(script: Script, index: number, of: string): boolean {
  const body = script.functionAround(index)?.body ?? { from: 0, to: script.tokens.length };
  return script
    .named("numbers")
    .some(
      (one) =>
        one >= body.from &&
        one < body.to &&
        /^\??\.$/.test(script.word(one - 1)) &&
        script.slice({ from: script.chainStart(one - 1), to: one - 1 }) === of,
    );
}

/** Whether an object takes over `inboundNumbers` of another rule and leaves `numbers` out, near to an update. */
function dropsNumbers(script: Script, key: number, outer: number): boolean {
  const items = script.itemsOf(outer);
  const item = items.find(({ from }) => from === key);
  if (script.word(outer) !== "{" || !item) return false;
  const value = script.slice({ from: key + 2, to: item.to });
  const named = script.declarationOf(key + 2);
  const origin = named?.value && item.to === key + 3 ? script.slice(named.value) : "";
  if (!TAKEN.test(value) && !TAKEN.test(origin) && !(named?.key && TAKEN.test(`.${named.key}`))) return false;
  const keys = items.map(({ from }) => script.tokens[from]?.value ?? script.word(from));
  if (keys.includes("numbers") || keys.includes("...")) return false;
  const around = script.slice(script.functionAround(key)?.body ?? { from: 0, to: script.tokens.length });
  return /updateSipDispatchRule|UpdateSIPDispatchRule|SIPDispatchRuleInfo\(|\breplace\s*:/.test(around);
}

const TAKEN = /(\.|\[["'])inbound_?[nN]umbers\b/;

/** Whether an expression comes from LiveKit's answer to a call that creates, updates or lists rules. */
function isGiven(script: Script, { from, to }: Range, depth = 0): boolean {
  if (depth > 8 || to - from > 400) return false;
  const text = script.slice({ from, to });
  if (
    /\b(create|list|update)Sip(DispatchRules?)(Fields)?\(|\b(Create|List|Update)SIPDispatchRule\b/.test(text)
  ) {
    return true;
  }
  let root = from;
  while (/^(await|\(|new)$/.test(script.word(root))) root++;
  const declaration = script.tokens[root]?.kind === "name" ? script.declarationOf(root) : undefined;
  if (!declaration) return isGivenByOwn(script, root, depth);
  const { value, of } = declaration;
  if (value) return isGiven(script, value, depth + 1);
  return of !== undefined && isGivenTo(script, of, depth);
}

/** Whether a function is given such an answer, or the rules in it, as the how manyeth parameter. */
function isGivenTo(script: Script, of: { function: FunctionOf; index: number }, depth: number): boolean {
  const { parameters } = of.function;
  // A function that is given to `rules.map(…)` gets the rules.
  const bracket = script.tokens[parameters]?.outer ?? -1;
  const call = script.callAt(bracket);
  const [first] = script.itemsOf(bracket);
  if (call && first && first.from >= parameters - 1) {
    return isGiven(script, { from: call.from, to: bracket - 2 }, depth + 1);
  }
  return script
    .callsOf(of.function)
    .slice(0, 8)
    .some((one) => {
      const argument = script.itemsOf(one)[of.index];
      return argument !== undefined && isGiven(script, argument, depth + 1);
    });
}

/** Whether a function of the text returns such an answer. */
function isGivenByOwn(script: Script, name: number, depth: number): boolean {
  if (script.word(name + 1) !== "(") return false;
  return script.functionsNamed(script.word(name)).some(({ body }) => {
    if (script.word(body.from) !== "{") return isGiven(script, body, depth + 1);
    return script
      .named("return")
      .filter((index) => index > body.from && index < body.to)
      .slice(0, 8)
      .some((index) => isGiven(script, { from: index + 1, to: script.endOf(index + 1) }, depth + 1));
  });
}
