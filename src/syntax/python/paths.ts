import {
  ANY_WORD,
  folderOf,
  joined,
  MOST_PATHS,
  PathTexts,
  STANDARD_INPUT,
  together,
} from "../source/paths.ts";
import type { Node } from "../source/tree.ts";
import { argumentFor, calledName, callsOf, keyword, parameterAt, positional } from "./calls.ts";
import { identifiersNamed, type Module, textOf, variableOf } from "./names.ts";
import { bindsReaching } from "./reaching.ts";
import { stringText } from "./strings.ts";

/** The call by which a function came to run, where that is known: it says what the parameters are. */
export interface Given {
  owner: Node;
  call: Node;
}

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
  readonly #given: Given | undefined;

  constructor(module: Module, given: Given | undefined) {
    super();
    this.#module = module;
    this.#given = given;
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
        if (this.#text(object?.field("attribute")) !== "parents" || !(up < 20)) return undefined;
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
      case "%":
        return this.of(left).map((path) => path.replaceAll(/%\(?\w*\)?[sdr]/g, "${}"));
      default:
        return undefined;
    }
  }

  #attribute(node: Node): string[] | undefined {
    const object = node.field("object");
    const name = this.#text(node.field("attribute"));
    if (name === "argv" || this.#isParsed(object)) return [ANY_WORD];
    if (name === "parent") return this.of(object).map(folderOf);
    if (STDIN.test(this.#text(node))) return [STANDARD_INPUT];
    // An attribute that is set once in the text: `self.path = …`, or in a class that holds constants.
    const values = identifiersNamed(this.#module, name).flatMap((one) => {
      const left = one.is("attribute") ? one.parent : one;
      const isSet =
        left?.is("left") &&
        left.parent?.type === "assignment" &&
        (left !== one || left.within("class_definition", "function_definition")?.type === "class_definition");
      return isSet ? (left?.parent?.field("right") ?? []) : [];
    });
    return values.length === 1 ? this.of(values[0]) : undefined;
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
      case "format":
        return object && this.of(object).map((path) => path.replaceAll(/\{[^{}]*\}/g, "${}"));
      case "sorted":
      case "list":
        return this.of(args[0]);
      default:
        return undefined;
    }
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
    switch (parent?.type) {
      case "assignment":
        return bind.is("left") ? this.of(parent.field("right")) : undefined;
      case "named_expression":
        return this.of(parent.field("value"));
      case "for_statement":
      case "for_in_clause":
        return this.#each(parent.field("right"));
      default:
    }
    const parameter = parameterAt(this.#module, bind);
    if (!parameter) return undefined;
    if (this.#given?.owner === parameter.owner) {
      const argument = argumentFor(this.#module, this.#given.call, parameter);
      return argument && this.of(argument);
    }
    const given = callsOf(this.#module, parameter.owner).map((call) =>
      argumentFor(this.#module, call, parameter),
    );
    const values = [...new Set([...given, parameter.default])].filter((value) => value !== undefined);
    return values.flatMap((value) => this.of(value));
  }

  /** What a loop gives its variable, one after the other. */
  #each(list: Node | undefined): string[] | undefined {
    if (list?.type === "identifier") {
      const { binds } = variableOf(this.#module, list);
      const [only] = binds;
      return binds.length === 1 && only?.parent?.type === "assignment"
        ? this.#each(only.parent.field("right"))
        : undefined;
    }
    if (list && /^(list|tuple|set|expression_list)$/.test(list.type)) {
      return list.parts.slice(0, MOST_PATHS).flatMap((part) => this.of(part));
    }
    return list && /^(call|attribute|subscript)$/.test(list.type) ? this.of(list) : undefined;
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
