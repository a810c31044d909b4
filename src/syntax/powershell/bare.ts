import { opensWrapper } from "../shell/expand.ts";
import { LONGEST } from "./code.ts";
import type { Word } from "./value.ts";

/** The fields of requests of which the value is a bare rule: CreateSIPDispatchRuleRequest, UpdateSIPDispatchRuleRequest. */
export const TAKES_BARE = /^(dispatch_?rule|replace)$/i;
const OPENS_REPLACE = /["']replace["']\s{0,9}:\s{0,9}$/;

/** Whether what comes next in a string is a bare rule, by its place in a request. */
export function opensBare(before: string): boolean {
  const plain = before.slice(-LONGEST).replaceAll("`", "");
  return opensWrapper(plain) || OPENS_REPLACE.test(plain.slice(-50));
}

/** The words that strings beside them make bare rules of: `'{"dispatch_rule":' + $rule`, and with `-f`. */
export function bareAmong(words: readonly Word[]): ReadonlySet<Word> {
  const said = words.map(({ texts: [text = ""] }) => text);
  const format = said.findIndex((text) => /^-f$/i.test(text));
  const filled = [...(said[format - 1] ?? "").matchAll(/\{(\d{1,2})\}/g)]
    .filter(({ input, index }) => opensBare(input.slice(0, index)))
    .map(({ 1: place }) => format + 1 + Number(place));
  return new Set(
    words.filter(({ holds }, index) => {
      const before = said[index - 1] === "+" ? said[index - 2] : said[index - 1];
      return holds.origins.length > 0 && (filled.includes(index) || opensBare(before ?? ""));
    }),
  );
}
