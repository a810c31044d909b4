/** How functions are defined, with their parameters. */
export const DEFINES =
  /(?:\b(?:def|function|func|fn|fun|sub)\s+(?:\([^()]*\)\s*)?([A-Za-z_]\w*)|\b(?:const|let|var)\s+([A-Za-z_]\w*)\s*(?::[^=\n]{0,80})?=\s*(?:async\s*)?(?:function\b|\([^()]{0,300}\)\s*(?::[^=\n]{0,80})?=>|\w+\s*=>))/;
const PARAMETERS = new RegExp(`${DEFINES.source}(?:\\s*(?:\\*\\s*)?\\(([^()]{0,500})\\))?`, "g");

/** The functions that a text defines, with the names of their parameters. */
export function functionsIn(text: string): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const { 0: whole, 1: one, 2: other, 3: inBrackets } of text.matchAll(PARAMETERS)) {
    const list = inBrackets ?? /\(([^()]*)\)/.exec(whole)?.[1] ?? "";
    const parameters = list
      .split(",")
      .flatMap((item) => /[A-Za-z_]\w*/.exec(item.replace(/^\s*(?:const|final|var)\s+/, ""))?.[0] ?? []);
    found.set(
      one ?? other ?? "",
      parameters.filter((name) => name !== "self" && name !== "this" && name !== "cls"),
    );
  }
  return found;
}

/** Comes from outside of a program. */
export const GIVEN = /\b(?:argv|args?|ARGV|Args|environ|getenv|parse_args|input)\b|process\.env/;

/** The texts that a statement gives a name; undefined for what can't be told. */
export function literalsOf(text: string): (string | undefined)[] {
  const [, list, one] =
    /^[^=:\n]{1,80}[:?]?[=:]\s{0,200}(?:\[([^[\]]{1,2000})\]|[fr]?["'`]?([^"'`\n]{1,200}?)["'`]?)[;,]?\s*$/.exec(
      text,
    ) ?? [];
  const texts =
    list === undefined ? [one] : list.split(",").map((item) => item.trim().replaceAll(/^["'`]|["'`]$/g, ""));
  return texts.map((said) =>
    said !== undefined && (WORD.test(said) || COMMAND.test(said)) ? said : undefined,
  );
}

/** A name or a path. */
const WORD = /^[\w./@%+${}-]+$/;
/** The words of a command for rules, up to what it is given. */
export const COMMAND = /^[\w./@:= -]{0,100}\bsip dispatch(?:-rules?)?(?: \w+)?$/;

/** The names that a statement gives a value, a parameter or an item. */
export function boundBy(text: string): string[] {
  const found: string[] = [];
  const [, left] =
    /^\s*(?=\S)(?:export\s+)?(?:(?:const|let|var|val|final|auto|static|public|private|my|set|local|readonly|await|define|ENV|ARG|[A-Z]\w*(?:<[^>]*>)?)\s+(?=\S))*([\w.$,\s[\]"'{}*:@-]{0,159}?[\w.$,[\]"'{}*:@-])\s*(?::=|\?=|[+|]?=)(?![=>~])/.exec(
      text,
    ) ?? [];
  if (left !== undefined) found.push(...names(left).slice(0, 6));
  const [, key] = /^\s*(?:-\s*)?["']?([A-Za-z_][\w-]*)["']?\s*:(?:\s|$)/.exec(text) ?? [];
  if (key !== undefined && left === undefined) found.push(key);
  const [, item] = /^\s*-\s*([A-Za-z_]\w*)=/.exec(text) ?? [];
  if (item !== undefined) found.push(item);
  // Most match nowhere, and `matchAll` makes each of them once more.
  for (const pattern of BINDS.filter((one) => text.search(one) >= 0)) {
    for (const match of text.matchAll(pattern)) found.push(...names(match.slice(1).join(" ")).slice(0, 4));
  }
  return [...new Set(found)];
}

const BINDS = [
  /\bimport\s+(?:type\s+)?([\w$*{}\s,]{1,200}?)\s+from\b/g,
  // What a call fills: `&rule` in Go, `&mut rule`, `out var rule`.
  /[(,]\s*(?:&(?:mut\s+)?|(?:out|ref)\s+(?:var\s+|[A-Z]\w*\s+)?)([A-Za-z_]\w*)\s*[,)]/g,
  /^\s*(\([\w\s,*()]{1,80}\)[\w\s,*]{0,80}?)\s*=(?![=>])/g,
  /:\s*([A-Za-z_]\w*)\s*=(?![=>])/g,
  /\bfor(?:each)?\b\s*(?:\(\s*)?(?:(?:const|let|var|auto|my)\b\s*)?([\w$(][\w\s,$()]{0,59}?)\s+(?:in|of|:=\s*range)\b/g,
  /\bforeach\s*(?:\(\s*)?([A-Za-z_]\w*)\s/g,
  /\bas\s+\$?(\w+)\s*(?:[:,)]|$)/g,
  /(?<!\w)(\w+(?:\s*,\s*\w+){0,3})\s*(?:\)\s*)?=>/g,
  /\|\s*(\w+(?:\s*,\s*\w+){0,3})\s*\|/g,
  /\blambda\s+(\w+)/g,
  /\bfunc(?:tion)?\s*\(([^()]{1,80})\)/g,
  /^\s*set\s*(?:\(\s*)?(?:-\w+\s+)*(\w+)\s/g,
  /^\s*(?:ENV|ARG)\s+(\w+)/g,
];

function names(text: string): string[] {
  return Array.from(text.replaceAll(TYPE, "").matchAll(/[A-Za-z_]\w*/g), ([name]) => name).filter(
    (name) =>
      !/^(?:for|const|let|var|self|this|in|of|as|default|range|string|str|dict|Any|any|int|number|err|_)$/.test(
        name,
      ),
  );
}

/** The type behind the name of a parameter: `*livekit.SIPTrunkInfo`. */
const TYPE = /(?<=[\w:])\s+[*[\]]{0,9}\w+(?:\.\w+)+/g;
