import type { Span } from "../../rule/value.ts";
import type { UnknownImport } from "../../sources/remark.ts";
import type { Node } from "../engine/tree.ts";
import { identifiersNamed, type Module, textOf, type Variable, variableNamed, variableOf } from "./scopes.ts";

/**
 * Where a class comes from: LiveKit's packages; `open` where nothing in the text binds the name, as in a snippet, or
 * only something that can't be seen through does (a parameter, another package); `own` for a class of the text itself.
 */
export type Origin =
  | { from: "livekit" }
  | { from: "open"; at: Span; why: UnknownImport; isUnbound?: true }
  | { from: "own" };

/** Where the first name of `api.sip.X`, or `X` itself, comes from. */
export function originOf(module: Module, callee: Node): Origin {
  const root = rootOf(callee);
  if (root.type !== "identifier") return { from: "open", at: root, why: { is: "no-import" } };
  const { binds } = variableOf(module, root);
  const name = textOf(module, root);
  if (binds.length === 0) {
    return hasStarImport(module) || callee !== root
      ? { from: "livekit" }
      : { from: "open", at: root, why: { is: "not-bound", name }, isUnbound: true };
  }
  const given = binds.filter((bind) => !isSetToNone(bind));
  if (
    given.some(
      (bind) => bind.parent?.type === "class_definition" || bind.parent?.type === "function_definition",
    )
  ) {
    return { from: "own" };
  }
  const foreign = given.find((bind) => !isLiveKit(importedModule(module, bind)));
  if (given.length > 0 && !foreign) return { from: "livekit" };
  const at = foreign ?? root;
  const from = foreign && importedModule(module, foreign);
  const why: UnknownImport = from ? { is: "other-module", name, from } : { is: "not-imported", name };
  return { from: "open", at: { start: at.start, end: at.end }, why };
}

export function isFromLiveKit(module: Module, callee: Node): boolean {
  return originOf(module, callee).from === "livekit";
}

/** An import statement that takes names from one of LiveKit's modules. */
export interface FromImport {
  statement: Node;
  names: { name: string; alias: string | undefined; start: number; end: number }[];
}

/** The statements that bind a class's bare name. */
export function importsOf(module: Module, { binds }: Variable): FromImport[] {
  return binds.flatMap((bind) => {
    const statement = bind.within("import_from_statement");
    return statement && bind.parent?.is("module_name") !== true ? [fromImport(module, statement)] : [];
  });
}

/** All imports of names from LiveKit's modules that have one of these names. */
export function allFromImports(module: Module, names: readonly string[]): FromImport[] {
  const statements = names
    .flatMap((name) => identifiersNamed(module, name))
    .map((node) => node.within("import_from_statement"))
    .filter((statement) => statement !== undefined);
  return [...new Set(statements)]
    .toSorted((a, b) => a.start - b.start)
    .map((statement) => fromImport(module, statement));
}

function fromImport(module: Module, statement: Node): FromImport {
  const from = statement.field("module_name");
  const parts = statement.parts.filter((part) => part !== from && part.type !== "wildcard_import");
  return {
    statement,
    names: parts.map((part) => {
      const name = part.type === "aliased_import" ? (part.field("name") ?? part) : part;
      const alias = part.type === "aliased_import" ? part.field("alias") : undefined;
      return {
        name: textOf(module, name),
        alias: alias && textOf(module, alias),
        start: part.start,
        end: part.end,
      };
    }),
  };
}

/** By what name `SIPDispatchRuleInfo` goes at a node, if it is imported from LiveKit there. */
export function nameOfInfo(module: Module, at: Node, beside: readonly FromImport[]): string | undefined {
  const aliases = beside.map(({ names }) => names.find(({ name }) => name === INFO)).map((one) => one?.alias);
  if (aliases.length > 0 && aliases[0] !== undefined && aliases.every((alias) => alias === aliases[0])) {
    return aliases[0];
  }
  const variable = variableNamed(module, INFO, at);
  // Perhaps it is not there yet, or not always: then it is imported beside the request.
  const isThere = variable.binds.some((bind) => bind.start < at.start && !bind.within("if_statement"));
  return isThere ? INFO : undefined;
}

/** Tells whether `SIPDispatchRuleInfo` is something else than LiveKit's class at this node. */
export function isInfoTaken(module: Module, at: Node): boolean {
  const { binds, strange } = variableNamed(module, INFO, at);
  return strange.length > 0 || binds.some((bind) => !isLiveKit(importedModule(module, bind)));
}

/** The message that creates a rule. */
export const REQUEST = "CreateSIPDispatchRuleRequest";

/** The message that a bare rule is, and that the wrapper holds. */
export const INFO = "SIPDispatchRuleInfo";

/**
 * Returns what LiveKit calls the class that an expression names: `X` for `api.X`, for `X`, and for what is imported
 * as another name.
 */
export function className(module: Module, callee: Node): string {
  const name = callee.type === "attribute" ? (callee.field("attribute") ?? callee) : callee;
  const [bind] = callee.type === "identifier" ? variableOf(module, callee).binds : [];
  const original = bind?.parent?.type === "aliased_import" ? bind.parent.field("name") : undefined;
  return textOf(module, original ?? name);
}

function rootOf(callee: Node): Node {
  let node = callee;
  while (node.type === "attribute") node = node.field("object") ?? node.children[0] ?? node;
  return node;
}

/** The module that an import takes a name from, or that it binds; undefined for an identifier that no import binds. */
export function importedModule(module: Module, bind: Node): string | undefined {
  const from = bind.within("import_from_statement");
  if (from) {
    const name = from.field("module_name");
    return name && textOf(module, name);
  }
  if (!bind.within("import_statement")) return undefined;
  const aliased = bind.parent?.type === "aliased_import" ? bind.parent.field("name") : bind.parent;
  return aliased && textOf(module, aliased);
}

/** Tells whether a module is one of LiveKit's packages. */
export function isLiveKit(name: string | undefined): boolean {
  return name !== undefined && /^livekit(\.|$)/.test(name);
}

/** `api = None`, as people write where an import may fail. */
function isSetToNone(bind: Node): boolean {
  return (
    bind.parent?.type === "assignment" &&
    bind.is("left") &&
    (bind.parent.field("right")?.type ?? "none") === "none"
  );
}

function hasStarImport({ text }: Module): boolean {
  return /^[ \t]*from[ \t]+livekit[\w.]*[ \t]+import[ \t]+\*/m.test(text);
}
