import type { Range } from "../source/tokens.ts";
import type { Notice } from "../syntax.ts";
import type { Program } from "./program.ts";

/**
 * Where a text reads `InboundNumbers` of rules that LiveKit gave it, and where it makes a rule for an update with those
 * and without `Numbers`. Code that reads `Numbers` beside them knows what it does.
 */
export function responseNotices(program: Program): Notice[] {
  const places = [...program.placesOf("InboundNumbers"), ...program.placesOf("GetInboundNumbers")];
  return places
    .flatMap((index): Notice[] => {
      if (program.word(index + 1) === ":")
        return dropsNumbers(program, index) ? [dropped(program, index)] : [];
      const from = program.chainStart(index + 1);
      const isRead = program.word(index - 1) === "." && !isTakenAsIs(program, from);
      const of = { from, to: index - 1 };
      if (!isRead || readsNumbersToo(program, of) || !isGiven(program, of)) return [];
      return [{ code: "reads-inbound-numbers", at: program.spanOf({ from, to: index + 1 }) }];
    })
    .toSorted((a, b) => a.at.start - b.at.start);
}

function dropped(program: Program, index: number): Notice {
  return { code: "update-drops-numbers", at: program.spanOf({ from: index, to: index + 1 }) };
}

/** `InboundNumbers: rule.InboundNumbers`: it only goes from one rule to another. */
function isTakenAsIs(program: Program, from: number): boolean {
  return program.word(from - 1) === ":" && program.word(from - 2) === "InboundNumbers";
}

function readsNumbersToo(program: Program, of: Range): boolean {
  const rule = program.slice(of);
  const all = program.functionAround(of.from)?.all;
  return ["Numbers", "GetNumbers"].some((name) =>
    program.placesOf(name).some((index) => {
      const isNear = !all || (index >= all.from && index < all.to);
      return isNear && program.slice({ from: program.chainStart(index + 1), to: index - 1 }) === rule;
    }),
  );
}

/** Whether a rule takes over `InboundNumbers` of another one and leaves `Numbers` out, near to an update. */
function dropsNumbers(program: Program, key: number): boolean {
  const outer = program.tokens[key]?.outer ?? -1;
  const items = program.itemsOf(outer);
  const item = items.find(({ from }) => from === key);
  const isRule = program.word(outer) === "{" && program.word(outer - 1) === "SIPDispatchRuleInfo";
  if (!item || !isRule || items.some(({ from }) => program.word(from) === "Numbers")) return false;
  const around = program.functionAround(key)?.all ?? { from: 0, to: program.tokens.length };
  const isTaken = /\.(Get)?InboundNumbers\b/.test(program.slice({ from: key + 2, to: item.to }));
  return isTaken && /UpdateSIPDispatchRule/.test(program.slice(around));
}

/** Whether an expression comes from LiveKit's answer to a call that creates, updates or lists rules. */
function isGiven(program: Program, range: Range, depth = 0): boolean {
  const isLoop = program.word(range.from) === "range";
  const from = isLoop ? range.from + 1 : range.from;
  let to = isLoop ? from : range.to;
  while (to < range.to && program.word(to) !== "{") to++;
  if (depth > DEEPEST || to - from > LONGEST) return false;
  if (/\b(Create|List|Update)SIPDispatchRule(Fields)?\(/.test(program.slice({ from, to }))) return true;
  if (program.tokens[from]?.kind !== "name") return false;
  const { name, owner } = program.variableAt(from);
  const index = owner?.parameters.findIndex((parameter) => parameter.name === name) ?? -1;
  if (owner && index >= 0) {
    const calls = program.callsOf(owner).slice(0, MOST_CALLS);
    return calls.some((bracket) => {
      const argument = program.itemsOf(bracket)[index];
      return argument !== undefined && isGiven(program, argument, depth + 1);
    });
  }
  return program.valuesOf({ name, owner }).some((value) => isGiven(program, value, depth + 1));
}

const DEEPEST = 5;
/** In tokens. */
const LONGEST = 200;
const MOST_CALLS = 8;
