import { check } from "./check.ts";

export const narrowedRights = check({
  id: "narrowed-rights",
  severity: "warning",
  title: "A file that was written has lost rights",
  why: "The system's `cp` can't copy an access control list, so that the group's rights were taken away to grant nobody more than before.",
  isAboutMigration: true,
  next: "Give the file the rights that it should have, with `chmod` or `setfacl`.",
  /** `lost` is a clause that says what the file has lost. */
  say: ({ lost }: { lost: string }) => ({ message: `the file was written, and ${lost}` }),
});
