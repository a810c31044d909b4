import { check } from "./check.ts";

export const unsupportedLanguage = check({
  id: "unsupported-language",
  severity: "error",
  title: "The flat request stands in a language in which requests are not rewritten",
  why: "It is found, and can't be edited safely.",
  isReason: true,
});
