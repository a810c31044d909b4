import {
  knownText,
  namesIn,
  OWN_FOLDER,
  type PartlyKnown,
  type Path,
  pathOf,
  templateText,
  unknownPiece,
  withKnown,
} from "../../sources/partly-known.ts";
import type { Values } from "../bindings.ts";

/** The text without what its strings say, in which there are no names, but for what is put into them. */
export function withoutStrings(text: string): string {
  return text.replaceAll(/(["'`])((?:\\.|(?!\1)[^\\\n])*)\1/g, (_, quote: string, inside: string) =>
    /[${%#]/.test(inside)
      ? `${quote}${[...inside.matchAll(/[$%#]?[{(]+\s*([\w.]+)[^})]*[})]+|\$(\w+)/g)].map(([, one, other]) => one ?? other).join(" ")}${quote}`
      : quote + quote,
  );
}

/** How `withVariables` writes what is put into a string: by its last name. */
function placeholder(path: string): string {
  return `\${${lastName(path)}}`;
}

const PLACEHOLDER = String.raw`\$\{[^}]*\}`;
const PLACEHOLDERS = new RegExp(PLACEHOLDER, "g");

/** A piece of a text of `withVariables`, in which its placeholders are not known. */
export function pieceOf(text: string): PartlyKnown {
  if (!text.includes("${")) return knownText(text);
  return templateText(text, PLACEHOLDERS, (found) => unknownPiece(found.slice(2, -1)));
}

/** The text with what is put into its strings as `${name}`, and with texts that are put together as one. */
export function withVariables(text: string): string {
  const said = text
    .replaceAll(/\\\n/g, " ")
    .replaceAll(/\$env:([A-Z][A-Z0-9_]*)\b/gi, "${$1}")
    .replaceAll(
      FROM_ENVIRONMENT,
      (_, name: string, fallback?: string) =>
        `"${placeholder(name)}"${fallback === undefined ? "" : ` or ${fallback}`}`,
    )
    .replaceAll(/(["'`])\s*\+\s*([\w.]+)(?:\([^()]*\))?\s*\+\s*(["'`])/g, (_, _1, name: string) =>
      placeholder(name),
    )
    .replaceAll(/(["'`])\s*\+\s*([\w.]+)/g, (_, quote: string, name: string) => placeholder(name) + quote)
    .replaceAll(
      /(?<![\w.)\]])([\w.]+)\s*\+\s*(["'`])(?=[\w./-])/g,
      (_, name: string, quote: string) => quote + placeholder(name),
    )
    .replaceAll(/[$#]?\{\{?\s*(?:\.?[\w]+\.)*(\w+)(?!\w|\s*:\s)(?:[^{}\n"']{0,60})?\s*\}\}?/g, "${$1}")
    .replaceAll(/\$\((\w+)\)|\$(\w+)/g, "${$1$2}")
    .replaceAll(/%[sdv]/g, "${}");
  return JOINS.test(said)
    ? said
        .replaceAll(
          /(["'])([\w./${}-]+)\1\s*(?:,|\/)\s*(?=(["'])[\w.*${}-]+\.\w+\3)/g,
          (_, quote: string, folder: string) => `${quote}${folder}/`,
        )
        .replaceAll(/(["'][\w./${}-]+\/)(["'])/g, "$1")
    : said;
}

/** How languages ask for a variable of the environment, with what they take where it is not set. */
const FROM_ENVIRONMENT =
  /\b(?:environ(?:\.get)?|process\.env|ENV(?:\.fetch)?|[gG]etenv|env::var|GetEnvironmentVariable)\s*[[(.]\s*["']?([A-Z][A-Z0-9_]*)\b["']?(?:\s*,\s*([^()[\]\n]{1,200}))?[\])]?/g;

/** Puts names of folders and files together. */
const JOINS = /\bjoin\s*\(|\bresolve\s*\(|\bPath\b|\bJoin\s*\(|["']\s*\/\s*["']/;

/** Code that reads a file whose name is a variable. */
const OPENS =
  /\b(?:open|readFile|readFileSync|ReadFile|Open|file_get_contents|ReadAllText|Get-Content|read|cat|load_file)\s*(?:\(\s*)?(?:-(?:Path|Raw)\s+)*\$?([A-Za-z_][\w.]*)\s*(?=[,)\s]|$)/g;

function lastName(path: string): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

/** A word that may be a path; what is called is none. */
const WORD = new RegExp(String.raw`(?:[\w.@~+%/*-]|${PLACEHOLDER})+(?!\w|\()`, "g");
/** The folder of the file itself, as languages call it. */
const ITS_FOLDER = ["PSScriptRoot", "__dirname", "__DIR__"];
const LISTS =
  /\b(?:listdir|scandir|readdir\w*|ReadDir|glob\w*|rglob|iterdir|walk\w*|Glob|Dir|Get-ChildItem|entries|ls|find|fileset)\b/i;

/** The names of files in a text, with what is known of what is put into them. */
export function pathsIn(text: string, values: Values): Path[] {
  const found = Array.from(text.matchAll(WORD), ([word]) => word).filter(
    (word) => word.length < 300 && /\.\w|[/*]/.test(word) && !/^[\d.]+$|^\.+\/?$|^[/*-]+$/.test(word),
  );
  const folders = LISTS.test(text)
    ? Array.from(text.matchAll(/["'`]([\w./-]+)["'`]/g), ([, folder = ""]) =>
        pathOf(knownText(folder), knownText("**/*")),
      )
    : [];
  const opened = Array.from(text.matchAll(OPENS), ([, name = ""]) => unknownPiece(lastName(name)));
  const variables = found.length === 0 ? namesIn(pieceOf(text)).map(unknownPiece) : [];
  return [...found.map(pieceOf), ...folders, ...opened, ...variables]
    .slice(0, 64)
    .flatMap((path) => values.expand(path))
    .map((path) => pathOf(ITS_FOLDER.reduce((said, name) => withKnown(said, name, OWN_FOLDER), path)));
}

/** The text without the paths of files in it, in which a key is only a part of a name. */
export function withoutPaths(text: string): string {
  return text
    .replaceAll(
      /(["'`])[^"'`\s]*(?:\/[^"'`\s]*|\.(?:json|jsonc|ya?ml|ndjson|jsonl|tmpl|tpl|txt|env))\1/g,
      "$1$1",
    )
    .replaceAll(/(?<![\w./${}*-])[\w./${}*-]+\.(?:jsonc?|ya?ml|ndjson|jsonl)\b/g, "");
}
