import { check } from "./check.ts";
import { convertCommand } from "./command-line.ts";

export const liveRule = check({
  id: "live-rule",
  severity: "note",
  title: "A rule that exists on the server is not changed by changing the file",
  why: "Replacing it in place keeps its id, which phone numbers and code may refer to.",
  isAboutMigration: true,
  ofMigrated: ({ path, document, site, choice: { filter }, named, routing }) => {
    if (JSON.stringify(routing.server) === JSON.stringify(routing.after)) return [];
    const message =
      "a rule that already exists is best replaced in place, which keeps its id (lk 2.14.0 or newer); delete one only when both the old and the new rule exist";
    const command = convertCommand(path, document, site, "info", { filter, bound: named });
    const next = `${command.given}\`${command.line} | lk sip dispatch update --id SDR_… -\`.`;
    return [{ message, next }];
  },
});
