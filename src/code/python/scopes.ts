import type { Span } from "../../rule/value.ts";
import { spanAt } from "../../sources/search.ts";
import { type Node, nodeAt } from "../engine/tree.ts";

/** The module in which names are looked up: its text and tree, and what was found out about names so far. */
export interface Module {
  text: string;
  root: Node;
  /** Strings over several lines, in order. */
  strings: readonly Span[];
  /** Where code is that reaches variables by their names, in order: `eval(`, `locals(`. */
  reflections: readonly number[];
  /** Where each word stands, in code or not; empty until somebody asks. */
  words: Map<string, number[]>;
  occurrences: Map<string, Occurrences>;
  identifiers: Map<string, readonly Node[]>;
  makers: Map<string, readonly Node[]>;
  definitions: Map<string, readonly Node[]>;
}

/** A module of which nothing is found out yet. */
export function newModule(text: string, root: Node, strings: readonly Span[]): Module {
  const reflections = Array.from(
    text.matchAll(/\b(?:eval|exec|locals|globals|vars)\(/g),
    ({ index }) => index,
  );
  return {
    text,
    root,
    strings,
    reflections,
    words: new Map(),
    occurrences: new Map(),
    identifiers: new Map(),
    makers: new Map(),
    definitions: new Map(),
  };
}

/** Returns what is known by a name, which is found out when it is asked for first. */
function remembered<T>(known: Map<string, T>, name: string, find: () => T): T {
  const before = known.get(name);
  if (before !== undefined) return before;
  const found = find();
  known.set(name, found);
  return found;
}

/** A name in one scope: where it gets a value, where the value is used, and where something unusual happens to it. */
export interface Variable {
  name: string;
  /** The function, class, comprehension or module in which it lives; undefined for a name that nothing binds. */
  scope: Node | undefined;
  binds: Node[];
  loads: Node[];
  strange: Node[];
}

interface Occurrences {
  /** By the scope; names that nothing binds have none. */
  variables: Map<Node | undefined, Variable>;
  of: Map<Node, Variable>;
}

/** The variable that an identifier means, as Python resolves names: the nearest function that binds it, not a class. */
export function variableOf(module: Module, identifier: Node): Variable {
  const name = textOf(module, identifier);
  const known = remembered(module.occurrences, name, () => findOccurrences(module, name)).of.get(identifier);
  return known ?? { name, scope: undefined, binds: [], loads: [], strange: [identifier] };
}

/** The variable that a name would mean at this node. */
export function variableNamed(module: Module, name: string, at: Node): Variable {
  const { variables } = remembered(module.occurrences, name, () => findOccurrences(module, name));
  return resolved(variables, name, at);
}

/** Returns what a name is set to by its only assignment; undefined for other nodes, and where it may be something else. */
export function assignedOnce(module: Module, node: Node): Node | undefined {
  if (node.type !== "identifier") return undefined;
  const { binds, strange } = variableOf(module, node);
  const [bind] = binds;
  if (!bind || binds.length > 1 || strange.length > 0 || bind.parent?.type !== "assignment") return undefined;
  return bind.is("left") ? bind.parent.field("right") : undefined;
}

/**
 * What is called to make an object, wherever the text gives something its last name: `Client` for `self.client` behind
 * `self.client = Client()`, and for `client` in `with Client() as client`.
 */
export function makersOf(module: Module, object: Node): readonly Node[] {
  if (object.type === "call") return calleesIn([object]);
  const name = textOf(module, object.field("attribute") ?? object);
  return remembered(module.makers, name, () =>
    calleesIn(
      identifiersNamed(module, name).map((one) => {
        if (one.parent?.type === "as_pattern_target") return one.within("as_pattern")?.parts[0];
        const left = one.is("attribute") ? one.parent : one;
        return left?.is("left") ? left.parent?.field("right") : undefined;
      }),
    ),
  );
}

function calleesIn(values: readonly (Node | undefined)[]): Node[] {
  return values.flatMap((value) => {
    const callee = (value?.type === "await" ? value.parts[0] : value)?.field("function");
    return callee ? [callee] : [];
  });
}

/** The functions and classes of the text with this name. */
export function definitionsNamed(module: Module, name: string): readonly Node[] {
  return remembered(module.definitions, name, () =>
    identifiersNamed(module, name).flatMap(({ parent }) =>
      parent?.type.endsWith("_definition") && textOf(module, parent.field("name") ?? parent) === name
        ? [parent]
        : [],
    ),
  );
}

/** All identifiers with this name, whatever they mean: names of attributes and keywords too. */
export function identifiersNamed(module: Module, name: string): readonly Node[] {
  return remembered(module.identifiers, name, () =>
    placesOf(module, name).flatMap((at) => {
      const node = nodeAt(module.root, at);
      return node.type === "identifier" && node.start === at && node.end === at + name.length ? [node] : [];
    }),
  );
}

function placesOf({ text, words }: Module, name: string): readonly number[] {
  if (words.size === 0) {
    for (const { 0: word, index } of text.matchAll(WORD)) {
      const places = words.get(word);
      if (places) places.push(index);
      else words.set(word, [index]);
    }
  }
  return words.get(name) ?? [];
}

/** Beyond ASCII whatever may stand in a name, and more: V8 takes long to look through all of Unicode for what may. */
const WORD = /[A-Za-z_\u0080-\ufefe\uff00-\uffff][\w\u0080-\ufefe\uff00-\uffff]*/g;

export function textOf(
  { text }: Pick<Module, "text">,
  { start, end }: { start: number; end: number },
): string {
  return text.slice(start, end);
}

/** An expression in one line; line breaks and spaces in strings stay. It is the same wherever the code is moved. */
export function codeOf({ text, strings }: Module, { start, end }: Span): string {
  return text
    .slice(start, end)
    .replaceAll(/(?<![ \t])[ \t]*(?:\\?(?:\r\n|\n)[ \t\f]*)+/g, (space, at: number) => {
      return spanAt(strings, start + at) ? space : " ";
    });
}

function findOccurrences(module: Module, name: string): Occurrences {
  const variables: Occurrences["variables"] = new Map();
  const of: Occurrences["of"] = new Map();
  const roles = identifiersNamed(module, name).map((node) => ({ node, role: roleOf(node) }));
  const enter = (node: Node, variable: Variable, list: Node[]): void => {
    list.push(node);
    of.set(node, variable);
  };
  for (const { node, role } of roles) {
    if (role !== "bind" && role !== "declare") continue;
    const scope = bindingScope(node);
    const variable = variables.get(scope) ?? { name, scope, binds: [], loads: [], strange: [] };
    variables.set(scope, variable);
    enter(node, variable, role === "bind" ? variable.binds : variable.strange);
  }
  // `global x` makes one variable of what looks like two.
  const shared = roles.filter(({ node }) => /^(global|nonlocal)_statement$/.test(node.parent?.type ?? ""));
  for (const variable of variables.values()) {
    for (const { node } of shared) if (!variable.strange.includes(node)) variable.strange.push(node);
  }
  for (const { node, role } of roles) {
    if (role !== "load") continue;
    const variable = resolved(variables, name, node);
    variables.set(variable.scope, variable);
    enter(node, variable, variable.loads);
  }
  return { variables, of };
}

function resolved(variables: Occurrences["variables"], name: string, at: Node): Variable {
  let child = at;
  for (let scope = at.parent; scope; child = scope, scope = scope.parent) {
    if (!SCOPES.includes(scope.type) || isEvaluatedOutside(scope, child)) continue;
    const variable = variables.get(scope);
    const seesClass =
      scope.type !== "class_definition" || at.within(...FUNCTIONS, "class_definition") === scope;
    if (variable && seesClass) return variable;
  }
  return variables.get(undefined) ?? { name, scope: undefined, binds: [], loads: [], strange: [] };
}

const FUNCTIONS = ["function_definition", "lambda"];
const COMPREHENSIONS = [
  "list_comprehension",
  "set_comprehension",
  "dictionary_comprehension",
  "generator_expression",
];
const SCOPES = ["module", "class_definition", ...FUNCTIONS, ...COMPREHENSIONS];

/** Defaults, annotations and base classes are evaluated where the function or class is defined. */
function isEvaluatedOutside(scope: Node, child: Node): boolean {
  return (FUNCTIONS.includes(scope.type) || scope.type === "class_definition") && !child.is("body");
}

/**
 * Returns what an identifier does: gets a value, is declared to belong elsewhere, is read, or is only a name in a dot
 * or keyword.
 */
function roleOf(node: Node): "bind" | "declare" | "load" | "name" {
  const { parent } = node;
  switch (parent?.type) {
    case "attribute":
      return node.is("attribute") ? "name" : "load";
    case "keyword_argument":
      return node.is("name") ? "name" : "load";
    case "assignment":
    case "for_statement":
    case "for_in_clause":
      return node.is("left") ? "bind" : "load";
    case "augmented_assignment":
      return node.is("left") ? "declare" : "load";
    case "named_expression":
    case "default_parameter":
    case "typed_default_parameter":
    case "function_definition":
    case "class_definition":
      return node.is("name") ? "bind" : "load";
    case "typed_parameter":
    case "parameters":
    case "lambda_parameters":
    case "pattern_list":
    case "tuple_pattern":
    case "list_pattern":
    case "list_splat_pattern":
    case "dictionary_splat_pattern":
    case "as_pattern_target":
      return "bind";
    case "global_statement":
    case "nonlocal_statement":
    case "keyword_pattern":
    case "splat_pattern":
    case "type_parameter":
      return "declare";
    case "aliased_import":
      return "bind";
    case "dotted_name":
      return roleInDottedName(node, parent);
    default:
      return "load";
  }
}

function roleInDottedName(node: Node, dotted: Node): "bind" | "declare" | "name" | "load" {
  const isFirst = dotted.children[0] === node;
  switch (dotted.parent?.type) {
    case "import_statement":
      return isFirst ? "bind" : "name";
    case "import_from_statement":
      return dotted.is("module_name") ? "name" : isFromName(dotted) ? "bind" : "name";
    case "aliased_import":
    case "relative_import":
    case "future_import_statement":
      return "name";
    case "class_pattern":
      return isFirst ? "load" : "name";
    default:
      return "declare";
  }
}

function isFromName(dotted: Node): boolean {
  return dotted.parent?.field("module_name") !== dotted;
}

/** The scope in which a binding identifier gets its value. */
function bindingScope(node: Node): Node | undefined {
  const owner = node.parent;
  let from = node;
  if ((owner?.type === "function_definition" || owner?.type === "class_definition") && node.is("name"))
    from = owner;
  const isWalrus = owner?.type === "named_expression";
  const isParameter = node.within("parameters", "lambda_parameters") !== undefined;
  let child = from;
  for (let scope = from.parent; scope; child = scope, scope = scope.parent) {
    if (!SCOPES.includes(scope.type)) continue;
    if (isWalrus && COMPREHENSIONS.includes(scope.type)) continue;
    if (isEvaluatedOutside(scope, child) && !(isParameter && child.is("parameters"))) continue;
    return scope;
  }
  return undefined;
}
