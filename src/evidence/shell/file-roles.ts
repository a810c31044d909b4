import { basename } from "node:path/posix";
import { isMovedKey } from "../keys.ts";
import type { ShellCommand, ShellWord } from "./words.ts";
import type { Role } from "../../sources/fact.ts";

/** Look at no content, or at nothing but whether it is there. */
const NO_CONTENT =
  /^(?:test|\[|\[\[|ls|git|chmod|chown|touch|mkdir|rm|stat|file|du|cd|pushd|popd|source|\.|set|shift|trap|shellcheck|prettier|eslint|sleep|wait|exit|return|true|false|:)$/;
/** Copy files under another name. */
const COPIES = /^(?:cp|mv|install|ln|rsync|scp|docker|kubectl)$/;
/** Print names of files and not what stands in them. */
const NAMES =
  /^(?:find|ls|fd|basename|dirname|realpath|readlink|echo|printf|for|select|mapfile|readarray|read|local|declare|export|readonly|typeset)$/;
/** Print for a person, or only test. */
const ENDS =
  /^(?:echo|printf|test|\[|\[\[|grep|egrep|rg|jq|yq|cat|diff|cmp|wc|head|tail|less|more|md5sum|sha\d+sum|read|set|exit|return|true|false|:|local|export|declare|case|for|cut|sort|uniq|column|tr|sed|awk|fold|paste|comm|bat|log|info|warn|error|die|fail|fatal)$/;
/** Look at what they are given by its text. */
const TEXT_TOOLS =
  /^(?:grep|egrep|fgrep|rg|awk|gawk|perl|ruby|cut|head|tail|sort|uniq|fold|paste|ed|ex|vim|python[\d.]*|node|deno|bun)$/;

/** Tells whether what a program with this name is given ends there: on a terminal, in a test. */
export function endsWith(name: string): boolean {
  return ENDS.test(name);
}

/**
 * Returns what is said of a program that looks at its input as a text, or by a program of its own; nothing of others.
 */
export function toolKeys(words: readonly string[]): string[] {
  const name = basename(words[0] ?? "");
  if (!TEXT_TOOLS.test(name) && !/^[jy]q$/.test(name)) return [];
  // `grep '"name"'` looks for a key, whatever stands behind it.
  const quoted = words.flatMap((word) =>
    Array.from(word.matchAll(/"([a-z_]+)\\?"/gi), ([, key = ""]) => key),
  );
  return [toolKey(words), ...quoted.filter(isMovedKey)];
}

function toolKey([name = "", ...rest]: readonly string[]): string {
  const program = rest.find((word) => !word.startsWith("-")) ?? "";
  const said = program.replaceAll(/\s+/g, " ");
  return `${basename(name)} ${said.length > 40 ? `${said.slice(0, 39)}…` : said}`.trim();
}

/** Returns what a program makes of a file that it names: `inner` are its words without those before it. */
export function roleOf(
  name: string,
  { words, reads, isPiped }: ShellCommand,
  inner: readonly ShellWord[],
  isFunction: boolean,
): Role {
  if (isFunction) return "name";
  if (name === "" && reads.length > 0) return "read";
  if (name === "" || (words.length > 0 && inner.length === 0)) return "name";
  if (COPIES.test(name)) return "copy";
  if (NO_CONTENT.test(name) && !(name === "ls" && isPiped)) return name === "ls" ? "name" : "none";
  if (
    (name === "jq" || name === "yq") &&
    inner.some(({ text }) => text === "empty" || /^\s*\.dispatch_?[rR]ule\b(?!\s*\|?=)/.test(text))
  )
    return "none";
  return NAMES.test(name) ? "name" : "read";
}
