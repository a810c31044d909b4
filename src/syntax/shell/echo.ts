import type { Span } from "../../rule/value.ts";
import { type Deeds, isName, isOption, mentionsOf, NO_DEEDS, textOf } from "./call.ts";
import { type Argument, opensWrapper, textIn } from "./expand.ts";
import { inWrapper, joined } from "./stream.ts";

/** What `echo` and its like print: text that they are given, and perhaps names. */
export function tell(name: string, args: readonly Argument[], at: Span): Deeds {
  if (!/^(echo|printf|print)$/.test(name)) return NO_DEEDS;
  const bare = name === "printf" ? wrappedByFormat(args) : [];
  const mentions = mentionsOf(joined(bare.map(textIn)), { does: "update", at });
  const put = name === "printf" ? putTogether(args) : undefined;
  const names = (put ? [put] : args.filter((arg) => !isOption(arg)).flatMap(({ texts }) => texts)).filter(
    isName,
  );
  const told = joined(args.map((arg) => (bare.includes(arg) ? inWrapper(textIn(arg)) : textIn(arg))));
  const prints = told.origins.length > 0 ? told : joined([told, { origins: [], names }]);
  const opens = lastPrinted(name, args).some((text) => opensWrapper(text));
  return { ...NO_DEEDS, mentions, prints: { ...prints, opens } };
}

/** What `printf "%s-%s.json" a b` prints; undefined where the format has nothing but values. */
function putTogether(args: readonly Argument[]): string | undefined {
  const [format, ...values] = args.map(textOf);
  if (!format || !/%[sd]/.test(format) || !/[\w./]/.test(format.replaceAll(/%[sd]|\\n/g, "")))
    return undefined;
  return format.replaceAll(/%[sd]|\\n/g, (found) => (found === "\\n" ? "" : (values.shift() ?? "")));
}

/** What `echo` or `printf` prints last, without the line breaks behind it. */
function lastPrinted(name: string, args: readonly Argument[]): readonly string[] {
  const [format] = args;
  const isValue = name !== "printf" || args.length < 2 || /%[a-z](\\n|\s)*$/.test(textOf(format));
  return ((isValue ? args.at(-1) : format)?.texts ?? []).map((text) => text.replace(/(\\[nrt]|\s)+$/, ""));
}

/** The arguments that the format of `printf` puts into a wrapper: `{"dispatch_rule": %s}`. */
function wrappedByFormat(args: readonly Argument[]): Argument[] {
  const [format, ...values] = args.slice(textOf(args[0]) === "--" ? 1 : 0);
  const before = textOf(format)
    .replaceAll("%%", "")
    .split(/%(?:[-+ #0]*\d*(?:\.\d+)?[a-zA-Z])/);
  return values.filter((_, index) => opensWrapper(before[index % (before.length - 1)] ?? ""));
}
