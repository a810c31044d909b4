import { check } from "./check.ts";

export const fromFile = check({
  id: "from-file",
  severity: "note",
  title: "Code makes a message of what it reads from a file",
  why: "The file's request is decided on its own, and the constructor takes the wrapped form as well.",
  isReason: true,
  /** The paths of the files. */
  say: ({ files }: { files: readonly string[] }) => ({
    message: `its fields stand in ${files.join(", ")}, and this call takes the wrapped form as well`,
  }),
});
