import { ANY_WORD, folderOf, joined, PathTexts, STANDARD_INPUT, together } from "../source/paths.ts";
import type { Node } from "../source/tree.ts";
import { calledName, keyword, positional } from "./calls.ts";
import { attributeValues } from "./attributes.ts";
import { type Given, Literals } from "./literals.ts";
import { optionValues } from "./options.ts";
import { type Module, textOf, variableOf } from "./names.ts";
import { bindsReaching } from "./reaching.ts";
import { stringText } from "./strings.ts";

/**
 * What an expression says about a path, as a mention writes it: `${name}` for what is not known, `*` where a pattern
 * stands, `${@}` for a word that the program is given. Several where it may be one of several. Names that are set in the
 * text are looked through, `os.path.join`, `Path(…) / …` and what else people write; the folder of the text itself is
 * `${.}`.
 */
export function pathsOf(module: Module, node: Node, given?: Given): string[] {
  return new Paths(module, given).of(node);
}

class Paths extends PathTexts<Node> {
  readonly #module: Module;
  readonly #literals: Literals;

  constructor(module: Module, given: Given | undefined) {
    super();
    this.#module = module;
    this.#literals = new Literals(module, given);
  }

  protected written(node: Node): string {
    return this.#text(node);
  }

  #text(node: Node | undefined): string {
    return node ? textOf(this.#module, node) : "";
  }

  protected known(node: Node): string[] | undefined {
    switch (node.type) {
      case "parenthesized_expression":
      case "await":
        return this.of(node.parts[0]);
      case "string":
      case "concatenated_string":
        return this.#string(node);
      case "identifier":
        return this.#name(node);
      case "binary_operator":
        return this.#operator(node);
      case "boolean_operator":
        return node.parts.flatMap((part) => this.of(part));
      case "conditional_expression":
        return [node.parts[0], node.parts[2]].flatMap((part) => this.of(part));
      case "attribute":
        return this.#attribute(node);
      case "subscript": {
        const object = node.field("value");
        if (/^(sys\.)?argv$/.test(this.#text(object))) return [ANY_WORD];
        const up = Number(this.#text(node.field("subscript")));
        if (this.#text(object?.field("attribute")) !== "parents" || !(up < 20)) {
          return this.#literals.itemsAt(node).flatMap((item) => this.of(item));
        }
        return this.of(object?.field("object")).map((path) => {
          let folder = path;
          for (let level = 0; level <= up; level++) folder = folderOf(folder);
          return folder;
        });
      }
      case "call":
        return this.#call(node);
      default:
        return undefined;
    }
  }

  #string(node: Node): string[] {
    let paths = [""];
    for (const part of node.type === "string" ? [node] : node.parts) {
      for (const { text, outer } of stringText(this.#module.text, part)?.pieces ?? []) {
        const hole = part.children.find(
          (child) => child.type === "interpolation" && child.start === outer.start,
        );
        paths = together(paths, hole ? this.of(hole.field("expression") ?? hole.parts[0]) : [text]);
      }
    }
    return paths;
  }

  #operator(node: Node): string[] | undefined {
    const [left, right] = [node.field("left"), node.field("right")];
    switch (this.#text(node.field("operator"))) {
      case "/":
        return joined([this.of(left), this.of(right)]);
      case "+":
        return together(this.of(left), this.of(right));
      case "%": {
        const args = right?.type === "tuple" ? right.parts : [right];
        return this.#filled(this.of(left), /%[sdr]|%\(\w+\)[sdr]/, (hole, index) =>
          hole.includes("(") ? undefined : args[index],
        );
      }
      default:
        return undefined;
    }
  }

  #attribute(node: Node): string[] | undefined {
    const object = node.field("object");
    const name = this.#text(node.field("attribute"));
    if (name === "argv") return [ANY_WORD];
    if (this.#isParsed(object)) {
      return [ANY_WORD, ...optionValues(this.#module, name).flatMap((value) => this.of(value))];
    }
    if (name === "parent") return this.of(object).map(folderOf);
    if (STDIN.test(this.#text(node))) return [STANDARD_INPUT];
    const values = attributeValues(this.#module, node);
    return values.length > 0 ? values.flatMap((value) => this.of(value)) : undefined;
  }

  /** Whether it is what `parse_args()` gave. */
  #isParsed(object: Node | undefined): boolean {
    if (object?.type !== "identifier") return false;
    return bindsReaching(this.#module, object).some(({ parent }) => {
      const value = parent?.type === "assignment" ? parent.field("right") : undefined;
      return value?.type === "call" && /^parse_(known_)?args$/.test(calledName(this.#module, value));
    });
  }

  #call(call: Node): string[] | undefined {
    const name = calledName(this.#module, call);
    const callee = call.field("function");
    const object = callee?.type === "attribute" ? callee.field("object") : undefined;
    const args = positional(call);
    switch (name) {
      case "Path":
      case "PurePath":
      case "PosixPath":
        return args.length === 0 ? ["."] : joined(args.map((argument) => this.of(argument)));
      case "join":
        // `", ".join(names)` is something else.
        return object?.type === "string" ? undefined : joined(args.map((argument) => this.of(argument)));
      case "joinpath":
        return joined([this.of(object), ...args.map((argument) => this.of(argument))]);
      case "str":
      case "fspath":
      case "abspath":
      case "realpath":
      case "normpath":
      case "expanduser":
      case "expandvars":
      case "resolve":
      case "absolute":
      case "as_posix":
        return this.of(args[0] ?? object);
      case "dirname":
        return this.of(args[0]).map(folderOf);
      case "with_suffix": {
        const [suffix = ""] = this.of(args[0]);
        return this.of(object).map((path) => path.replace(/\.[^./]*$/, "") + suffix);
      }
      // What is copied is called as the copy from there on.
      case "copy":
      case "copy2":
      case "copyfile":
        return args[1] && this.of(args[1]);
      case "with_name":
        return joined([this.of(object).map(folderOf), this.of(args[0])]);
      case "cwd":
      case "getcwd":
        return ["."];
      case "glob":
      case "rglob":
      case "iglob": {
        const pattern = name === "rglob" ? this.of(args[0]).map((one) => `\${}/${one}`) : this.of(args[0]);
        return object && !/^_?glob/.test(this.#text(object)) ? joined([this.of(object), pattern]) : pattern;
      }
      case "iterdir":
        return joined([this.of(object), ["*"]]);
      case "listdir":
        return ["*"];
      case "get":
      case "getenv":
        return /environ|getenv/.test(this.#text(callee)) && args[1] ? this.of(args[1]) : undefined;
      case "format": {
        const holes = /\{[^{}$]*\}/;
        return (
          object &&
          this.#filled(this.of(object), holes, (hole, index) => {
            const key = /^\{(\w*)/.exec(hole)?.[1] ?? "";
            return /^\d*$/.test(key) ? args[Number(key || index)] : keyword(this.#module, call, key);
          })
        );
      }
      case "sorted":
      case "list":
        return this.of(args[0]);
      default:
        return undefined;
    }
  }

  /** Templates with their holes filled, one after the other; `${}` for what is not known. */
  #filled(
    templates: readonly string[],
    hole: RegExp,
    valueOf: (hole: string, index: number) => Node | undefined,
  ): string[] {
    return templates.flatMap((template) => {
      const between = template.split(hole);
      const holes = [...template.matchAll(new RegExp(hole, "g"))];
      return holes.reduce(
        (paths, [written], index) =>
          together(together(paths, this.of(valueOf(written, index))), [between[index + 1] ?? ""]),
        [between[0] ?? ""],
      );
    });
  }

  #name(identifier: Node): string[] | undefined {
    const binds = bindsReaching(this.#module, identifier);
    if (binds.length === 0) return this.#text(identifier) === "__file__" ? ["${.}/__file__"] : undefined;
    if (binds.length > 8) return undefined;
    return binds.flatMap((bind) => this.#bound(bind) ?? []);
  }

  /** What a place that binds a name gives it. */
  #bound(bind: Node): string[] | undefined {
    const { parent } = bind;
    const isEach = parent?.type === "for_statement" || parent?.type === "for_in_clause";
    const values = this.#literals.boundTo(bind);
    if (values) return values.flatMap((value) => this.of(value));
    return isEach ? this.#each(parent.field("right")) : undefined;
  }

  /** What a loop gives its variable that goes through what a call finds: `Path("sip").glob("*.json")`. */
  #each(list: Node | undefined): string[] | undefined {
    const found = this.#literals.of(list).filter(({ type }) => type === "call");
    if (found.length > 0) return found.flatMap((call) => this.of(call));
    return list && /^(attribute|subscript)$/.test(list.type) ? this.of(list) : undefined;
  }
}

const STDIN = /^sys\.stdin(\.buffer)?$/;

/** What `open(…)`, what it gave, or what was read from there stands for: the expression that is the path. */
export function openedBy(module: Module, node: Node | undefined, depth = 0): Node | undefined {
  if (!node || depth > 8) return undefined;
  if (node.type === "await" || node.type === "parenthesized_expression") {
    return openedBy(module, node.parts[0], depth + 1);
  }
  if (node.type === "attribute" && STDIN.test(textOf(module, node))) return node;
  if (node.type === "identifier") {
    for (const bind of bindsReaching(module, node)) {
      const { parent } = bind;
      const value =
        parent?.type === "as_pattern_target"
          ? parent.parent?.parts[0]
          : parent?.type === "assignment" && bind.is("left")
            ? parent.field("right")
            : undefined;
      const path = openedBy(module, value, depth + 1);
      if (path) return path;
    }
    return undefined;
  }
  if (node.type !== "call") return undefined;
  const callee = node.field("function");
  const object = callee?.type === "attribute" ? callee.field("object") : undefined;
  switch (calledName(module, node)) {
    case "open":
      return object && !isModule(module, object)
        ? object
        : (positional(node)[0] ?? keyword(module, node, "file"));
    case "read_text":
    case "read_bytes":
      return object;
    case "read":
    case "decode":
      return openedBy(module, object, depth + 1);
    default:
      return undefined;
  }
}

function isModule(module: Module, object: Node): boolean {
  return (
    object.type === "identifier" &&
    variableOf(module, object).binds.some((bind) => bind.within("import_statement", "import_from_statement"))
  );
}
