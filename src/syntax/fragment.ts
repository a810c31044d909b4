import { languageNamed, languageOf } from "./registry.ts";

/**
 * The id of the language in which a piece of another document is written: told by what it is called there (the info
 * string of a fence, the name of a file), else by how it begins. Undefined where neither tells.
 */
export function fragmentSyntax(text: string, calledAs = ""): string | undefined {
  const [firstLine = ""] = text.trimStart().split(/[\r\n]/, 1);
  const called = languageNamed(calledAs) ?? languageOf(calledAs, firstLine);
  return called?.id ?? BEGINNINGS.find(({ begins }) => begins.test(text))?.syntax;
}

const BEGINNINGS = [
  { syntax: "json", begins: /^\s*(\{|\[\s*[{\]"])/ },
  { syntax: "http", begins: /^\s*(GET|POST|PUT|PATCH|DELETE)\s+\S+/ },
  { syntax: "shell", begins: /^[ \t]*([$>#] ?)?(lk|livekit-cli|curl|cat|echo|jq|sed|export|cd|set)\s/m },
  { syntax: "yaml", begins: /^\s*(---\s|(- )?["']?[\w.-]+["']?:(\s|$))/ },
];
