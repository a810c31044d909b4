import type { Span } from "../../rule/value.ts";
import type { Notice } from "../syntax.ts";
import { isOption, textOf } from "./call.ts";
import type { Argument } from "./expand.ts";
import { subcommandIn, takesValue } from "./send.ts";

/**
 * A `lk sip dispatch delete` that is given ids as `--id`, which it refuses: it takes them as arguments. Undefined for
 * every other command, also for `lk delete-sip-dispatch-rule` of old, which takes `--id`. `at` is where the command
 * stands. Source: livekit-cli v2.18.2 cmd/lk/sip.go, deleteSIPDispatchRule.
 */
export function deletionNotice(args: readonly Argument[], at: Span): Notice | undefined {
  if (!args.some((arg) => ID.test(textOf(arg)))) return undefined;
  const command = subcommandIn(args.map(textOf));
  if (!command || command.verb !== undefined) return undefined;
  const { dispatch, end } = command;
  if (args[end - 1]?.texts.includes("delete") !== true) return undefined;
  const behind = args.slice(end);
  const options = behind.findIndex((arg) => textOf(arg) === "--");
  const given = [...args.slice(dispatch, end - 1), ...behind.slice(0, options < 0 ? undefined : options)];
  const flag = given.find((arg) => ID.test(textOf(arg)));
  if (!flag) return undefined;
  const ids = [...idsIn(given), ...(options < 0 ? [] : behind.slice(options + 1))];
  const isWritten = (arg: Argument): boolean =>
    isIn(arg, at) === isIn(flag, at) &&
    args.every((other) => other === arg || other.end <= arg.start || arg.end <= other.start);
  const place = flag.end > flag.start ? flag : at;
  return {
    code: "delete-refuses-id",
    at: { start: place.start, end: place.end },
    ids:
      ids.length <= MOST && ids.every(isWritten) ? ids.map(({ start, end: to }) => ({ start, end: to })) : [],
  };
}

const ID = /^--?id(=|$)/;
/** Of so many ids it is looked where they stand. */
const MOST = 20;

/** The arguments that are ids, or hold one behind `--id=`. */
function idsIn(args: readonly Argument[]): Argument[] {
  const ids: Argument[] = [];
  for (let index = 0; index < args.length; index++) {
    const arg = args[index];
    if (!arg) break;
    const text = textOf(arg);
    if (!isOption(arg) || /^--?id=/.test(text)) ids.push(arg);
    else if (!ID.test(text) && takesValue(text, textOf(args[index + 1]))) index++;
  }
  return ids;
}

/** Whether an argument stands in a command, and not where a function or an alias has it from. */
function isIn({ start, end }: Argument, at: Span): boolean {
  return start >= at.start && end <= at.end;
}
