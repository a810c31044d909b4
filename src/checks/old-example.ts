import { quoted, shortened } from "../rule/list-words.ts";
import { barrierCheck } from "./check.ts";

export const oldExample = barrierCheck({
  id: "old-example",
  title: "A page shows the flat form as what was, or as what is not to be done",
  why: "Wrapped, it would be no example of that any more.",
  next: "If it is to stay, write `sip-dispatch-ignore: shows the old form` into a comment before it; else migrate it by hand.",
  /** The words of the page that say so. */
  say: ({ words }: { words: string }) => ({
    message: `the page says that this is not to be used (${quoted(shortened(words.replaceAll(/\s+/g, " ").trim()))}), and wrapped it would be no example of that`,
  }),
});
