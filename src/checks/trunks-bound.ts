import { check } from "./check.ts";

export const trunksBound = check({
  id: "trunks-bound",
  severity: "warning",
  title: "`--trunks` binds a rule that had no trunk",
  why: "A rule without trunks takes calls over any of them.",
  isAboutMigration: true,
  routing: "in-table",
  ofMigrated: ({ bound }) => {
    if (!bound) return [];
    const message = `this changes routing: the rule takes calls over any trunk today, and will take those over ${bound.join(", ")} alone`;
    return [{ message }];
  },
});
