import type { Position } from "../sources/position.ts";
import type { Call } from "./call.ts";

/** A call, and what has to become of it. */
export interface RouteTest extends Position {
  name: string;
  call: Call;
  expect: Expectation;
}

/** The rule is expected by its name or id; the room as `route` prints it. Both, where both are given. */
export type Expectation = "no match" | { rule: string | undefined; room: string | undefined };
