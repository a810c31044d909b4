import { reasonCheck } from "./check.ts";

export const io = reasonCheck({
  id: "io",
  title: "The operating system did not let the file be read or written",
  why: "A request in it would be overlooked, or the file is as it was.",
  hasNoPlace: true,
});
