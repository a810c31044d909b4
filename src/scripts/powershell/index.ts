import { formOf } from "../../rule/form.ts";
import { isAnnotation } from "../../rule/annotations.ts";
import { requestField, WRAPPER } from "../../rule/fields.ts";
import type { ObjectValue } from "../../rule/value.ts";
import { isKindAlone, rulesPutIn } from "../shell/request-text.ts";
import { isCertain } from "../../sources/sites.ts";
import type { Problem, Region, Site, Syntax } from "../../sources/syntax.ts";
import { mayHoldRequest } from "../../sources/trigger.ts";
import { Code } from "./code.ts";
import { type Hashtable, hashtablesOf } from "./hashtable.ts";
import { lex, type Token } from "./lex.ts";
import { stringRegion } from "./string-region.ts";
import { type Obstacle, usesIn } from "./hashtable-uses.ts";
import { wrapHashtable } from "./wrap.ts";

/** PowerShell: hashtable literals are sites, strings and here-strings that hold documents are regions. */
export const powershell: Syntax = {
  read(text, isWorth = mayHoldRequest) {
    const { tokens, problem } = lex(text);
    const comments = tokens
      .filter(({ kind }) => kind === "comment")
      .map(({ start, end }) => ({ start, end }));
    const code = new Code(text, tokens);
    const { sites, problems } = hashtableSites(code);
    const putIn = rulesPutIn(text);
    const regions = tokens.flatMap((token, index): Region[] => {
      if (token.kind !== "string") return [];
      const region = stringRegion(text, token, isFormatted(text, tokens[index + 1]), isWorth);
      if (!region || (isKindAlone(region.text) && putIn.has(variableGiven(text, token)))) return [];
      return isTold(text, tokens, index) ? [{ ...region, shown: true }] : [region];
    });
    const outside = withoutThoseIn(sites, regions);
    return {
      sites,
      regions: outside,
      problems: problem ? [problem] : problems,
      comments,
      refused: [],
      strings: tokens.filter(({ kind }) => kind === "string"),
    };
  },
  wrap: wrapHashtable,
};

/** The commands, in small letters, that only print what they are given. */
const TELLS = /^(echo|write|write-\w+|throw)$/;

/** The requests among the hashtable literals, the outermost of each, and those that can't be told. */
function hashtableSites(code: Code): { sites: Site[]; problems: Problem[] } {
  const { text } = code;
  const sites: Site[] = [];
  const problems: Problem[] = [];
  let useOf: ReturnType<typeof usesIn> | undefined;
  let done = 0;
  for (const hashtable of hashtablesOf(text, code.tokens).toSorted((a, b) => a.value.start - b.value.start)) {
    const { value, nested, unread } = hashtable;
    if (value.start < done) continue;
    if (nested ? isCertain(value) : formOf(value).form !== "other") {
      done = value.end;
      useOf ??= usesIn(code);
      const { wrapped, obstacle } = useOf(hashtable);
      if (wrapped) continue;
      const against = unreadPart(unread) ?? keptOutside(value) ?? obstacle;
      sites.push({
        at: { start: value.start - 1, end: value.end },
        request: value,
        ...(nested && { nested }),
        ...(against && { remarks: [{ ...against, weighs: "manual" as const }] }),
      });
    } else if (unread && mayHoldRequest(text.slice(unread.start, unread.end))) {
      problems.push({ at: unread, message: UNREAD, part: true });
    }
  }
  return { sites, problems };
}

const UNREAD = "this part of a hashtable can't be read as `name = value`";

function unreadPart(at: Hashtable["unread"]): Obstacle | undefined {
  return at && { code: "unfollowed-use", is: "unread-part", at };
}

/** Annotations, and a wrapper that is null, which would have to leave the others. */
function keptOutside({ members }: ObjectValue): Obstacle | undefined {
  const kept = members.find(
    ({ key, value }) => isAnnotation(key) || (requestField(key) === WRAPPER && value.kind === "null"),
  );
  return kept && { code: "unfollowed-use", is: "kept-outside", name: kept.key, at: kept.at };
}

/** The variable that is given a string: `$rule = '…'`; empty for none. */
function variableGiven(text: string, { start }: Token): string {
  return /\$(\w+)\s*=\s*$/.exec(text.slice(Math.max(0, start - 100), start))?.[1] ?? "";
}

/** A string in a request is one of its values. */
function withoutThoseIn(sites: readonly Site[], regions: Region[]): Region[] {
  let next = 0;
  return regions.filter((region) => {
    const start = region.toOuter(0);
    while ((sites[next]?.at.end ?? Infinity) <= start) next++;
    return (sites[next]?.at.start ?? Infinity) > start;
  });
}

/** Tells whether a string is an argument of `Write-Host` and its like. */
function isTold(text: string, tokens: readonly Token[], index: number): boolean {
  for (let at = index - 1; at >= Math.max(0, index - MOST_ARGUMENTS); at--) {
    const token = tokens[at];
    if (!token || token.kind === "newline" || token.kind === "mark") return false;
    if (token.kind === "word" && TELLS.test(text.slice(token.start, token.end).toLowerCase())) return true;
  }
  return false;
}

const MOST_ARGUMENTS = 8;

/** `'{{ "rule": … }}' -f $id` */
function isFormatted(text: string, next: Token | undefined): boolean {
  return next?.kind === "word" && text.slice(next.start, next.end).toLowerCase() === "-f";
}
