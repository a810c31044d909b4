import { reasonCheck } from "./check.ts";

export const unsupportedYaml = reasonCheck({
  id: "unsupported-yaml",
  title: "YAML shares parts of the request, or marks them in a way of its own",
  why: "Moving its fields would change more than the request.",
});
