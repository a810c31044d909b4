import { OWN_FOLDER } from "../../sources/partly-known.ts";
import { membersNamed, type ObjectValue, type Value } from "../../rule/value.ts";

/** Keys of a command in a task of Ansible, and in the module that runs it. */
const COMMAND = /^(?:ansible\.(?:builtin|legacy)\.)?(?:command|shell)$|^(?:cmd|argv)$/;
const LOOKUP =
  /(dispatch_?rule["']?\s{0,9}:\s{0,9}(?:\{\{-?\s{0,9})?)?lookup\(\s{0,9}["'](?:ansible\.builtin\.)?(file|template)["']\s{0,9},\s{0,9}["']([\w./-]+)["']/i;

/** Returns what a task gives its command to read: the `stdin` beside it, or in its `args`. Undefined for none. */
export function commandInput(mapping: ObjectValue): Value | undefined {
  if (!mapping.members.some(({ key }) => COMMAND.test(key))) return undefined;
  const places = [mapping, ...membersNamed(mapping, ["args"]).map(({ value }) => value)];
  return places
    .flatMap((place) => (place.kind === "object" ? membersNamed(place, ["stdin"]) : []))
    .map(({ value }) => value)[0];
}

/** The files of which a text may be that Ansible looks up, and whether it is put into a wrapper. */
export function lookup(text: string): { files: string[]; isWrapped: boolean } {
  const [, wrapper, kind, file] = (text.includes("lookup(") && LOOKUP.exec(text)) || [];
  const files = kind === undefined || file === undefined ? [] : filesCalled(file, `${kind}s/`);
  return { files, isWrapped: wrapper !== undefined };
}

/** Where Ansible looks for a file: beside the playbook, or in its role. */
export function filesCalled(file: string, folder = "files/"): string[] {
  if (file.startsWith("/")) return [file];
  return ["", folder, `../${folder}`].map((before) => `${OWN_FOLDER}/${before}${file}`);
}

/** Tells whether a value is a command of one line, which reads what its task gives it. */
export function readsInput(key: string, command: Value): boolean {
  return COMMAND.test(key) && (command.kind !== "string" || !/\n\s*\S/.test(command.value));
}
