import { check } from "./check.ts";

export const unsupportedYaml = check({
  id: "unsupported-yaml",
  severity: "error",
  title: "YAML shares parts of the request, or marks them in a way of its own",
  why: "Moving its fields would change more than the request.",
  isReason: true,
});
