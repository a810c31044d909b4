import type { Node } from "../source/tree.ts";
import { calledName, callsNamed, keyword, type NamedCall, type Parameter, positional } from "./calls.ts";
import type { Module } from "./names.ts";
import { knownText } from "./strings.ts";

const known = new WeakMap<Module, readonly NamedCall[]>();

/** What an option of the program's command line may be: its default and its choices (argparse, click, Django, typer). */
export function optionValues(module: Module, name: string): Node[] {
  const calls = known.get(module) ?? callsNamed(module, /add_argument|option|argument/);
  known.set(module, calls);
  return calls.flatMap(({ call }) => (isCalled(module, call, name) ? valuesIn(module, call) : []));
}

/** The same for a parameter that stands for an option: by a decorator of its name, or `= typer.Option(…)`. */
export function optionsOfParameter(module: Module, { owner, name, default: given }: Parameter): Node[] {
  const isTyper = given?.type === "call" && /^(Option|Argument)$/.test(calledName(module, given));
  if (isTyper)
    return [positional(given)[0], keyword(module, given, "default")].filter((one) => one !== undefined);
  return owner.parent?.type === "decorated_definition" ? optionValues(module, name) : [];
}

/** `"--rule-file"` and `"file"` are options by their names, with `_` in the place of `-`. */
function isCalled(module: Module, call: Node, name: string): boolean {
  const destination = knownText(module.text, keyword(module, call, "dest"));
  const names = positional(call).map((one) =>
    knownText(module.text, one)?.replace(/^-+/, "").replaceAll("-", "_"),
  );
  return destination === name || names.includes(name);
}

function valuesIn(module: Module, call: Node): Node[] {
  const choices = keyword(module, call, "choices") ?? choiceOf(module, keyword(module, call, "type"));
  const all = choices && /^(list|tuple|set)$/.test(choices.type) ? choices.parts : [];
  const preset = keyword(module, call, "default");
  return preset ? [preset, ...all] : [...all];
}

/** `click.Choice(["create", "update"])` */
function choiceOf(module: Module, type: Node | undefined): Node | undefined {
  return type?.type === "call" && calledName(module, type) === "Choice" ? positional(type)[0] : undefined;
}
