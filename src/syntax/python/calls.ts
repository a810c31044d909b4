import { type Node, nodeAt } from "../source/tree.ts";
import { identifiersNamed, type Module, textOf, variableOf } from "./names.ts";

/** A call whose function, or method, has a certain name. */
export interface NamedCall {
  call: Node;
  name: string;
  /** What the method is called on; undefined for a plain function. */
  object: Node | undefined;
}

/** In a text of programs that people write there are a few. */
const MOST_CALLS = 2000;

/** The calls of functions and methods whose name the pattern matches as a whole, in the order of the text. */
export function callsNamed(module: Module, pattern: RegExp): NamedCall[] {
  const found: NamedCall[] = [];
  for (const match of module.text.matchAll(new RegExp(String.raw`\b(?:${pattern.source})(?=\s*\()`, "g"))) {
    if (found.length >= MOST_CALLS) break;
    const node = nodeAt(module.root, match.index);
    if (node.type !== "identifier" || node.end !== match.index + match[0].length) continue;
    const callee = node.is("attribute") ? node.parent : node;
    if (!callee?.is("function") || callee.parent?.type !== "call") continue;
    found.push({
      call: callee.parent,
      name: match[0],
      object: callee === node ? undefined : callee.field("object"),
    });
  }
  return found;
}

/** The name of what is called, without what it is taken from. */
export function calledName(module: Module, call: Node): string {
  const callee = call.field("function");
  const name = callee?.type === "attribute" ? callee.field("attribute") : callee;
  return name ? textOf(module, name) : "";
}

/** The arguments without a name, in order. */
export function positional(call: Node): Node[] {
  return (call.field("arguments")?.parts ?? []).filter(
    ({ type }) => type !== "keyword_argument" && !type.endsWith("splat"),
  );
}

/** The value of the argument with that name. */
export function keyword(module: Module, call: Node, name: string): Node | undefined {
  const argument = (call.field("arguments")?.parts ?? []).find((part) => {
    const own = part.type === "keyword_argument" ? part.field("name") : undefined;
    return own && textOf(module, own) === name;
  });
  return argument?.field("value");
}

/** A parameter of a function of the text. */
export interface Parameter {
  owner: Node;
  name: string;
  /** Where it stands among the parameters. */
  index: number;
  default: Node | undefined;
}

/** The parameter that this identifier declares. */
export function parameterAt(module: Module, bind: Node): Parameter | undefined {
  const list = bind.within("parameters");
  const owner = list?.parent;
  if (!list || owner?.type !== "function_definition") return undefined;
  const index = list.parts.findIndex((part) => part.holds(bind));
  return { owner, name: textOf(module, bind), index, default: list.parts[index]?.field("value") };
}

/**
 * The parameter that an argument of a call sets, if the function is one of the text: the identifier that declares it.
 * Undefined for one that takes several, as `*rest` does.
 */
export function parameterOf(module: Module, owner: Node, argument: Node): Node | undefined {
  const written = (owner.field("parameters")?.parts ?? []).filter(({ type }) => !type.endsWith("separator"));
  const parameters = written.map((part) => {
    if (part.type === "identifier") return part;
    const isOfMany = part.type.endsWith("splat_pattern");
    return isOfMany
      ? undefined
      : (part.field("name") ?? part.parts.find(({ type }) => type === "identifier"));
  });
  if (argument.type === "keyword_argument") {
    const name = argument.field("name");
    return parameters.find((one) => one && name && textOf(module, one) === textOf(module, name));
  }
  const call = argument.parent?.parent;
  const index = argument.parent?.parts.indexOf(argument) ?? -1;
  return index < 0 || !call ? undefined : parameters[index + receiver(module, owner, call)];
}

/** What a call sets a parameter to: the argument, else the default. */
export function argumentFor(module: Module, call: Node, parameter: Parameter): Node | undefined {
  const { owner, name, index } = parameter;
  return (
    keyword(module, call, name) ??
    positional(call)[index - receiver(module, owner, call)] ??
    parameter.default
  );
}

/** One where the call has an object before the dot that is the first parameter. */
export function receiver(module: Module, owner: Node, call: Node): number {
  const first = owner.field("parameters")?.parts[0];
  const isMethod = first !== undefined && /^(self|cls)$/.test(textOf(module, first));
  return isMethod && call.field("function")?.type === "attribute" ? 1 : 0;
}

/** The functions of the text that a call may mean. */
export function functionsCalled(module: Module, call: Node): Node[] {
  const callee = call.field("function");
  return callee ? functionsMeant(module, callee) : [];
}

/** The functions of the text that `name` or `object.name` may mean; none for any other expression. */
export function functionsMeant(module: Module, expression: Node): Node[] {
  const name = expression.type === "identifier" ? expression : expression.field("attribute");
  const object = expression.field("object");
  const isOfModule =
    object?.type === "identifier" &&
    variableOf(module, object).binds.some((bind) => bind.within("import_statement", "import_from_statement"));
  if (!name || isOfModule) return [];
  return identifiersNamed(module, textOf(module, name)).flatMap((one) =>
    one.is("name") && one.parent?.type === "function_definition" ? [one.parent] : [],
  );
}

/** The calls of a function of the text. */
export function callsOf(module: Module, owner: Node): Node[] {
  const name = owner.field("name");
  if (!name) return [];
  return identifiersNamed(module, textOf(module, name)).flatMap((one) => {
    const callee = one.is("attribute") ? one.parent : one;
    return one !== name && callee?.is("function") && callee.parent?.type === "call" ? [callee.parent] : [];
  });
}

/** What a function returns, as far as it is written in no other function inside it. */
export function returnsOf(owner: Node): Node[] {
  const found: Node[] = [];
  const open = [owner.field("body")];
  for (let steps = 0; steps < 300; steps++) {
    const next = open.pop();
    if (!next) break;
    if (next.type === "return_statement") found.push(...next.parts);
    else if (/statement$|^block$|_clause$/.test(next.type)) open.push(...next.parts);
  }
  return found;
}
