import type { RemarkOf } from "../sources/remark.ts";
import { barrierCheck, type Said } from "./check.ts";

export const unknownImport = barrierCheck({
  id: "unknown-import",
  title: "A class is called like LiveKit's, and is imported from elsewhere",
  why: "It may be another class, with other fields.",
  say: (why: RemarkOf<"unknown-import">): Said =>
    why.is === "taken"
      ? { message: `\`${why.name}\` is something else than LiveKit's class here` }
      : {
          message: `${whyUnknown(why)}, so that this may not be LiveKit's class`,
          next: "If it is LiveKit's, migrate it with `--unsafe`.",
        },
});

function whyUnknown(why: Exclude<RemarkOf<"unknown-import">, { is: "taken" }>): string {
  switch (why.is) {
    case "no-import":
      return "what it is taken from is not an import";
    case "not-bound":
      return `nothing in this text says what \`${why.name}\` is`;
    case "not-imported":
      return `\`${why.name}\` is not an import of this text`;
    case "other-module":
      return `\`${why.name}\` is imported from ${why.from}, which is not LiveKit's`;
  }
}
