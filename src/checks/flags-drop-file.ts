import { check, type Said } from "./check.ts";
import type { CodeLine } from "./facts.ts";

/** livekit-cli v2.18.2 cmd/lk/sip.go, createSIPDispatchRule; the same since v2.4.11. */
export const flagsDropFile = check({
  id: "flags-drop-file",
  severity: "error",
  title: "A flag of `lk` makes it ignore the file's fields",
  why: "Beside `--direct`, `--individual`, `--caller` or `--callee`, `lk` ignores all fields of a flat file, and refuses a wrapped one that has a rule. That is how agents get lost.",
  ofMigrated: ({ known: { creates }, start }) =>
    creates.flatMap(({ path, line, flags }): Said[] => {
      if (flags?.instead === undefined) return [];
      const message = `${path}:${line} passes \`${flags.instead}\`, beside which \`lk\` ignores every field of a flat file, its agents too; once it is wrapped, \`lk\` refuses that line, because both say the rule`;
      return [{ message, next: without(flags.instead), place: start }];
    }),
  ofLine: ({ notice, document, makes }) => {
    if (notice.code !== "flags-drop-file") return undefined;
    const { flag, at } = notice;
    const line = document.place(at.start).line;
    const files = makes.filter((made) => made.line <= line && line <= made.lastLine);
    const message = `\`${flag}\` stands beside a file, and ${inWords(files)}`;
    const isRight = files.length > 0 && files.every(({ form }) => form === "ruleless");
    return isRight
      ? undefined
      : { message, next: without(flag), ...(files.length === 0 && { certainty: "likely" as const }) };
  },
});

function inWords(files: CodeLine["makes"]): string {
  const flat = files.find(({ form }) => form === "flat");
  if (flat) return `\`lk\` ignores every field of ${flat.of}, its agents too, because it is flat`;
  const wrapped = files.find(({ form }) => form === "wrapped");
  if (wrapped) return `\`lk\` refuses the line, because ${wrapped.of} has a rule, too`;
  return "`lk` ignores every field of a flat file, its agents too, and refuses a wrapped one that has a rule";
}

function without(flag: string): string {
  return `Leave out \`${flag}\` if the file says all of the rule.`;
}
