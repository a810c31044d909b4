import type { Span } from "../../rule/value.ts";
import { knownText, type Path, pathOf } from "../../sources/partly-known.ts";
import { keysIn } from "../keys.ts";
import { commandNotices } from "./command-words.ts";
import { boundBy, DEFINES, functionsIn, GIVEN, literalsOf } from "./bindings.ts";
import { pathsIn, pieceOf, withoutPaths, withoutStrings, withVariables } from "./paths.ts";
import { HARMLESS, OPENS_TO_WRITE, READS, roleOf, WRITES } from "./file-roles.ts";
import { ANSWERS, MESSAGE, PRINTS, sendingsIn } from "./livekit-calls.ts";
import type { Statement } from "../statement.ts";
import type { Fact, HeldPlace } from "../../sources/fact.ts";
import { callersIn, makesInfo } from "../inbound-numbers.ts";
import { beginningIn } from "../spans.ts";
import { type CodeText, splitStatements } from "./split-statements.ts";
import type { Values } from "../bindings.ts";

/**
 * Splits a text in any language but a shell's into statements, each of which is one step. Tells `values` at once what
 * its names stand for, and gives what reads the statements, with what `values` knows by then. Names are told by the ways
 * in which languages write assignments, parameters and loops; a language that writes them otherwise has statements that
 * bind none.
 */
export function codeStatements(code: CodeText, values: Values): () => Statement[] {
  const functions = functionsIn(code.text);
  const pieces = piecesOf(code, functions);
  for (const piece of pieces) learn(piece, values);
  const held = { regions: beginningIn(code.regions), sites: beginningIn(code.sites) };
  const keysOf = beginningIn(code.keys);
  const heldIn = (at: Span): HeldPlace[] => [
    ...held.regions(at).flatMap((region): HeldPlace[] => (code.recipes?.has(region) ? [] : [{ region }])),
    ...held.sites(at).flatMap((index): HeldPlace[] => {
      const site = code.sites[index]?.start;
      return site === undefined ? [] : [{ site }];
    }),
  ];
  return () => {
    const handles = new Map<string, readonly Path[]>();
    return pieces.flatMap((piece): Statement[] => {
      const { at, text } = piece;
      const holds = heldIn(at);
      const made = stepOf(piece, holds, values, functions);
      if (!made) return [];
      const step =
        holds.length > 0 ? withHeld(made, code.text.slice(at.start, at.end), keysOf(at).length > 0) : made;
      // What is written by an open file's name goes into that file.
      if (OPENS_TO_WRITE.test(text)) for (const name of step.binds) handles.set(name, step.writes);
      const files = WRITES.test(text) ? step.uses.flatMap((name) => handles.get(name) ?? []) : [];
      const isOpened = OPENS_TO_WRITE.test(text) && step.writes.length > 0;
      return [
        {
          steps: [{ ...step, binds: isOpened ? [] : step.binds, writes: [...step.writes, ...files] }],
          captured: [],
        },
      ];
    });
  };
}

/** A statement, and what its text says by itself. */
interface Piece {
  at: Span;
  /** The text without comments, and without the requests in it. */
  text: string;
  /** The text with what is put into its strings as `${name}`. */
  written: string;
  /** The text without its strings. */
  bare: string;
  /** The function in which it stands, as far as that is told by the one that was last defined before it. */
  within: string | undefined;
  bound: readonly string[];
  calls: readonly string[];
  /** The parameters of the functions of the text that it calls. */
  parameters: readonly string[];
  /** An item of a list in YAML, which is one of the values of its key. */
  item: { key: string; text: string } | undefined;
}

function piecesOf(code: CodeText, functions: ReadonlyMap<string, readonly string[]>): Piece[] {
  let within: string | undefined;
  let key: string | undefined;
  return splitStatements(code).map(({ start, end, text }) => {
    const defined = DEFINES.exec(text);
    if (defined) within = defined[1] ?? defined[2];
    key = /^\s*(?:-\s+)?["']?([A-Za-z_][\w-]*)["']?\s*:\s*$/.exec(text)?.[1] ?? key;
    const [, item] = /^\s*-\s+["']?([\w./${}@-]+)["']?\s*$/.exec(text) ?? [];
    const bare = withoutStrings(text);
    const calls = [...bare.matchAll(CALL)].map(([, name = ""]) => name);
    return {
      at: { start, end },
      text,
      written: withVariables(text),
      bare,
      within,
      bound: boundBy(bare),
      calls,
      parameters: defined ? [] : calls.flatMap((name) => functions.get(name) ?? []),
      item: item !== undefined && key !== undefined ? { key, text: item } : undefined,
    };
  });
}

/** Takes in what a statement gives its names. */
function learn({ written, bare, bound, parameters, item }: Piece, values: Values): void {
  if (item) values.set(item.key, pieceOf(item.text));
  for (const name of bound)
    for (const literal of literalsOf(written))
      values.set(name, literal === undefined ? undefined : pieceOf(literal));
  for (const [, name = "", literal = ""] of written.matchAll(MEMBER)) values.set(name, pieceOf(literal));
  for (const name of parameters) {
    if (GIVEN.test(bare)) values.give(name);
    else values.set(name, undefined);
  }
}

/** A step with the requests that are written in it: what is put into them, and what it becomes a part of. */
function withHeld(step: Fact, text: string, hasKeys: boolean): Fact {
  const put = Array.from(text.matchAll(/\$\{?(\w+)|\{(\w+)\}/g), ([, one, other]) => one ?? other ?? "");
  const isPart = hasKeys || step.holds.some((held) => "region" in held);
  const inside = OPENS_WRAPPER.test(text) ? "wrapper" : isPart ? "part" : undefined;
  return {
    ...step,
    uses: [...step.uses, ...put],
    put: hasKeys ? [...step.uses, ...put] : put,
    ...(inside && { inside }),
  };
}

/** The wrapper's key in a text, whatever its value is. */
const OPENS_WRAPPER = /dispatch_?rule[\\`]?["']?\s*:/i;

function stepOf(
  { at, text, written, bare, within, bound, calls, parameters }: Piece,
  holds: readonly HeldPlace[],
  values: Values,
  functions: ReadonlyMap<string, readonly string[]>,
): Fact | undefined {
  const paths = pathsIn(written, values);
  // A command that is only shown to a person, PowerShell's `Write-Host` among them.
  const isShown =
    (calls.length > 0 && calls.every((name) => PRINTS.test(name))) ||
    /^\s*(?:raise|throw|Write-\w+|echo)\b/i.test(text);
  const sends = isShown ? [] : sendingsIn(written);
  const isReturn = /^\s*(?:return|yield)\b/.test(bare) && within !== undefined;
  const put = Array.from(written.matchAll(/\$\{?(\w+)/g), ([, name = ""]) => name);
  const uses = [...new Set([...bare.matchAll(/[A-Za-z_]\w*/g)].map(([name]) => name).concat(put))];
  if (paths.length + holds.length + sends.length === 0 && uses.length === 0) return undefined;
  const isOpened = OPENS_TO_WRITE.test(text);
  const writes = sends.length === 0 && (isOpened || WRITES.test(text));
  const role = roleOf(text, calls, sends, functions);
  const keys = keysIn(withoutPaths(text));
  const isAnswer = ANSWERS.test(written.replace(HEAD, ""));
  return {
    at,
    role,
    uses,
    again: againIn(bare, bound),
    // A copy may go to a file that a variable names.
    binds: [
      ...bound,
      ...parameters,
      ...(role === "copy" ? uses.filter((name) => !calls.includes(name)) : []),
      ...(isReturn && within !== undefined ? [within] : []),
    ],
    paths: role === "copy" ? paths.slice(0, 1) : writes && (isOpened || !READS.test(text)) ? [] : paths,
    writes: role === "copy" ? paths.slice(1) : writes ? paths : holds.length > 0 ? namedHere(text) : [],
    holds,
    keys,
    callers: callersIn(text, at.start),
    ...(makesInfo(text) && { isInfo: true as const }),
    notices:
      isShown || /^\s*(?:raise|throw)\b/.test(text) || calls.some((name) => PRINTS.test(name))
        ? []
        : commandNotices(text, at.start),
    ...(isAnswer && { answers: true as const }),
    ...(MESSAGE.test(text) && !isAnswer && { makes: true as const }),
    replaces: [],
    ...(SETS.test(text) && { sets: true as const }),
    calls,
    sends,
    // What a template makes of it, nobody knows here.
    ends:
      !writes &&
      sends.length === 0 &&
      !/\{\{|<%/.test(text) &&
      calls.every((name) => HARMLESS.test(name) || functions.has(name)),
  };
}

/** Those of the names on the left of an assignment that stand on its right as well. */
function againIn(bare: string, bound: readonly string[]): string[] {
  const [, left = "", right = ""] = /^([^=]{1,160}[^=!<>])=(?![=>])([^]*)$/.exec(bare) ?? [];
  const isIn = (name: string, text: string): boolean =>
    text.includes(name) && new RegExp(`\\b${name}\\b`).test(text);
  return bound.filter((name) => isIn(name, right) && isIn(name, left));
}

/** The head of a function, which is no call of it. */
const HEAD = /\b(?:def|function|func|async)\s+(?:\([^()]*\)\s*)?[\w.]+\s*\(/;

/** Sets a key of something, or takes one out. */
const SETS =
  /(?:\.\w+|\[\s*["'][\w.]+["']\s*\])\s*(?:[+|]?=)(?![=>])|\.(?:update|pop|setdefault|append|extend|push|CopyFrom|add|delete|merge!?)\s*\(|^\s*del\b|\bdelete\s+\w/;

/** The name of a file that is the key of what stands behind it, as in a ConfigMap. */
function namedHere(text: string): Path[] {
  const [, name] = /^\s*["']?([\w-][\w.-]*\.\w+)["']?\s*:/.exec(text) ?? [];
  return name === undefined ? [] : [pathOf(knownText(name))];
}

/** A member of a mapping on one line, whose value is a word. */
const MEMBER = /[{,]\s*["']?([A-Za-z_]\w*)["']?\s*:\s+["']?([\w./${}-]+)["']?(?=\s*[,}])/g;

/** A name before the bracket of a call. */
const CALL = /(?<!\w)([A-Za-z_]\w*)\s*(?:\?\.)?\(/g;
