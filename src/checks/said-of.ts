import type { RequestProblem } from "../rule/problem.ts";
import type { RemarkData } from "../sources/remark.ts";
import type { Said } from "./check.ts";
import { commentRefused, isComment } from "./comment-refused.ts";
import { checkOf, type SayingId } from "./index.ts";

/** The check of a problem: its code, but for comments, which are fields that nobody knows. */
export function problemId(problem: RequestProblem): RequestProblem["code"] | "comment-refused" {
  return problem.code === "unknown-field" && isComment(problem) ? "comment-refused" : problem.code;
}

/** Returns what the check of a problem says of it, and what to do about it. */
export function saidOfProblem(problem: RequestProblem): Said & { next: string } {
  if (problem.code === "unknown-field" && isComment(problem)) return commentRefused.say(problem);
  const said = saidOfRemark(problem);
  return { ...said, next: said.next ?? checkOf(problem.code).next ?? "" };
}

/** Returns what its check says of a problem or a remark; of some also what to do about it. */
export function saidOfRemark(one: RequestProblem | RemarkData): Said {
  const { say } = checkOf(one.code satisfies SayingId);
  if (!say) throw new Error(`the check ${one.code} has no sentence`);
  // The `say` of a check takes what bears its id.
  return say(one as never);
}
