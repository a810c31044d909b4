/** A language, and which files are written in it. */
export interface Language {
  id: string;
  /** Told by the name of the file, without what marks it as an example or a template. */
  matches(path: string): boolean;
  /** Its names in the info strings of fences, in small letters, beside its id. */
  names?: readonly string[];
  /** The programs that a script's first line names to be run by. */
  interpreters?: RegExp;
  /** True if it is written for people to read. */
  isDocument?: true;
  /** The largest file that is read, in bytes. */
  limit: number;
  /** For one that is read by its brackets: what a person calls it, and how it writes comments and strings. */
  brackets?: Brackets;
}

/** The differences between languages that are read by their brackets. */
export interface Brackets {
  name: string;
  /** True if `#` begins a comment. */
  hash: boolean;
  singleQuotes: boolean;
  /** True if it is text or commands with requests in it, and no code itself. */
  around?: "text" | "commands";
}

const MEBIBYTE = 1024 * 1024;
const DATA = 64 * MEBIBYTE;
const SOURCE = 4 * MEBIBYTE;

/** The language, and the ending, of a text of which no more is known. */
export const UNKNOWN_TEXT = "unknown-text";

/** Files that record what was sent or shown: nothing of them is sent again. */
export const RECORD = /\.(log|out|err|map|snap|diff|patch|rej|csv|tsv|svg|lock)$/i;

/** Languages in which requests are found and not rewritten. */
const CODE: readonly {
  id: string;
  name: string;
  endings: string;
  names: readonly string[];
  hash?: boolean;
  singleQuotes?: boolean;
  interpreters?: RegExp;
  /** True if it is text or commands with requests in it, and no code itself. */
  around?: "text" | "commands";
}[] = [
  { id: "typescript", name: "TypeScript", endings: "[cm]?tsx?", names: ["ts", "tsx"], singleQuotes: true },
  {
    id: "javascript",
    name: "JavaScript",
    endings: "[cm]?jsx?|vue|svelte",
    names: ["js", "jsx", "node"],
    singleQuotes: true,
    interpreters: /\b(node|nodejs|bun|deno)\b/,
  },
  { id: "go", name: "Go", endings: "go", names: ["golang"] },
  {
    id: "ruby",
    name: "Ruby",
    endings: "rb|rake",
    names: ["rb"],
    hash: true,
    singleQuotes: true,
    interpreters: /\bruby\b/,
  },
  { id: "rust", name: "Rust", endings: "rs", names: ["rs"] },
  { id: "kotlin", name: "Kotlin", endings: "kts?", names: ["kt"] },
  { id: "java", name: "Java", endings: "java", names: [] },
  { id: "php", name: "PHP", endings: "php", names: [], hash: true, singleQuotes: true },
  { id: "csharp", name: "C#", endings: "cs", names: ["cs", "c#"] },
  { id: "elixir", name: "Elixir", endings: "exs?", names: ["ex", "exs"], hash: true, singleQuotes: true },
  { id: "dart", name: "Dart", endings: "dart", names: [], singleQuotes: true },
  { id: "terraform", name: "Terraform", endings: "tf|hcl|tofu", names: ["tf", "hcl"], hash: true },
  { id: "restructuredtext", name: "reStructuredText", endings: "rst", names: ["rst"], around: "text" },
  { id: "asciidoc", name: "AsciiDoc", endings: "adoc|asciidoc|asc", names: ["adoc"], around: "text" },
  { id: "batch", name: "batch files", endings: "bat|cmd", names: ["bat", "cmd"], around: "commands" },
  // The elements of pages; no file is called so.
  { id: "elements", name: "HTML and JSX", endings: "elements", names: [], around: "text" },
  { id: UNKNOWN_TEXT, name: "this kind of file", endings: UNKNOWN_TEXT, names: [], around: "commands" },
];

/** The languages, the more particular first. `readers.ts` says how each is read. */
export const languages: readonly Language[] = [
  {
    id: "ndjson",
    matches: (path) => /\.(ndjson|jsonl)$/i.test(path),
    names: ["jsonl", "jsonlines"],
    limit: DATA,
  },
  {
    id: "json",
    matches: (path) => /\.(json|jsonc|json5|code-workspace|har)$/i.test(path),
    names: ["jsonc", "json5"],
    limit: DATA,
  },
  {
    id: "yaml",
    matches: (path) => /\.ya?ml$/i.test(path),
    names: ["yml"],
    limit: SOURCE,
  },
  {
    id: "markdown",
    matches: (path) => /\.(md|markdown|mdc|qmd|rmd)$/i.test(path),
    names: ["md"],
    isDocument: true,
    limit: SOURCE,
  },
  {
    id: "mdx",
    matches: (path) => /\.mdx$/i.test(path),
    isDocument: true,
    limit: SOURCE,
  },
  {
    id: "shell",
    matches: (path) =>
      /\.(sh|bash|zsh|ksh|bats|command)$|(^|\/)\.?(envrc|bashrc|zshrc|profile)$|(^|\/|\.)env$|(^|\/)\.env\.[\w-]+$/i.test(
        path,
      ),
    interpreters: /\b(ba|z|k|da|a)?sh\b|\bbats\b/,
    names: ["sh", "bash", "zsh", "ksh", "console", "terminal", "shellscript", "shell-session", "sh-session"],
    limit: SOURCE,
  },
  {
    id: "make",
    matches: (path) => /(^|\/)(gnu|bsd)?makefile$|\.(mk|mak|make)$/i.test(path),
    names: ["makefile", "mk"],
    limit: SOURCE,
  },
  {
    id: "just",
    matches: (path) => /(^|\/)\.?justfile$|\.just$/i.test(path),
    names: ["justfile"],
    limit: SOURCE,
  },
  {
    id: "docker",
    matches: (path) => /(^|\/)(docker|container)file(\.[\w-]+)?$|\.(docker|container)file$/i.test(path),
    names: ["dockerfile", "containerfile"],
    limit: SOURCE,
  },
  {
    id: "powershell",
    matches: (path) => /\.(ps1|psm1|psd1)$/i.test(path),
    interpreters: /\bpwsh\b/,
    names: ["ps1", "pwsh", "ps"],
    limit: SOURCE,
  },
  {
    id: "notebook",
    matches: (path) => /\.ipynb$/i.test(path),
    names: ["ipynb"],
    isDocument: true,
    limit: DATA,
  },
  {
    id: "python",
    matches: (path) => /\.pyi?$/i.test(path),
    interpreters: /\bpython[\d.]*\b/,
    names: ["py", "python3"],
    limit: SOURCE,
  },
  {
    id: "http",
    matches: (path) => /\.(http|rest)$/i.test(path),
    names: ["rest"],
    limit: SOURCE,
  },
  ...CODE.map(({ id, name, endings, names, hash = false, singleQuotes = false, interpreters, around }) => {
    let ending: RegExp | undefined;
    return {
      id,
      matches: (path: string) => (ending ??= new RegExp(String.raw`\.(${endings})$`, "i")).test(path),
      names,
      ...(interpreters && { interpreters }),
      ...(around === "text" && { isDocument: true as const }),
      limit: SOURCE,
      brackets: { name, hash, singleQuotes, ...(around && { around }) },
    };
  }),
];

/**
 * The endings of names of files that are copied and filled in, or kept: `rule.json.example`, `rule.yaml.tmpl`,
 * `rule.json~`. docs/migrate.md names the same.
 */
const TEMPLATE =
  /(\.(example|sample|template|tmpl|gotmpl|tpl|dist|default|in|j2|jinja2?|erb|ejs|mustache|hbs|liquid|orig|bak|old|txt)|~)+$/i;

/** Tells whether a file is a test of a program, or what one reads, by its path: nobody sends the rules in it. */
export function isOfTests(path: string): boolean {
  const isCode = !["json", "ndjson", "yaml"].includes(languageOf(path)?.id ?? "");
  return OF_TESTS.test(path) || (isCode && TEST.test(path));
}

const OF_TESTS = /(^|\/)(__tests__|__mocks__|__snapshots__|testdata|test[_-]?fixtures?|golden)\//i;
const TEST =
  /(^|\/)(tests?|specs?|e2e)\/|(^|\/)(test_[^/]+|conftest)\.py$|_test\.(go|py|rb|exs|dart)$|_spec\.rb$|[.-](test|spec)\.[cm]?[jt]sx?$|Tests?\.(java|kt|cs|php)$/i;

/** Tells whether a file is one that is copied and filled in, or kept, by its name. */
export function isTemplate(path: string): boolean {
  return TEMPLATE.test(path);
}

/**
 * The language in which a file is written, by its name, else by the program that its first line names. Undefined
 * where neither tells.
 */
export function languageOf(
  path: string,
  firstLine = "",
  known: readonly Language[] = languages,
): Language | undefined {
  const name = path.replace(TEMPLATE, "");
  const [, interpreter] = /^\uFEFF?#!(.*)/.exec(firstLine) ?? [];
  return (
    known.find((language) => language.matches(name)) ??
    (interpreter === undefined ? undefined : languageRunBy(interpreter, known))
  );
}

/** The language of the programs that a command runs: `python3`, `/usr/bin/env bash`. */
export function languageRunBy(command: string, known: readonly Language[] = languages): Language | undefined {
  return known.find(({ interpreters }) => interpreters?.test(command));
}

/** The language of a file that somebody names: JSON where nothing tells. Standard input has the path `-`. */
export function languageOfNamed(
  path: string,
  firstLine = "",
  known: readonly Language[] = languages,
): Language {
  const language = languageOf(path, firstLine, known) ?? known.find(({ id }) => id === "json");
  if (!language) throw new Error("JSON is not registered");
  return language;
}

/** The language that goes by this name in documents, whatever its case. */
export function languageNamed(name: string): Language | undefined {
  const wanted = name.toLowerCase();
  return languages.find(({ id, names }) => id === wanted || names?.includes(wanted));
}

/** Tells whether a file is written for people to read, by its name. */
export function isDocument(path: string): boolean {
  return languageOf(path)?.isDocument ?? false;
}

/** The language with this id. */
export function languageWithId(id: string): Language {
  const language = languages.find((candidate) => candidate.id === id);
  if (!language) throw new Error(`no language is registered as ${id}`);
  return language;
}
