import type { RemarkOf } from "../sources/remark.ts";
import { barrierCheck, type Said } from "./check.ts";

export const unsupportedLanguage = barrierCheck({
  id: "unsupported-language",
  title: "The flat request stands in a language in which requests are not rewritten",
  why: "It is found, and can't be edited safely.",
  say: (request: RemarkOf<"unsupported-language">): Said => {
    const message = WHAT[request.is](`requests in ${request.language} are found, but not rewritten`);
    if (request.is === "mixed")
      return { message, next: "Move what is meant to count into the wrapper by hand." };
    const { wrapper, filters, wrapped } = request;
    const choice = filters
      ? `: \`${filters.inbound}\` becomes \`${filters.numbers}\` if they are your own numbers; leave it if they are callers`
      : "";
    const move = `Move its fields into the wrapper, \`${wrapper}\`${choice}.`;
    return { message, next: wrapped === undefined ? move : `${move} It should look like this: ${wrapped}` };
  },
});

const WHAT = {
  mixed: (said: string) => `this request holds both forms; ${said}`,
  flat: (said: string) => `flat ${said}`,
  "from-elsewhere": (said: string) => `this request gets its fields from elsewhere, and may be flat; ${said}`,
} as const;
