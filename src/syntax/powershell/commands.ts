import type { Span } from "../../rule/value.ts";
import type { Argument } from "../shell/expand.ts";
import { deletionNotice } from "../shell/deletion.ts";
import { sentIn } from "../shell/send.ts";
import { changed, joined, textsOf } from "../shell/stream.ts";
import type { Mention, Notice } from "../syntax.ts";
import { fieldKey } from "./keys.ts";
import { EMPTY, readIn, type Value, type Word, writtenTo } from "./value.ts";

/** What a command does: what is said of files, and what it gives to the next one. */
export interface Done {
  mentions: readonly Mention[];
  gives: Value;
  notice?: Notice | undefined;
  /** What `$_` is in the block that follows. */
  each?: Value;
}

/** What a command does with its arguments, of which the first is its name, and with what it is given through a pipe. */
export function doneBy(args: readonly Word[], input: Value, at: Span): Done {
  const [first, ...rest] = args;
  const sent = sentIn(args.map(withFile), { at, args, input: input.holds }, (file) => file);
  if (sent) return { mentions: sent.mentions, gives: { ...EMPTY, holds: sent.prints } };
  const notice = TELLS.test(nameOf(args)) ? undefined : deletionNotice(args, at);
  if (notice) return { mentions: [], gives: EMPTY, notice };
  const plain = positional(rest);
  const giving = (gives: Value, mentions: readonly Mention[] = []): Done => ({ gives, mentions });
  switch (nameOf(args)) {
    case "get-content":
    case "gc":
    case "cat":
    case "type":
      return giving({ ...EMPTY, holds: textsOf(plain.flatMap(({ texts }) => texts)) });
    case "set-content":
    case "add-content":
    case "out-file":
    case "tee-object": {
      const file = valueOf(rest, /^-(path|literalpath|filepath)$/) ?? plain[0];
      const given = valueOf(rest, /^-(value|inputobject)$/) ?? plain.find((arg) => arg !== file);
      const holds = joined([input.holds, ...(given ? [given.holds] : [])]);
      const made = input.made ?? given?.made;
      const value = { ...EMPTY, holds, ...(made && { made }) };
      return giving(
        value,
        file?.texts.flatMap((to) => writtenTo(to, value, at)),
      );
    }
    case "convertfrom-json": {
      const holds = joined([input.holds, ...plain.map((arg) => arg.holds)]);
      return giving({ ...EMPTY, holds, parsed: true });
    }
    case "convertto-json": {
      const { holds, made } = plain.find((arg) => arg.made ?? arg.parsed) ?? input;
      return giving({ ...EMPTY, holds: changed(holds), ...(made && { made }) });
    }
    case "get-childitem":
    case "gci":
    case "ls":
    case "dir":
      return giving({ ...EMPTY, texts: [listed(rest)] });
    case "foreach-object":
    case "%": {
      const keys = keysIn(plain).slice(0, 1);
      return { ...giving(EMPTY, readIn(input, { at, keys })), each: input };
    }
    case "where-object":
    case "?": {
      const keys = keysIn(plain).slice(0, 1);
      return { ...giving(input, readIn(input, { at, keys })), each: input };
    }
    case "select-object":
    case "select": {
      const isOne = valueOf(rest, /^-expandproperty$/) !== undefined;
      return giving(isOne ? EMPTY : input, readIn(input, { at, keys: keysIn(plain) }));
    }
    case "add-member": {
      const [kind, second] = plain;
      const isKind = /^noteproperty$/i.test(kind?.texts[0] ?? "");
      const key = valueOf(rest, /^-(notepropertyname|name)$/) ?? (isKind ? second : kind);
      return giving(input, readIn(input, { at, keys: key?.texts.map(fieldKey), sets: true }));
    }
    case "copy-item":
    case "move-item":
    case "copy":
    case "cp":
    case "mv": {
      const [from, to] = plain;
      const value = { ...EMPTY, holds: textsOf(from?.texts ?? []) };
      return giving(
        EMPTY,
        to?.texts.flatMap((file) => writtenTo(file, value, at)),
      );
    }
    case "join-path":
      return giving({ ...EMPTY, texts: [plain.map(({ texts: [text = ""] }) => text).join("/")] });
    default:
      if (rest.length === 0 && first && input.holds.origins.length === 0) return giving(first);
      return giving({ ...EMPTY, holds: changed(joined([input.holds, ...args.map(({ holds }) => holds)])) });
  }
}

/** The commands, in small letters, that only print what they are given. */
export const TELLS = /^(echo|write|write-\w+|throw)$/;

/** The name of a command, in small letters. */
export function nameOf([first]: readonly Word[]): string {
  return (first?.texts[0] ?? "").toLowerCase();
}

/** The names of properties among the arguments. */
function keysIn(args: readonly Word[]): string[] {
  return args.flatMap(({ texts }) => texts.map(fieldKey)).filter((key) => /^[a-z]\w*$/i.test(key));
}

/** Options that take a value which is not what a command is about. */
const VALUED =
  /^-(encoding|delimiter|totalcount|tail|readcount|width|filter|include|exclude|erroraction|ea)$/i;

/** The arguments that are no options, and the values of those that only say which argument they are. */
function positional<T extends Argument>(args: readonly T[]): T[] {
  return args.filter(({ texts: [text = ""] }, index) => {
    const [before = ""] = args[index - 1]?.texts ?? [];
    return !/^-[a-z]|^>/i.test(text) && !VALUED.test(before);
  });
}

/** `-InFile rule.json` brings the text of the file. */
function withFile(arg: Argument, index: number, args: readonly Argument[]): Argument {
  const isFile = /^-infile$/i.test(args[index - 1]?.texts[0] ?? "");
  return isFile ? { ...arg, holds: textsOf(arg.texts) } : arg;
}

/** The value of an option that may be given by name; undefined where it is not. */
function valueOf<T extends Argument>(args: readonly T[], option: RegExp): T | undefined {
  const at = args.findIndex(({ texts: [text = ""] }) => option.test(text.toLowerCase()));
  return at < 0 ? undefined : args[at + 1];
}

/** The files that `Get-ChildItem` lists, as a pattern. */
function listed(args: readonly Argument[]): string {
  const filter = valueOf(args, /^-(filter|include)$/)?.texts[0];
  const [folder = "."] = positional(args)[0]?.texts ?? [];
  if (filter === undefined) return folder.includes("*") ? folder : `${folder}/*`;
  const isDeep = args.some(({ texts: [text = ""] }) => /^-r(ecurse)?$/i.test(text));
  return `${folder.replace(/\/?\*?$/, "")}/${isDeep ? "**/" : ""}${filter}`;
}
