import type { Region, Syntax } from "../syntax.ts";
import { lex, type Token } from "./lex.ts";
import { stringRegion } from "./strings.ts";

/** PowerShell: hashtable literals are sites, strings and here-strings that hold documents are regions. */
export const powershell: Syntax = {
  read(text) {
    const { tokens, problem } = lex(text);
    const comments = tokens
      .filter(({ kind }) => kind === "comment")
      .map(({ start, end }) => ({ start, end }));
    const regions = tokens.flatMap((token, index): Region[] => {
      if (token.kind !== "string") return [];
      const region = stringRegion(text, token, isFormatted(text, tokens[index + 1]));
      return region ? [region] : [];
    });
    return { sites: [], regions, problems: problem ? [problem] : [], comments, refused: [] };
  },
  wrap: () => [],
};

/** `'{{ "rule": … }}' -f $id` */
function isFormatted(text: string, next: Token | undefined): boolean {
  return next?.kind === "word" && /^-[cfCF]?f$|^-f$/i.test(text.slice(next.start, next.end));
}
