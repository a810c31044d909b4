import { requestField, WRAPPER } from "../../rule/fields.ts";
import type { Span } from "../../rule/value.ts";
import type { Node } from "../source/tree.ts";
import type { Mention } from "../syntax.ts";
import { calledName, callsNamed, functionsCalled, positional } from "./calls.ts";
import { bound, type Carrier, carriedOn } from "./carry.ts";
import { type Module, textOf } from "./names.ts";
import { modelKeys } from "./models.ts";
import { openedBy, pathsOf } from "./paths.ts";
import { commandVerbs, wordsOf } from "./purpose.ts";
import { knownText } from "./strings.ts";
import { dictKeys, onlyValueOf, written, writtenFile } from "./written.ts";

/**
 * What a text does with files that it reads or writes by name: which keys it reads of what it parses, whether it sends
 * that to LiveKit, and which files it makes.
 */
export function fileMentions(module: Module): Mention[] {
  const mentions: Mention[] = [];
  const copied = new Set<Node>();
  for (const { call, name } of callsNamed(module, LOADS)) {
    const path = parsedFile(module, call, name);
    if (path) mentions.push(...new Reader(module, path, copied).follow(call));
  }
  // The text of a file may be sent without being parsed.
  for (const { call, name, object } of callsNamed(module, OPENS)) {
    const path = openedBy(module, call) ?? (name.startsWith("read") ? object : undefined);
    if (path) mentions.push(...new Reader(module, path, copied).follow(call, true));
  }
  for (const { call } of callsNamed(module, COPIES)) mentions.push(...filesCopied(module, call));
  for (const { call } of callsNamed(module, WRITES)) {
    if (!copied.has(call)) mentions.push(...written(module, call));
  }
  return mentions.toSorted((a, b) => a.at.start - b.at.start);
}

const LOADS = /(?:safe_|full_)?loads?|_?(?:load|read)_\w+/;
const OPENS = /open|read_text|read_bytes/;
const COPIES = /copy2?|copyfile|move|rename|replace|link|symlink|hardlink_to|symlink_to|put/;
const WRITES = /(?:safe_)?dump|write|write_text/;

/** What is said of a file that a call copies, or gives another name: `shutil.copy(a, b)`, `Path(a).rename(b)`, `sftp.put(a, b)`. */
function filesCopied(module: Module, call: Node): Mention[] {
  const args = positional(call);
  const object = call.field("function")?.field("object");
  const isOfModule = object === undefined || /^(shutil|os|aioshutil)$/.test(textOf(module, object));
  const [from, to] = isOfModule || calledName(module, call) === "put" ? args : [object, ...args];
  if (!from || !to) return [];
  const files = pathsOf(module, from).filter(isData);
  const { start, end } = call;
  return files.flatMap((file) =>
    pathsOf(module, to).flatMap((name): Mention[] => {
      const said = { does: "copy" as const, at: { start, end }, file, alike: true as const };
      // A folder gets a file of the same name.
      return [
        { ...said, to: name },
        ...(isData(name) ? [] : [{ ...said, to: `${name}/${file.slice(file.lastIndexOf("/") + 1)}` }]),
      ];
    }),
  );
}

function isData(path: string): boolean {
  return /\.(json[c5]?|ya?ml|tmpl|tpl|j2)$/i.test(path);
}

/** The path of the file that a call parses. */
function parsedFile(module: Module, call: Node, name: string): Node | undefined {
  if (/^read_(text|bytes)$/.test(name)) return undefined;
  const [first] = positional(call);
  const path = openedBy(module, first);
  if (path || !first || !/^_?(load|read)_\w+$/.test(name)) return path;
  // A function from elsewhere that is called like one that reads a file, given the name of one.
  const isNamed = pathsOf(module, first).some((one) => /\.\w+$/.test(one));
  return isNamed && functionsCalled(module, call).length === 0 ? first : undefined;
}

/** The call that an expression is an argument of. */
function callGiven({ parent }: Node): Node | undefined {
  const list = parent?.type === "keyword_argument" ? parent.parent : parent;
  return list?.type === "argument_list" && list.parent?.type === "call" ? list.parent : undefined;
}

/** In a text that people write, what was read goes through a few names. */
const MOST_STEPS = 2000;

/** What is followed: parsed, or the text of a file or its handle. */
interface Followed extends Carrier {
  raw: boolean;
}

/** Follows what a file holds. */
class Reader {
  readonly #module: Module;
  readonly #path: Node;
  readonly #copies: Set<Node>;
  readonly #open: Followed[] = [];
  readonly #found: (Pick<Mention, "does" | "keys" | "to" | "sets"> & { at: Node; by: Carrier })[] = [];
  /** Whether the code asks for the wrapper, so that it knows both forms. */
  #knowsWrapper = false;

  constructor(module: Module, path: Node, copies: Set<Node>) {
    this.#module = module;
    this.#path = path;
    this.#copies = copies;
  }

  /** The mentions of the file whose content the call gives. */
  follow(call: Node, raw = false): Mention[] {
    this.#open.push({ node: call, raw });
    const seen = new Set<Node>();
    for (let next = this.#open.pop(); next && seen.size < MOST_STEPS; next = this.#open.pop()) {
      if (seen.has(next.node)) continue;
      seen.add(next.node);
      this.#followOne(next);
    }
    return this.#found
      .filter(({ does }) => does !== "read" || !this.#knowsWrapper)
      .flatMap(({ at: { start, end }, by, ...mention }) =>
        pathsOf(this.#module, this.#path, by.given).map((file) => ({ ...mention, at: { start, end }, file })),
      )
      .filter(({ file, to }) => file !== to);
  }

  #followOne(by: Followed): void {
    const call = callGiven(by.node);
    const isSent = call !== undefined && this.#sent(call, by);
    const on = carriedOn(this.#module, by);
    // `json.load` in a function `load` looks like a call of that.
    if (on?.every(({ node }) => node === by.node) && !by.raw) this.#left(by);
    if (on) this.#open.push(...on.map((one) => ({ ...one, raw: by.raw })));
    else if (by.raw) this.#usedRaw(by, call);
    else if (!isSent) this.#used(by, call);
  }

  /** Nothing of the text uses it, so that others may: a function returns it, or it is a name of the module. */
  #left(by: Carrier): void {
    const { parent } = by.node;
    const isName = parent?.type === "assignment" && !parent.within("function_definition");
    if (parent && (isName || parent.type === "return_statement")) this.#read(by, parent);
  }

  #text(span: Span | undefined): string {
    return span ? textOf(this.#module, span) : "";
  }

  #read(by: Carrier, at: Node, keys?: readonly string[], sets = false): void {
    if (keys?.some((key) => requestField(key) === WRAPPER)) this.#knowsWrapper = true;
    if (keys?.length === 0) return;
    this.#found.push({ does: "read", at, by, ...(keys && { keys }), ...(sets && { sets }) });
  }

  #on(node: Node | undefined, { given }: Carrier, raw = false): void {
    if (node) this.#open.push({ node, given, raw });
  }

  /** Whether a call sends to LiveKit what it is given. */
  #sent(call: Node, by: Carrier): boolean {
    const words = wordsOf(this.#module, call);
    const does = /CreateSIPDispatchRule/.test(words)
      ? "create"
      : /UpdateSIPDispatchRule|SIPDispatchRuleInfo|\bupdate_(sip_)?dispatch_rule/.test(words)
        ? "update"
        : undefined;
    if (does) this.#found.push({ does, at: call, by });
    return does !== undefined;
  }

  /** A handle, or a text, is only of interest where it is sent or written. */
  #usedRaw(by: Carrier, call: Node | undefined): void {
    const { node } = by;
    const { parent } = node;
    if (parent?.type === "as_pattern") {
      const target = parent.parts.find(({ type }) => type === "as_pattern_target");
      for (const one of bound(this.#module, target?.parts[0])) this.#on(one.node, by, true);
    } else if (parent?.type === "attribute" && node.is("object") && parent.is("function")) {
      if (TEXTS.test(this.#text(parent.field("attribute")))) this.#on(parent.parent, by, true);
    } else if (parent?.type === "binary_operator") {
      this.#on(parent, by, true);
    } else if (call && /^write(_text|_bytes)?$/.test(calledName(this.#module, call))) {
      this.#copied(by, call);
    } else if (call && MAKES_TEXT.test(calledName(this.#module, call))) {
      this.#on(call, by, true);
    } else if (call && PARSES_MODEL.test(calledName(this.#module, call))) {
      this.#read(by, call, modelKeys(this.#module, call.field("function")));
    } else if (call) this.#input(by, call);
  }

  /** A command that reads it as its input: `subprocess.run(["lk", …, "-"], stdin=open(path))`. */
  #input(by: Carrier, call: Node): void {
    for (const does of commandVerbs(this.#module, call)) this.#found.push({ does, at: call, by });
  }

  #used(by: Carrier, call: Node | undefined): void {
    const { node } = by;
    const { parent } = node;
    switch (parent?.type) {
      case "subscript":
        if (!node.is("value")) return;
        return this.#read(by, parent, this.#keysOf(parent.field("subscript")), this.#isChanged(parent));
      case "attribute":
        return node.is("object") ? this.#method(by, parent) : undefined;
      case "comparison_operator":
        return this.#compared(by, parent);
      case "for_statement":
      case "for_in_clause":
      case "list_splat":
        return this.#read(by, parent);
      case "dictionary_splat":
        return parent.parent ? this.#spread(by, parent.parent) : undefined;
      case "pair":
        return node.is("value") ? this.#putUnder(parent.field("key"), by, parent) : undefined;
      case "keyword_argument":
        this.#putUnder(parent.field("name"), by, parent);
        break;
      default:
    }
    if (call) this.#given(by, call);
  }

  /** The key that an expression names; undefined where it is only known when the program runs. */
  #keysOf(key: Node | undefined): string[] | undefined {
    const value = key?.type === "identifier" ? onlyValueOf(this.#module, key) : key;
    const known = knownText(this.#module.text, value);
    return known === undefined ? undefined : [known];
  }

  /** Whether a value that was looked up, or something deep in it, is set, deleted or changed in place. */
  #isChanged(lookup: Node): boolean {
    let node = lookup;
    while (node.parent?.type === "subscript" && node.is("value")) node = node.parent;
    const { parent } = node;
    if (parent?.type === "attribute" && node.is("object") && parent.is("function")) {
      return CHANGES.test(this.#text(parent.field("attribute")));
    }
    return (
      parent?.type === "delete_statement" || (parent?.type.endsWith("assignment") === true && node.is("left"))
    );
  }

  #method(by: Carrier, attribute: Node): void {
    const call = attribute.is("function") ? attribute.parent : undefined;
    const [first] = call ? positional(call) : [];
    switch (this.#text(attribute.field("attribute"))) {
      case "get":
        return this.#read(by, attribute, this.#keysOf(first), call && this.#isChanged(call));
      case "pop":
      case "setdefault":
        return this.#read(by, attribute, this.#keysOf(first), true);
      case "copy":
        return this.#on(call, by);
      case "update":
        return this.#read(by, attribute, first ? dictKeys(this.#module, first) : this.#keywords(call), true);
      default:
        return this.#read(by, attribute);
    }
  }

  #keywords(call: Node | undefined): string[] {
    return (call?.field("arguments")?.parts ?? []).flatMap((part) =>
      part.type === "keyword_argument" ? [this.#text(part.field("name"))] : [],
    );
  }

  #compared(by: Carrier, comparison: Node): void {
    const operator = comparison.children.map((child) => (child.named ? "" : this.#text(child))).join(" ");
    if (/\bis\b/.test(operator)) return;
    const other = comparison.parts.find((part) => part !== by.node);
    const keys = /\bin\b/.test(operator) ? this.#keysOf(other) : other && dictKeys(this.#module, other);
    this.#read(by, comparison, keys);
  }

  /** `**` of it, in a call or in a dict: what stands beside it would stand beside the wrapper. */
  #spread(by: Carrier, into: Node): void {
    if (into.type === "dictionary") {
      this.#read(by, into, dictKeys(this.#module, into), true);
      return this.#on(into, by);
    }
    const call = into.parent;
    if (call?.type !== "call") return;
    if (calledName(this.#module, call) === "dict") {
      this.#read(by, call, this.#keywords(call), true);
      return this.#on(call, by);
    }
    // The constructor takes a dict for `dispatch_rule`, as it took one for `rule` (livekit-api 1.2.2, by running it).
    const isSent = this.#sent(call, by);
    const keys = isSent ? this.#keywords(call) : modelKeys(this.#module, call.field("function"));
    this.#read(by, call, keys, isSent);
  }

  /** Under these keys LiveKit wants a bare rule. */
  #putUnder(key: Node | undefined, by: Carrier, at: Node): void {
    if (!/^["']?(dispatch_?rule|replace)["']?$/i.test(this.#text(key))) return;
    this.#found.push({ does: "update", at, by });
  }

  /** An argument of a call of something that is not in the text. */
  #given(by: Carrier, call: Node): void {
    const name = calledName(this.#module, call);
    if (/^(dict|copy|deepcopy|OrderedDict|cast)$/.test(name)) this.#on(call, by);
    else if (name.endsWith("dumps")) this.#on(call, by, true);
    else if (name.endsWith("dump")) this.#copied(by, call);
    else if (!SHOWS.test(name)) this.#read(by, call, modelKeys(this.#module, call.field("function")));
  }

  /** It is written to another file, or the same. */
  #copied(by: Carrier, call: Node): void {
    this.#copies.add(call);
    const path = writtenFile(this.#module, call);
    for (const to of path ? pathsOf(this.#module, path, by.given) : []) {
      this.#found.push({ does: "copy", at: call, by, to });
    }
  }
}

const PARSES_MODEL = /^(model_validate_json|parse_raw|from_json|schema_loads)$/;
/** What makes another text of one, or of a template: functions and methods. */
const MAKES_TEXT = /^(Template|from_string|sub|subn|expandvars|str|dedent)$/;
const TEXTS =
  /^(read|decode|encode|l?strip|rstrip|replace|format|format_map|substitute|safe_substitute|render|expandtabs)$/;

const CHANGES = /^(append|extend|insert|remove|clear|update|pop|popitem|setdefault|sort|reverse)$/;

/** What is done to a value by functions that look at no key of it. */
const SHOWS =
  /^(print|pprint|pp|repr|str|len|type|id|isinstance|bool|format|debug|info|warning|error|exception|log|echo|append)$/;
