import { lkCommand } from "../../rule/lk-command.ts";
import { type CommandWord, lkNotices } from "../lk-notices.ts";
import type { Notice } from "../../sources/fact.ts";

/**
 * Returns what is to be said of the commands of `lk` in a text of code, in strings and lists of words. `start` is where the
 * text stands in its document. Takes linear time.
 */
export function commandNotices(text: string, start: number): Notice[] {
  return Array.from(text.matchAll(COMMAND)).flatMap(({ 0: found, 1: between = "", index }) => {
    const isOne = /^[ \t]+$/.test(between) || found.includes("-sip-");
    const words = isOne ? wordsOfString(text, index) : wordsOfList(text, index);
    const lk = lkCommand(words.map((word) => word.text));
    if (!lk) return [];
    const placed = words.map((word) => ({ ...word, start: word.start + start, end: word.end + start }));
    const isWritten = words
      .slice(lk.end)
      .every((word) => word.text.startsWith("-") || WRITTEN.test(word.text));
    return lkNotices(placed, lk).map((notice) =>
      notice.code === "delete-refuses-id" && !isWritten ? { ...notice, ids: [] } : notice,
    );
  });
}

const COMMAND =
  /\bsip([^A-Za-z0-9]{1,12})dispatch(?![A-Za-z_])|\b(?:create|delete|list)-sip-dispatch-rules?\b/g;
/** An id as it stands, or a variable of a shell. */
const WRITTEN = /^(?:SDR_\w+|\$\w+)$/;
const LONGEST = 400;

/** The words of a string in which `index` is, up to the end of the command. */
function wordsOfString(text: string, index: number): CommandWord[] {
  const before = text.slice(Math.max(0, index - LONGEST), index);
  const opening = Math.max(...['"', "'", "`", "\n"].map((sign) => before.lastIndexOf(sign)));
  const from = index - before.length + opening + 1;
  const quote = before[opening] ?? "\n";
  const rest = text.slice(from, index + LONGEST);
  const end = rest.search(quote === "\n" ? /[\r\n;&|]/ : new RegExp(`(?<!\\\\)${quote}|[\\r\\n;&|]`));
  return Array.from(rest.slice(0, end < 0 ? undefined : end).matchAll(/\S+/g), ({ 0: word, index: at }) => {
    const start = from + at;
    return { text: word, start, end: start + word.length };
  });
}

/**
 * The words of a list of strings in which `index` is; of what is no string nothing is known. What stands before the list
 * counts as a word, because it may name the program.
 */
function wordsOfList(text: string, index: number): CommandWord[] {
  const before = text.slice(Math.max(0, index - LONGEST), index);
  const [head = ""] = /(?:(?:[fr]?"[^"\n]*"|[fr]?'[^'\n]*'|[\w.*]+)\s*,\s*)*["'`]$/.exec(before) ?? [];
  const first = index - head.length;
  const lead = before.slice(-100 - head.length, before.length - head.length);
  const words: CommandWord[] = [{ text: lead, start: first, end: first }];
  ITEM.lastIndex = first;
  const part = text.slice(0, index + 4 * LONGEST);
  for (let found = ITEM.exec(part); found; found = ITEM.exec(part)) {
    const { index: at, 0: whole, 1: space = "", 3: string, 5: end = "" } = found;
    const start = at + space.length + (string === undefined ? 0 : whole.slice(space.length).indexOf(string));
    words.push({ text: string ?? "${}", start, end: start + (string?.length ?? 0) });
    if (end !== ",") break;
  }
  return words;
}

/** An item of a list: a string, or code with one pair of brackets at most; and what stands behind it. */
const ITEM =
  /(\s*)(?:[fr]?(["'`])((?:\\.|(?!\2)[^\\\n])*)\2|([^\s,"'`()[\]{}][^,"'`()[\]{}\n]*(?:\([^()]*\)|\[[^[\]]*\])?[^,"'`()[\]{}\n]*))\s*([,)\]}]|$)/y;
