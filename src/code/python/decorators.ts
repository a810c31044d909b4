import type { Node } from "../engine/tree.ts";
import { calledBy } from "./called-name.ts";
import type { Module } from "./scopes.ts";

/** The decorators of a function. */
export function decoratorsOf(owner: Node): Node[] {
  const outer = owner.parent?.type === "decorated_definition" ? owner.parent : undefined;
  return (outer?.parts ?? []).filter(({ type }) => type === "decorator");
}

/** The first decorator of a function that may look at what it is given, and what it returns. */
export function strangeDecorator(module: Module, owner: Node): Node | undefined {
  return decoratorsOf(owner).find((decorator) => {
    const [expression] = decorator.parts;
    const callee = expression?.type === "call" ? expression.field("function") : expression;
    const called = callee && calledBy(module, callee);
    if (called?.by === "import") return !HARMLESS.test(called.from) || called.name === "partial";
    return called?.by !== "builtin" || !/^(static|class)method$/.test(called.name);
  });
}

/** Modules whose decorators hand on what a function is given and returns, and do nothing else with it. */
const HARMLESS = /^(abc|functools|typing|typing_extensions|tenacity|backoff)$/;
