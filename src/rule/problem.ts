import type { DescMessage } from "@bufbuild/protobuf";
import type { InfoField } from "./fields.ts";
import type { Span } from "./value.ts";

/** Something in a request that `lk` or the server refuses. Its check has the sentence (src/checks/). */
export type RequestProblem = { at: Span } & (
  | UnknownField
  | { code: "both-spellings"; keys: readonly [string, string] }
  | { code: "repeated-key"; path: string }
  | WrongType
  | WrongNesting
  | MixedForm
  | MissingRule
  | { code: "id-set"; key: string }
);

/** The problems of one kind. */
export type ProblemOf<Code extends RequestProblem["code"]> = Extract<RequestProblem, { code: Code }>;

/** A key that `message`, which stands at `path`, has not; at the top the path is empty. */
interface UnknownField {
  code: "unknown-field";
  key: string;
  path: string;
  message: DescMessage;
}

/** Two members of one oneof; half of a surrogate pair in a string or in a key of the map there; another kind of value. */
type WrongType = { code: "wrong-type" } & (
  | { is: "two-of-one"; keys: readonly [string, string]; message: string }
  | { is: "half-a-pair"; path: string; inKey: boolean }
  | { is: "another-kind"; path: string; wanted: string; found: string }
);

/**
 * A kind of rule at the top, or directly in the wrapper; a rule in a rule, or in it what belongs beside it.
 */
type WrongNesting = { code: "wrong-nesting" } & (
  | { is: "kind-at-top"; key: string }
  | { is: "kind-in-wrapper"; key: string; wrapper: string }
  | { is: "rule-in-rule" }
  | { is: "field-in-rule"; key: string }
);

/** Flat keys beside a wrapper, and the fields that this holds, if that can be seen. */
interface MixedForm {
  code: "mixed-form";
  is: "beside-wrapper";
  keys: readonly string[];
  wrapper: string;
  held?: readonly InfoField[];
}

/** The wrapper is null and nothing else is set; there is no rule, in the wrapper or at the top; it holds no kind of rule. */
type MissingRule = { code: "missing-rule" } & (
  | { is: "null-wrapper" }
  | { is: "no-rule"; wrapper?: string }
  | { is: "no-kind" }
);
