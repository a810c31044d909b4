import { allDocuments, type Document, documentIds } from "../sources/document.ts";
import { formOf } from "../rule/form.ts";
import { requestField, WRAPPER } from "../rule/fields.ts";
import type { ObjectValue, Span, Value } from "../rule/value.ts";
import { knownText, type PartlyKnown, type Path, pathOf, templateText } from "../sources/partly-known.ts";
import { positions } from "../sources/position.ts";
import { outerSpan } from "../sources/region.ts";
import type { Site } from "../sources/syntax.ts";
import { functionsIn } from "./code/bindings.ts";
import { importsIn } from "./code/imports.ts";
import { isPage } from "./file-names.ts";
import { codeStatements } from "./code/statements.ts";
import { type FlowIndex, heldKey, indexOf } from "./flow.ts";
import { shellStatements } from "./shell/statements.ts";
import { IN_DATA, siteId } from "./site-id.ts";
import type { PlacedStatement, Statement } from "./statement.ts";
import { Values } from "./bindings.ts";

/** A source as others see it that ask what it does with requests. */
export interface Program {
  /** From the top of the repository, with `/`. */
  path: string;
  statements: readonly PlacedStatement[];
  index: FlowIndex;
  values: Values;
  /** The values that it gives names in the programs that it runs. */
  environment: readonly (readonly [name: string, text: PartlyKnown])[];
  /** The files of data that its text names, also in remarks. */
  named: ReadonlySet<Path>;
  /** The modules of the repository that it may import, by their paths without endings. */
  imports: readonly string[];
  /** The functions that it defines, with the names of their parameters. */
  parameters: ReadonlyMap<string, readonly string[]>;
  /** Its contents: the regions of data and the sites in code, by the ids of their documents. */
  held: readonly HeldRequest[];
}

/** A request that is written in a program. */
export interface HeldRequest {
  /** By which it is asked for: that of its document, and for a site in code where it begins. */
  id: string;
  /** Where its program has it: `heldKey`. */
  key: string;
  isCode: boolean;
  /** The name in capitals that it is given to, by which programs find it in their environment. */
  name?: string;
}

/** Reads what the documents of a source do with requests. Takes any text. */
export function programOf(path: string, root: Document): Program {
  const ids = documentIds(root);
  const values = new Values();
  // What the names in all of them stand for has to be known before files are named by them.
  const documents = allDocuments(root).flatMap((document) =>
    document.isShown || document.old ? [] : [{ document, read: statementsOf(document, values) }],
  );
  const isOfPage = isPage(path);
  const statements = documents.flatMap(({ document, read }) => {
    const own = placed(read(), ids.get(document) ?? "", document.syntaxId === "shell", document.place);
    return isOfPage && document !== root ? inBlock(own, document.syntaxId) : own;
  });
  const code = documents.filter(({ document }) => !NO_CODE.has(document.syntaxId));
  const parameters = new Map(code.flatMap(({ document }) => [...functionsIn(document.text)]));
  for (const { document } of documents.filter((one) => one.document.syntaxId === "shell"))
    for (const [, name = ""] of document.text.matchAll(SHELL_FUNCTION)) parameters.set(name, []);
  return {
    path,
    values,
    environment: [...values.inCapitals(), ...givenIn(root.text)],
    named: root.syntaxId.endsWith("json") ? new Set() : namedIn(root.text),
    statements,
    index: indexOf(statements, isOfPage),
    imports: isOfPage ? [] : importsIn(root.text, path),
    parameters,
    held: heldIn(root, ids),
  };
}

/** Keeps nothing of a document but what gives the places in it. */
function placed(
  statements: readonly Statement[],
  document: string,
  isShell: boolean,
  place: Document["place"],
): PlacedStatement[] {
  const lineOf = (offset: number): number => place(offset).line;
  return statements.map((statement) => ({ ...statement, document, isShell, lineOf }));
}

function inBlock(statements: readonly PlacedStatement[], language: string): PlacedStatement[] {
  const binds = new Set(statements.flatMap(({ steps }) => steps.flatMap((step) => step.binds)));
  const block = { language, binds };
  return statements.map((statement) => ({ ...statement, block }));
}

/**
 * The variables and files of which a text says that one names the other: `RULE=sip/rule.json` or `"RULE": "sip/rule.json"`,
 * in a remark, too, or `name: RULE` before `value: sip/rule.json`.
 */
function givenIn(text: string): [name: string, file: PartlyKnown][] {
  if (!NAMES_FILE.test(text)) return [];
  return [...text.matchAll(GIVEN), ...text.matchAll(PAIR)].map(([, name = "", file = ""]) => [
    name,
    templateText(file, /\$[({]\w+[)}]/g),
  ]);
}

const ENDING = String.raw`\.(?:jsonc?|ya?ml|ndjson|jsonl)\b`;
const NAMES_FILE = new RegExp(ENDING);
const FILE = String.raw`["']?((?:[\w./-]|\$[({]\w+[)}]){1,200}${ENDING})`;
const NAME = String.raw`["']?([A-Z][A-Z0-9_]{0,99})["']?`;
const GIVEN = new RegExp(String.raw`(?<![\w$-])${NAME}(?:\s{0,9}(?:[:?]?=|[:,])\s{0,9}|\s{1,9})${FILE}`, "g");
const PAIR = new RegExp(
  String.raw`\b[Nn]ame["']?\s?[:=]\s?${NAME}(?:[,;]\s{0,99}|\s{1,99})["']?[Vv]alue["']?\s?[:=]\s?${FILE}`,
  "g",
);
const NAMED = new RegExp(String.raw`(?<![\w./$}-])[\w./-]{1,200}${ENDING}`, "g");

/** The files of data that a text names. */
function namedIn(text: string): Set<Path> {
  return new Set(Array.from(text.matchAll(NAMED), ([file]) => pathOf(knownText(file))));
}

/** The head of a function in a shell's script: `fill()`. */
const SHELL_FUNCTION = /^[ \t]*([A-Za-z_][\w-]*)[ \t]*\([ \t]*\)/gm;

/** The same of a text in no language that is read. */
export function programOfText(path: string, text: string): Program {
  const values = new Values();
  const code = { text, comments: [], regions: [], sites: [], keys: [] };
  const statements = placed(codeStatements(code, values)(), "", false, positions(text));
  const index = indexOf(statements);
  return {
    path,
    values,
    environment: [...values.inCapitals(), ...givenIn(text)],
    named: namedIn(text),
    statements,
    index,
    imports: [],
    parameters: functionsIn(text),
    held: [],
  };
}

/** Languages that hold data alone, or text for people: what stands in them is no statement. */
const NO_CODE: ReadonlySet<string> = new Set(
  "json ndjson markdown mdx http notebook restructuredtext asciidoc elements make just".split(" "),
);

/**
 * Tells `values` what the names of a document stand for, and returns what reads its statements with what is known by
 * then.
 */
function statementsOf(document: Document, values: Values): () => Statement[] {
  const { syntaxId, text, reading, inner } = document;
  const regions = inner.map(({ region }) => outerSpan(region));
  const told = (): Statement[] =>
    (reading.facts ?? []).map((fact) => {
      const paths = fact.paths.flatMap((path) => values.expand(path)).map((path) => pathOf(path));
      return { steps: [{ ...fact, paths }], captured: [] };
    });
  const { script } = reading;
  if (script) return shellStatements(document, script, regions, values);
  if (syntaxId === "shell" || NO_CODE.has(syntaxId)) return told;
  const requests = reading.sites.filter(isRequest);
  const sites = requests.map(({ at }) => at);
  if (IN_DATA.has(syntaxId) && sites.some((site) => isAll(site, text))) return told;
  const keys = requests.flatMap(({ request }) => keysOf(request));
  const recipes = new Set(
    inner.flatMap(({ document: recipe }, index) => (recipe.syntaxId === "shell" ? [index] : [])),
  );
  const code = { text, comments: reading.comments, regions, sites, keys, recipes };
  const read = codeStatements(code, values);
  return () => [...told(), ...read()];
}

/** Tells whether nothing but blanks stands around a site. */
function isAll({ start, end }: Span, text: string): boolean {
  return text.slice(0, start).trim() + text.slice(end).trim() === "";
}

/** Tells whether a site may be a request: not a manifest or a workflow, whose keys are its own. */
function isRequest({ request, evidence, changed }: Site): boolean {
  return evidence !== undefined || changed !== undefined || formOf(request).form !== "other";
}

/** Where the keys of a request stand, at any depth, but for the wrapper's. */
function keysOf(request: ObjectValue): Span[] {
  const keys: Span[] = [];
  const open: Value[] = [request];
  for (let value = open.pop(); value; value = open.pop()) {
    if (value.kind === "array") open.push(...value.items);
    if (value.kind !== "object") continue;
    for (const member of value.members) {
      if (requestField(member.key) !== WRAPPER) keys.push(member.at);
      open.push(member.value);
    }
  }
  return keys;
}

function heldIn(root: Document, ids: ReadonlyMap<Document, string>): HeldRequest[] {
  return allDocuments(root).flatMap((document) => {
    const id = ids.get(document) ?? "";
    const inner = document.inner.flatMap(({ document: part, region: outer }, region): HeldRequest[] => {
      if (!IN_DATA.has(part.syntaxId) || part.reading.sites.length === 0) return [];
      const name = variableBefore(document.text, outer.toOuter(0));
      return [
        { id: ids.get(part) ?? "", key: heldKey(id, { region }), isCode: false, ...(name && { name }) },
      ];
    });
    const sites = IN_DATA.has(document.syntaxId) ? [] : document.reading.sites;
    const own = sites.map((site): HeldRequest => {
      return { id: siteId(document, id, site), key: heldKey(id, { site: site.at.start }), isCode: true };
    });
    return [...inner, ...own];
  });
}

/** The variable that is given what stands at an offset: `RULE='{ … }'`, `RULE: |`, `name: RULE` before a `value:`. */
function variableBefore(text: string, offset: number): string | undefined {
  const [, one, other] = VARIABLE.exec(text.slice(Math.max(0, offset - LONGEST), offset)) ?? [];
  return one ?? other;
}

const LONGEST = 200;
const VARIABLE =
  /(?<![\w$])(?:([A-Z][A-Z0-9_]*)["']?\s*[:?]?[:=]|name["']?\s*:\s*["']?([A-Z][A-Z0-9_]*)["']?,?\s*["']?value["']?\s*:)\s*(?:[|>][-+]?\s*)?["'$`]*$/;
