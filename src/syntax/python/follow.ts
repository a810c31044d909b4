import { requestField, WRAPPER } from "../../rule/fields.ts";
import type { Member, Span, Value } from "../../rule/value.ts";
import type { Node } from "../source/tree.ts";
import type { Remark, RemarkCode, Use } from "../syntax.ts";
import { doingOf, isCreateMethod, isShown, reachesIn } from "./callees.ts";
import { isTakenOver, wrongClass } from "./classes.ts";
import { decoratorsOf, isCallOf, isOnlyResult } from "./results.ts";
import { codeOf, identifiersNamed, type Module, textOf, type Variable, variableOf } from "./names.ts";
import { knownText } from "./strings.ts";

/** How the fields of a request are reached: as attributes of a message, or as keys of a dict. */
export type Access = "attributes" | "keys";

/** Where a request goes, and where it is reached into. Everything is in the order in which it was found. */
export interface Followed {
  uses: Use[];
  changed: Member[];
  remarks: Remark[];
  /** The calls that it is given to. */
  calls: Node[];
  /** Those among them that are no function of the text, and whose name does not say what they do with it. */
  unknown: Node[];
  /** The `**` in calls that it is spread into. */
  spreads: Node[];
  /** Whether it is the value of a key of a dict, and of which. */
  heldAs: string[];
}

/** Follows the value of an expression through the text. What can't be followed becomes a remark. */
export function follow(module: Module, value: Node, access: Access): Followed {
  const follower = new Follower(module, access);
  follower.value(value, "own");
  if (!follower.nameReaders()) follower.checkOrder(value);
  return follower.found;
}

/**
 * Whose value is looked at: the request's own, where fields can be renamed; one that may also be another (`maybe`), or
 * that another function holds (`foreign`), where a field can't be.
 */
type Certainty = "own" | "maybe" | "foreign";

class Follower {
  readonly found: Followed = {
    uses: [],
    changed: [],
    remarks: [],
    calls: [],
    unknown: [],
    spreads: [],
    heldAs: [],
  };
  readonly #module: Module;
  readonly #access: Access;
  readonly #seen: Record<Certainty, Set<Node>> = { own: new Set(), maybe: new Set(), foreign: new Set() };
  #depth = 0;
  readonly #writes: Node[] = [];
  readonly #handedOut: Node[] = [];
  /** Where others reach into the request, which they may also do with another one, and into which fields. */
  readonly #readers: { where: Node; field: string; certainty: Certainty }[] = [];

  constructor(module: Module, access: Access) {
    this.#module = module;
    this.#access = access;
  }

  /** Looks at what is done with the value of an expression. */
  value(node: Node, certainty: Certainty): void {
    if (this.#seen[certainty].has(node)) return;
    this.#seen[certainty].add(node);
    if (this.#depth > FARTHEST) return this.#doubt(node, "goes farther than it is followed");
    this.#depth++;
    this.#look(node, certainty);
    this.#depth--;
  }

  #look(node: Node, certainty: Certainty): void {
    const { parent } = node;
    switch (parent?.type) {
      case undefined:
      case "expression_statement":
      case "module":
      case "not_operator":
      case "assert_statement":
      case "if_clause":
        return;
      case "parenthesized_expression":
      case "await":
        return this.value(parent, certainty);
      case "if_statement":
      case "elif_clause":
      case "while_statement":
        if (node.is("condition")) return;
        break;
      case "conditional_expression":
        if (parent.parts[1] === node) return;
        return this.value(parent, weaker(certainty));
      case "boolean_operator":
        return this.value(parent, weaker(certainty));
      case "comparison_operator":
        if (/\bis\b/.test(this.#text(parent))) return;
        return this.#doubt(parent, "is compared here", this.#access === "keys" ? "manual" : "review");
      case "named_expression":
        if (!node.is("value")) break;
        this.#bound(parent.field("name"), certainty);
        return this.value(parent, certainty);
      case "assignment":
        return this.#assigned(node, parent, certainty);
      case "delete_statement":
        return;
      case "return_statement":
        return this.#returned(parent, certainty);
      case "yield":
        this.#handedOut.push(parent);
        return this.#doubt(parent, "is handed out by `yield` here", "review");
      case "keyword_argument":
        return node.is("value") && parent.parent?.type === "argument_list"
          ? this.#given(parent, parent.parent, certainty, this.#text(parent.field("name") ?? parent))
          : undefined;
      case "argument_list":
        return this.#given(node, parent, certainty);
      case "dictionary_splat":
        this.found.spreads.push(parent);
        return;
      case "attribute":
        if (node.is("object")) return this.#attribute(node, parent, certainty);
        break;
      case "subscript":
        if (node.is("value")) return this.#subscript(node, parent, certainty);
        break;
      case "interpolation":
        if (showsItsText(node)) break;
        return this.#shown(parent);
      case "pair":
        if (!node.is("value")) break;
        this.found.heldAs.push(knownText(this.#module.text, parent.field("key")) ?? "");
        return this.#access === "keys" ? undefined : this.#doubt(parent, "is put into a dict here", "review");
      case "list":
      case "tuple":
      case "set":
      case "list_comprehension":
      case "generator_expression":
        return this.#doubt(parent, "is put into a collection here", "review");
      case "expression_list":
        if (parent.parent?.type !== "return_statement") break;
        return this.#doubt(parent, "is returned with other things here", "review");
      case "lambda":
        return this.#doubt(parent, "is what this lambda returns", "review");
      case "default_parameter":
      case "typed_default_parameter":
        if (!node.is("value")) break;
        return this.#bound(parent.field("name"), "foreign");
      default:
    }
    this.#doubt(parent ?? node, "is used here in a way that can't be followed");
  }

  /** What is handed out before it is finished may be read while it is only half there. */
  checkOrder(value: Node): void {
    for (const out of this.#handedOut) {
      const write = this.#writes.find((one) => one.start > out.start || shareLoop(one, out, value));
      if (!write) continue;
      this.#doubt(out, "is handed out here before it is finished");
      return;
    }
  }

  #text(span: Span): string {
    return textOf(this.#module, span);
  }

  #doubt(
    at: Span,
    what: string,
    weighs: Remark["weighs"] = "manual",
    code: RemarkCode = "unfollowed-use",
  ): void {
    this.found.remarks.push({
      code,
      at: { start: at.start, end: at.end },
      message: `the request ${what}`,
      weighs,
    });
  }

  #assigned(node: Node, assignment: Node, certainty: Certainty): void {
    if (!node.is("right")) return this.#doubt(assignment, "is used here in a way that can't be followed");
    const left = assignment.field("left");
    if (assignment.parent?.type === "assignment") return this.#doubt(assignment, "gets several names here");
    if (left?.type === "identifier") {
      if (node.type === "identifier") return this.#doubt(assignment, "gets a second name here");
      return this.#bound(left, certainty);
    }
    if (left?.type === "attribute" || left?.type === "subscript") {
      this.#handedOut.push(assignment);
      const name = left.field("attribute");
      const touched = name && this.#touched(name);
      return touched
        ? this.#doubt(touched, "may be what is changed here")
        : this.#doubt(assignment, "is stored here, where other code can reach it", "review");
    }
    this.#doubt(assignment, "is used here in a way that can't be followed");
  }

  /** A place where an attribute with this name is reached into by a field of a request. */
  #touched(name: Node): Node | undefined {
    return identifiersNamed(this.#module, this.#text(name)).find((one) => {
      const outer = one.is("attribute") ? one.parent?.parent : undefined;
      const field =
        outer?.type === "attribute" && one.parent?.is("object") ? outer.field("attribute") : undefined;
      return field && requestField(this.#text(field)) !== undefined;
    });
  }

  #bound(name: Node | undefined, certainty: Certainty): void {
    if (!name) return;
    if (this.#seen[certainty].has(name)) return;
    this.#seen[certainty].add(name);
    const variable = variableOf(this.#module, name);
    const [strange] = variable.strange;
    if (strange)
      return this.#doubt(strange, `is \`${variable.name}\`, which is not an ordinary variable here`);
    if (variable.scope && BY_STRING.test(this.#text(variable.scope))) {
      this.#doubt(name, "is a variable that code in a string may reach", "review");
    }
    if (variable.scope?.type === "class_definition") {
      const touched = this.#touched(name);
      if (touched) this.#doubt(touched, "may be what is changed here");
      return this.#doubt(name, "is a class attribute, which other code can reach", "review");
    }
    if (variable.binds.length > MOST_BINDS) {
      return this.#doubt(name, `is \`${variable.name}\`, which gets too many values to be followed`);
    }
    const others = variable.binds.filter((bind) => bind !== name && !isEmptyBind(bind));
    const own = others.length > 0 ? this.#reach(name, others, variable) : undefined;
    for (const load of variable.loads) {
      if (own && !own(load)) continue;
      const isSure = own !== undefined || others.length === 0;
      this.value(load, isSure ? certainty : weaker(certainty));
    }
    if (variable.scope?.type === "module" && variable.loads.length === 0) {
      this.#doubt(
        name,
        "is used by nothing in this text; what uses it elsewhere may look at its fields",
        "review",
      );
    }
  }

  /**
   * Which loads see this binding of a variable that is bound more than once. Known where all bindings are statements of
   * one block, one after the other, and no function or loop mixes them up.
   */
  #reach(name: Node, others: readonly Node[], variable: Variable): ((load: Node) => boolean) | undefined {
    const block = statementOf(name)?.parent;
    const binds = [name, ...others];
    if (!block || !binds.every((bind) => statementOf(bind)?.parent === block && bind.is("left")))
      return undefined;
    const isOrdered = variable.loads.every(
      (load) =>
        block.holds(load) &&
        load.within("function_definition", "lambda", "module") === variable.scope &&
        binds.some((bind) => endOfStatement(bind) <= load.start || statementOf(bind)?.holds(load)),
    );
    if (!isOrdered) return undefined;
    const ends = binds.map(endOfStatement);
    const from = endOfStatement(name);
    const to = Math.min(...ends.filter((end) => end > from), Number.POSITIVE_INFINITY);
    return (load) => {
      // The right side of a later binding still sees this one.
      const at = binds.find((bind) => bind !== name && statementOf(bind)?.holds(load));
      return at ? endOfStatement(at) === to : from <= load.start && load.start < to;
    };
  }

  #returned(statement: Node, certainty: Certainty): void {
    const owner = statement.within("function_definition");
    const name = owner?.field("name");
    if (!owner || !name) return;
    const isOnly = certainty === "own" && isOnlyResult(this.#module, owner, statement);
    if (!isOnly) this.#handedOut.push(statement);
    const decorator = decoratorsOf(owner).find((one) => !HARMLESS.test(this.#text(one)));
    if (decorator) this.#doubt(decorator, "is returned to this decorator, which may look at it", "review");
    const others = identifiersNamed(this.#module, this.#text(name)).filter((one) => one !== name);
    for (const one of others) {
      const callee = one.is("attribute") ? one.parent : one;
      if (callee?.is("function") && callee.parent?.type === "call") {
        this.value(callee.parent, isOnly && isCallOf(this.#module, callee, owner) ? "own" : "foreign");
      } else if (!one.is("name")) this.#doubt(one, "is what this function returns", "review");
    }
  }

  /** An argument of a call. */
  #given(argument: Node, list: Node, certainty: Certainty, keyword?: string): void {
    const call = list.parent;
    const callee = call?.field("function");
    if (!call || !callee) return this.#doubt(list, "is used here in a way that can't be followed");
    const name = callee.type === "attribute" ? callee.field("attribute") : callee;
    const called = name ? this.#text(name) : "";
    const index = list.parts.indexOf(argument);
    if (BY_NAME.includes(called) && index === 0) return this.#byName(argument, list, called, certainty);
    if (this.#access === "keys" && keyword !== undefined && requestField(keyword) !== undefined) {
      this.found.heldAs.push(keyword);
      return;
    }
    this.found.calls.push(call);
    const target = this.#ownFunction(called, callee);
    if (!target) return this.#givenOutside(call, callee, called, argument, certainty);
    this.#handedOut.push(call);
    const parameter = this.#parameter(target, index, keyword);
    if (parameter) this.#bound(parameter, "foreign");
    else this.#doubt(call, "is given to a function here in a way that can't be followed", "review");
  }

  /** An argument of a call of something that no function of the text is known to be. */
  #givenOutside(call: Node, callee: Node, called: string, argument: Node, certainty: Certainty): void {
    const list = call.field("arguments");
    if (isCreateMethod(called) && this.#isFromOutside(callee)) return;
    const doing = this.#isFromOutside(callee) || callee.type === "attribute" ? doingOf(called) : "unknown";
    if (doing === "nothing" || isShown(this.#module, argument)) return;
    switch (doing) {
      case "text":
        if (reachesIn(this.#module, callee))
          return this.#doubt(call, "is put into a text that reaches into it here");
        return this.#doubt(call, "becomes a text here, which says something else afterwards", "review");
      case "class":
        return this.#classAsked(call);
      case "view":
        return this.#doubt(call, "is turned into something here that has other keys afterwards", "review");
      case "merge":
        return this.#doubt(call, "becomes a part of another one here");
      case "copy":
        return this.#doubt(call, "is copied here");
      case "parse":
        if (this.#access === "attributes") return this.value(call, certainty);
        return;
      case "collect":
        if (callee.type !== "attribute") break;
        this.#handedOut.push(call);
        return this.#doubt(call, "is put into a collection here", "review");
      default:
    }
    this.#handedOut.push(call);
    const isSent = SENDS.test(list ? this.#text(list) : "");
    if (isSent) return;
    const other = list?.parts.find((part) => part !== argument && this.#isOwnFunction(part));
    if (other || !this.#isFromOutside(callee)) {
      return this.#doubt(call, "may be given to a function or class of this file here", "review");
    }
    this.found.unknown.push(call);
    if (this.#access === "keys" || !this.#isUsedAsRequest(call)) return;
    this.#doubt(call, `is given to \`${called}\` here, and may be what comes back from it`, "review");
  }

  /** Whether a call's result gets a name in a `with` statement, or a field of a request is reached in it. */
  #isUsedAsRequest(call: Node): boolean {
    const { parent } = call;
    if (parent?.type === "as_pattern") return true;
    const reached =
      parent?.type === "attribute"
        ? this.#attributeOf(parent)
        : parent?.type === "subscript" && call.is("value")
          ? knownText(this.#module.text, parent.field("subscript"))
          : undefined;
    return reached !== undefined && requestField(reached) !== undefined;
  }

  /** `type(request)`: a class that is called makes other requests. */
  #classAsked(call: Node): void {
    const { parent } = call;
    if (parent?.type === "comparison_operator") return;
    if (parent?.type === "attribute" && /^__(name|qualname|module)__$/.test(this.#attributeOf(parent)))
      return;
    this.#doubt(call, "is asked for its class here, which may make other requests");
  }

  #attributeOf(attribute: Node): string {
    const name = attribute.field("attribute");
    return name ? this.#text(name) : "";
  }

  /** The function of the text that a call means. LiveKit's method is often called by one of the same name. */
  #ownFunction(called: string, callee: Node): Node | undefined {
    const target = this.#functionNamed(called, callee);
    if (!target || !isCreateMethod(called) || callee.type === "identifier") return target;
    const object = callee.field("object");
    const isOwnObject =
      object?.type === "identifier"
        ? /^(self|cls)$/.test(this.#text(object)) || this.#isMadeHere(object)
        : this.#isMade(object);
    return isOwnObject ? target : undefined;
  }

  #isMadeHere(name: Node): boolean {
    return variableOf(this.#module, name).binds.some(
      (bind) => bind.parent?.type === "assignment" && this.#isMade(bind.parent.field("right")),
    );
  }

  /** Whether an expression makes an object of a class of the text. */
  #isMade(node: Node | undefined): boolean {
    const callee = node?.type === "call" ? node.field("function") : undefined;
    return callee?.type === "identifier" && this.#isOwn(callee, "class_definition");
  }

  /** What is printed for people may say something else. */
  #shown(node: Node): void {
    if (isShown(this.#module, node)) return;
    this.#doubt(node, "becomes a text here, which says something else afterwards", "review");
  }

  /** A function or method of this text that a call may mean. */
  #functionNamed(called: string, callee: Node): Node | undefined {
    if (called === "" || (callee.type !== "identifier" && callee.type !== "attribute")) return undefined;
    const object = callee.field("object");
    const isOfModule =
      object?.type === "identifier" &&
      variableOf(this.#module, object).binds.some((bind) =>
        bind.within("import_statement", "import_from_statement"),
      );
    if (isOfModule) return undefined;
    const definitions = identifiersNamed(this.#module, called)
      .filter((one) => one.is("name") && one.parent?.type === "function_definition")
      .map((one) => one.parent);
    return definitions[0];
  }

  /** Whether what is called is a method, a builtin or an import, and nothing that this file has put together. */
  #isFromOutside(callee: Node): boolean {
    if (callee.type === "attribute") {
      const object = callee.field("object");
      return !this.#isMade(object) && !(object?.type === "identifier" && this.#isMadeHere(object));
    }
    if (callee.type !== "identifier") return false;
    return variableOf(this.#module, callee).binds.every((bind) =>
      bind.within("import_statement", "import_from_statement"),
    );
  }

  #isOwn(name: Node, ...types: string[]): boolean {
    const { binds } = variableOf(this.#module, name);
    return binds.some((bind) => bind.is("name") && types.includes(bind.parent?.type ?? ""));
  }

  /** Whether an argument is a function of this file, or a method, which may be called with what stands beside it. */
  #isOwnFunction(argument: Node): boolean {
    const node = argument.type === "keyword_argument" ? (argument.field("value") ?? argument) : argument;
    if (node.type === "lambda") return true;
    if (node.type === "identifier") return this.#isOwn(node, "function_definition", "class_definition");
    const object = node.type === "attribute" ? node.field("object") : undefined;
    const name = node.field("attribute");
    return (
      object !== undefined && name !== undefined && this.#functionNamed(this.#text(name), node) !== undefined
    );
  }

  #parameter(target: Node, index: number, keyword: string | undefined): Node | undefined {
    const parameters = (target.field("parameters")?.parts ?? []).map((one) => {
      if (one.type === "identifier") return one;
      if (one.type === "typed_parameter") return one.parts.find((part) => part.type === "identifier");
      return one.field("name");
    });
    if (keyword !== undefined) return parameters.find((one) => one && this.#text(one) === keyword);
    const isMethod = parameters[0] !== undefined && /^(self|cls)$/.test(this.#text(parameters[0]));
    return parameters[isMethod ? index + 1 : index];
  }

  /** `setattr(request, "name", …)` and its like. */
  #byName(argument: Node, list: Node, called: string, certainty: Certainty): void {
    const literal = list.parts[1];
    const name = knownText(this.#module.text, literal);
    if (this.#access === "keys" || !literal || literal.type !== "string" || name === undefined) {
      return this.#doubt(list, "has a field that is only known when the program runs");
    }
    if (name === WRAPPER) return this.#sniffed(list);
    if (requestField(name) === undefined) return this.#doubt(list, `has no field \`${name}\``);
    const call = list.parent ?? list;
    this.#use({ at: { start: argument.end, end: literal.end }, path: [name], how: called }, call, certainty);
    if (called === "setattr") {
      this.#writes.push(call);
      this.#change([name], literal, list.parts[2]);
    }
  }

  #sniffed(at: Span): void {
    this.#doubt(
      at,
      "is looked at here for what this version of LiveKit's library knows",
      "manual",
      "version-sniffing",
    );
  }

  #attribute(object: Node, attribute: Node, certainty: Certainty): void {
    if (this.#access === "keys") return this.#dictMethod(object, attribute, certainty);
    this.#field(attribute, [], object, certainty);
  }

  /** `.name` of a request, or of its wrapper. `from` is the request itself. */
  #field(attribute: Node, path: string[], from: Node, certainty: Certainty): void {
    const node = attribute.field("attribute");
    const name = node ? this.#text(node) : "";
    const at = { start: from.end, end: attribute.end };
    if (name === WRAPPER && path.length === 0) return this.#wrapperReached(attribute, from, certainty);
    if (METHODS.includes(name)) {
      const call = attribute.parent;
      const list = attribute.is("function") ? call?.field("arguments") : undefined;
      const [literal] = list?.parts ?? [];
      const field = knownText(this.#module.text, literal);
      if (!call || !literal || literal.type !== "string" || field === undefined) {
        return this.#doubt(attribute, "has a field that is only known when the program runs");
      }
      if (field === WRAPPER) return this.#sniffed(call);
      if (path.length === 0 && requestField(field) === undefined)
        return this.#doubt(call, `has no field \`${field}\``);
      if (name === "ClearField") {
        this.#writes.push(call);
        this.#change([...path, field], literal, call);
      }
      return this.#use(
        { at: { start: from.end, end: literal.end }, path: [...path, field], how: name },
        call,
        certainty,
      );
    }
    if (path.length === 0 && WHOLE.includes(name)) {
      return this.#written(attribute, name);
    }
    if (path.length === 0 && requestField(name) === undefined) {
      return this.#doubt(attribute, `is used here by \`.${name}\`, which can't be followed`);
    }
    this.#use({ at, path: [...path, name], how: "attribute" }, attribute, certainty);
    const outer = outermost(attribute);
    if (this.#isRead(attribute)) return;
    this.#writes.push(outer);
    const deeper = namesBehind(this.#module, attribute);
    const put = isTakenOver(this.#module, outer) ? newValue(outer) : undefined;
    const wrong =
      put && deeper.length === 0 && path.length === 0 ? wrongClass(this.#module, name, put) : undefined;
    if (wrong) this.found.remarks.push(wrong);
    this.#change([...path, name, ...deeper], node ?? attribute, newValue(outer) ?? outer);
  }

  /** The request as bytes: sent to LiveKit, as they mostly are, they may be others. */
  #written(attribute: Node, name: string): void {
    const call = attribute.is("function") ? attribute.parent : undefined;
    if (/FromString\b/.test(this.#module.text)) {
      return this.#doubt(attribute, "is written here as bytes, which are read again in this file", "review");
    }
    const list = call?.parent?.type === "keyword_argument" ? call.parent.parent : call?.parent;
    const isSent = list?.type === "argument_list" && SENT.test(this.#text(list.parent ?? list));
    if (!call || name === "IsInitialized" || call.parent?.type === "expression_statement" || isSent) return;
    if (isShown(this.#module, call)) return;
    this.#doubt(call, "becomes bytes here, which are others afterwards", "review");
  }

  #wrapperReached(attribute: Node, from: Node, certainty: Certainty): void {
    const { parent } = attribute;
    const list = parent?.type === "argument_list" ? parent : undefined;
    const callee = list?.parent?.field("function");
    if (parent?.type === "attribute") return this.#field(parent, [WRAPPER], from, certainty);
    if (list && callee && BY_NAME.includes(this.#text(callee)) && list.parts[0] === attribute) {
      const literal = list.parts[1];
      const name = knownText(this.#module.text, literal);
      if (literal && name !== undefined) {
        const at = { start: from.end, end: literal.end };
        const call = list.parent ?? list;
        if (this.#text(callee) === "setattr") this.#change([WRAPPER, name], literal, list.parts[2]);
        return this.#use({ at, path: [WRAPPER, name], how: this.#text(callee) }, call, certainty);
      }
    }
    this.#use(
      { at: { start: from.end, end: attribute.end }, path: [WRAPPER], how: "attribute" },
      attribute,
      certainty,
    );
    this.#change([WRAPPER], attribute.field("attribute") ?? attribute, undefined);
  }

  #subscript(object: Node, subscript: Node, certainty: Certainty): void {
    const key = subscript.field("subscript");
    const name = knownText(this.#module.text, key);
    if (this.#access === "attributes" || !key || key.type !== "string" || name === undefined) {
      return this.#doubt(subscript, "has a field that is only known when the program runs");
    }
    let path = [name];
    let outer = subscript;
    let last = key;
    const isWrapper = requestField(name) === WRAPPER;
    if (isWrapper && subscript.parent?.type === "attribute" && subscript.is("object")) {
      return this.#dictMethod(subscript, subscript.parent, certainty, object, [name]);
    }
    if (isWrapper && subscript.parent?.type === "subscript" && subscript.is("value")) {
      const inner = subscript.parent.field("subscript");
      const field = knownText(this.#module.text, inner);
      if (inner && field !== undefined) {
        path = [name, field];
        outer = subscript.parent;
        last = inner;
      }
    }
    this.#use({ at: { start: object.end, end: last.end }, path, how: "key" }, outer, certainty);
    const whole = outermost(outer);
    if (whole.parent?.type === "delete_statement") return this.#doubt(whole, "loses a field here");
    if (this.#isRead(outer)) return;
    this.#writes.push(whole);
    this.#change([...path, ...namesBehind(this.#module, outer)], last, newValue(whole) ?? whole);
  }

  #dictMethod(object: Node, attribute: Node, certainty: Certainty, from = object, path: string[] = []): void {
    const name = this.#text(attribute.field("attribute") ?? attribute);
    const list = attribute.is("function") ? attribute.parent?.field("arguments") : undefined;
    const [literal] = list?.parts ?? [];
    const key = literal?.type === "string" ? knownText(this.#module.text, literal) : undefined;
    if (!list || !literal || key === undefined || (name !== "get" && name !== "setdefault")) {
      return this.#doubt(attribute, `is used here by \`.${name}\`, which can't be followed`);
    }
    const at = { start: from.end, end: literal.end };
    this.#use({ at, path: [...path, key], how: name }, attribute, certainty);
    if (name === "setdefault") {
      this.#writes.push(list);
      this.#change([...path, key], literal, list.parts[1]);
    }
  }

  /** Whether a field is only compared, tested, printed or asked for its length. */
  #isRead(field: Node): boolean {
    const { parent } = field;
    if (parent?.type === "argument_list") {
      const callee = parent.parent?.field("function");
      return callee !== undefined && (READERS.test(this.#text(callee)) || isShown(this.#module, field));
    }
    return parent !== undefined && READING.test(parent.type) && !field.is("left");
  }

  #use(use: Use, where: Node, certainty: Certainty): void {
    if (showsItsText(where))
      return this.#doubt(where, "is reached into by an expression whose text is printed");
    if (certainty === "own") {
      this.found.uses.push(use);
      return;
    }
    this.#readers.push({ where, field: use.path.at(-1) ?? "", certainty });
  }

  /** One remark for all places where a field is reached of what may be another request; says whether there are any. */
  nameReaders(): boolean {
    for (const certainty of ["foreign", "maybe"] as const) {
      const [first, ...others] = this.#readers
        .filter((one) => one.certainty === certainty)
        .toSorted((a, b) => a.where.start - b.where.start);
      if (!first) continue;
      const fields = [...new Set([first, ...others].map(({ field }) => `\`${field}\``))].join(", ");
      const owner = first.where.within("function_definition")?.field("name");
      const whose = owner ? `\`${this.#text(owner)}\`` : "this";
      const message =
        certainty === "foreign"
          ? `${whose} reaches into ${fields} of a request that comes from elsewhere, which may be this one`
          : `${fields} is reached into here where this request may stand, or something else`;
      const { start, end } = first.where;
      const also = others.map(({ where }) => ({ start: where.start, end: where.end }));
      const remark: Remark = { code: "unfollowed-use", at: { start, end }, message, weighs: "manual" };
      this.found.remarks.push(also.length > 0 ? { ...remark, also } : remark);
    }
    return this.#readers.length > 0;
  }

  /** Something is put into, or done with, what this path leads to. */
  #change([key = "", ...deeper]: readonly string[], at: Span, value: Node | undefined): void {
    const span = { start: value?.start ?? at.start, end: value?.end ?? at.end };
    const { start, end } = at;
    let put: Value = { kind: "code", ...span, raw: codeOf(this.#module, span) };
    // What is set deep in a field is a part of what the field is.
    for (const name of deeper.toReversed()) {
      put = { kind: "object", ...span, members: [{ key: name, at: { start, end }, value: put }] };
    }
    this.found.changed.push({ key, at: { start, end }, value: put });
  }
}

const BY_NAME = ["setattr", "getattr", "hasattr", "delattr"];
const METHODS = ["HasField", "ClearField"];
const WHOLE = ["SerializeToString", "SerializePartialToString", "ByteSize", "IsInitialized"];
const READERS =
  /^(print|pprint|repr|str|len|type|id|isinstance|bool|format|debug|info|warning|error|exception|log|echo)$/;
const READING =
  /^(comparison_operator|not_operator|interpolation|boolean_operator|binary_operator|if_statement|elif_clause|while_statement|assert_statement)$/;
/** How many steps a request is followed, and how many values its variable may get. */
const FARTHEST = 200;
const MOST_BINDS = 50;
/** In the arguments of somebody's own function that takes the name of LiveKit's method. */
const SENDS = /["'/](Create|Update)SIPDispatchRule["']/;
const BY_STRING = /\b(eval|exec|locals|globals|vars)\(/;
/** The arguments of a call that sends something to LiveKit, or to a server at all. */
const SENT = /SIPDispatchRule|^[\w.]*\b(post|request|put|urlopen|Request)\(/;

function weaker(certainty: Certainty): Certainty {
  return certainty === "own" ? "maybe" : certainty;
}

/** `x = None`, `x: T`, `del x`: what gives a variable no value that could be reached into. */
function isEmptyBind(bind: Node): boolean {
  const right = bind.parent?.type === "assignment" && bind.is("left") ? bind.parent.field("right") : bind;
  return right === undefined || right.type === "none";
}

/** The expression that grows out of a field: `request.room_config.agents.append(x)`. */
function outermost(field: Node): Node {
  let node = field;
  while (
    (node.parent?.type === "attribute" && node.is("object")) ||
    (node.parent?.type === "subscript" && node.is("value")) ||
    (node.parent?.type === "call" && node.is("function"))
  ) {
    node = node.parent;
  }
  return node;
}

/** The names of fields, or keys, that are reached one behind the other in what an expression gives. */
function namesBehind(module: Module, field: Node): string[] {
  const names: string[] = [];
  for (let node = field; node.parent; node = node.parent) {
    const { parent } = node;
    if (parent.type === "attribute" && node.is("object") && !parent.is("function")) {
      names.push(textOf(module, parent.field("attribute") ?? parent));
    } else if (parent.type === "subscript" && node.is("value")) {
      const key = knownText(module.text, parent.field("subscript"));
      if (key === undefined) break;
      names.push(key);
    } else break;
  }
  return names;
}

/** What a statement puts into a field: the right side, the arguments. */
function newValue(outer: Node): Node | undefined {
  if (outer.parent?.type === "assignment" || outer.parent?.type === "augmented_assignment") {
    return outer.is("left") ? outer.parent.field("right") : undefined;
  }
  if (outer.type !== "call") return undefined;
  const parts = outer.field("arguments")?.parts ?? [];
  return parts.length === 1 ? parts[0] : outer;
}

/** Whether a node stands in `{…=}` of an f-string, which prints the expression itself. */
function showsItsText(node: Node): boolean {
  for (let one = node.within("interpolation"); one; one = one.within("interpolation")) {
    if (one.children.some((child) => child.type === "=")) return true;
  }
  return false;
}

function statementOf(node: Node): Node | undefined {
  let one: Node | undefined = node;
  while (one && one.parent?.type !== "block" && one.parent?.type !== "module") one = one.parent;
  return one;
}

function endOfStatement(node: Node): number {
  return statementOf(node)?.end ?? node.end;
}

/** Whether two nodes run again and again in one loop, for a value that is older than the loop. */
function shareLoop(a: Node, b: Node, value: Node): boolean {
  for (let loop = a.within(...LOOPS); loop; loop = loop.within(...LOOPS)) {
    if (loop.holds(b) && !loop.holds(value)) return true;
  }
  return false;
}

/** Decorators that hand on what a function returns, and do nothing else with it. */
const HARMLESS =
  /^@\s*(staticmethod|classmethod|override|abstractmethod|abc\.abstractmethod|typing\.override)\s*$/;
const LOOPS = ["for_statement", "while_statement"];
