import type { Refused } from "../sources/syntax.ts";
import { check, type Said } from "./check.ts";
import { type Command, convertCommand } from "./command-line.ts";
import type { MigratedRequest, WrappedRequest } from "./facts.ts";

/** `lk` reads strict JSON, every key known. */
export const lkRefuses = check({
  id: "lk-refuses",
  severity: "warning",
  title: "`lk` refuses the file although its request is right",
  why: "`lk` reads strict JSON: no comment, no trailing comma, no byte order mark, no open placeholder.",
  ofMigrated: (request) => {
    const { path, document, site, choice, named } = request;
    const decided = { filter: choice.filter, bound: named };
    return refusals(request, convertCommand(path, document, site, "wrapped", decided));
  },
  ofWrapped: (request) => {
    const { path, document, site } = request;
    return refusals(request, convertCommand(path, document, site, "wrapped"));
  },
});

const REFUSED: Record<Refused["what"], [string, string]> = {
  comment: ["a comment", "comments"],
  "trailing-comma": ["a trailing comma", "trailing commas"],
  "byte-order-mark": ["a byte order mark", "byte order marks"],
  placeholder: ["an unquoted placeholder", "unquoted placeholders"],
};

function refusals({ document }: MigratedRequest | WrappedRequest, command: Command): Said[] {
  const found = Object.entries(REFUSED).flatMap(([what, [one, many]]): [number, string][] => {
    const places = document.reading.refused.filter(
      (refused) =>
        refused.what === what &&
        !(what === "placeholder" && document.isFilled(document.text.slice(refused.start, refused.end))),
    );
    const first = places[0];
    return first ? [[first.start, places.length === 1 && what !== "trailing-comma" ? one : many]] : [];
  });
  if (found.length === 0) return [];
  const at = Math.min(...found.map(([offset]) => offset));
  const placeholder = document.reading.refused.some((refused) => refused.what === "placeholder");
  return [
    {
      place: document.place(at),
      message: `\`lk\` still refuses ${found.map(([, words]) => words).join(" and ")} in the file`,
      next: placeholder
        ? "Fill in the placeholders before you give it to `lk`."
        : `${command.given}\`${command.line} | lk sip dispatch create -\` gives it strict JSON (lk 2.14.0 or newer).`,
    },
  ];
}
