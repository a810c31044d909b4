import type { RequestProblem } from "../rule/problem.ts";
import { checkOf } from "./index.ts";

/** What the check of a problem says of it, and what to do about it. */
export function saidOfProblem(problem: RequestProblem): { message: string; next: string } {
  const { say, next = "" } = checkOf(problem.code);
  // The `say` of each check takes what bears its id.
  const { message = "" } = say?.(problem as never) ?? {};
  return { message, next };
}
