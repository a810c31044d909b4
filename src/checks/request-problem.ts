import type { RequestProblem } from "../rule/validation.ts";
import { checkOf } from "./index.ts";

/** What to say of a problem of a request, and what to do about it. */
export function saidOfProblem({ code, message }: RequestProblem): { message: string; next: string } {
  return { message, next: checkOf(code).next ?? "" };
}
