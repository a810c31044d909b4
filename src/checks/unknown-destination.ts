import { check } from "./check.ts";

export const unknownDestination = check({
  id: "unknown-destination",
  severity: "warning",
  title: "A dict in code looks like a request, and where it is sent can't be seen",
  why: "If a rule is updated with it, it has to stay as it is.",
  isReason: true,
  onlyBarsMigration: true,
  say: () => ({
    message: "where this dict is sent can't be seen from here, so that it may not create a rule",
    next: "If it creates a rule, migrate it with `--unsafe`; if it updates one, leave it as it is.",
  }),
});
