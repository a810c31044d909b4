import { check, type Said } from "./check.ts";

/** livekit-cli v2.18.2 cmd/lk/sip.go, fillSIPDispatchRule. */
export const flagsDropFile = check({
  id: "flags-drop-file",
  severity: "warning",
  title: "An option of `lk` makes it ignore the file's fields",
  why: "Beside `--direct`, `--individual`, `--caller` or `--callee`, `lk` ignores all fields of a flat file, and of a wrapped one only the rule. That is how agents get lost.",
  ofMigrated: ({ known: { creates }, start }) =>
    creates.flatMap(({ path, line, flags }): Said[] => {
      if (flags?.instead === undefined) return [];
      const message = `${path}:${line} passes \`${flags.instead}\`, beside which \`lk\` ignores every field of a flat file, its agents too; once it is wrapped they count, and the option replaces the rule alone`;
      const next = `Leave out \`${flags.instead}\` if the file says all of the rule.`;
      return [{ message, next, place: start }];
    }),
});
