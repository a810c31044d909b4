import type { Look } from "../evidence/evidence.ts";
import { isMovedKey, snake } from "../evidence/keys.ts";
import { WRAPPER } from "../rule/fields.ts";
import { barrierCheck, type Said } from "./check.ts";
import { ofEachLine } from "./looks.ts";
import { saidOfUse } from "./unfollowed-sentences.ts";
import { codeWords } from "./words.ts";

export const unfollowedUse = barrierCheck({
  id: "unfollowed-use",
  title: "Something depends on the request having the form that it has",
  why: "A line that looks at the request's keys, lines or text would look in the wrong place once it is wrapped, or wrap it twice.",
  /** Of a use in the code around the request. Of lines elsewhere `changesOf` says it. */
  say: saidOfUse,
});

/** Returns what to say of the lines that look at a request before it goes on, one sentence a line. */
export function changesOf(changes: readonly Look[], wrapper: string): Said[] {
  return ofEachLine(changes).map(({ path, line, keys, isSure }): Said => {
    const at = `${path}:${line}`;
    const fields = keys.filter(isMovedKey);
    const wraps = keys.some((key) => snake(key) === WRAPPER);
    const which = isSure ? "this request" : "what may be this request";
    const message = wraps
      ? `${at} puts ${which} into \`${WRAPPER}\` itself, so that it would be wrapped twice`
      : fields.length > 0
        ? `${at} looks for ${codeWords(fields)} in ${which} before it goes on, and would not find ${fields.length > 1 ? "them" : "it"} there once it is wrapped`
        : `${at} works on the text of ${which} (${codeWords(keys)}), and may do something else once it is wrapped`;
    const next = wraps
      ? "Leave the request as it is, or take the wrapper out of that line and migrate with `--unsafe`."
      : `Make that line look in \`${wrapper}\`, then migrate the request with \`--unsafe\`.`;
    return { message, next };
  });
}
