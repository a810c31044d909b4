import { withoutPaths } from "./paths.ts";
import type { Role, Sending } from "../../sources/fact.ts";

/** Calls that print, test or only look. */
export const HARMLESS =
  /^(?:print\w*|puts|p|echo|log|info|debug|warn\w*|error|trace|fatal|len|count|str|repr|int|bool|float|isinstance|type|format|dumps|stringify|parse|loads?|load|open|read\w*|readFile\w*|ReadFile|json|require|import|expect|assert\w*|to[A-Z]\w*|describe|it|test|exit|exists\w*|isfile|join|resolve|Path|dirname|basename|strip|trim|split|keys|values|items|get|has|sorted|list|dict|glob|iglob|listdir|readdir\w*|if|for|while|switch|catch|elif|return|and|or|not|in|with|def|function|func|lambda|super|main|run|range|enumerate|map|filter|forEach|String|Number|Boolean|safe_load\w*|Unmarshal|Errorf|Println|Printf|Fatal\w*|encode|decode|copy|deepcopy)$/;

/** Words of code that reads what stands in a file. */
export const READS =
  /\b(?:open|read\w*|load\w*|parse\w*|import|require|include\w*|file_get_contents|Get-Content|slurp|lookup|file|templatefile|embed|cat|Unmarshal|Decode\w*|from_json|ReadFile|ReadAllText|Files|Get)\b/;
/** Words of code that writes a file. */
export const WRITES =
  /\b(?:write\w*|dump|save\w*|createWriteStream|Out-File|Set-Content|file_put_contents|WriteFile|WriteAllText)\b|["'][wa]b?\+?["']/i;
/** Words of code that copies a file as it is. */
const COPIES =
  /\b(?:copy|copy2|copyfile|copyFile|copyFileSync|rename|renameSync|move|CopyFile|FileUtils\.cp|cp|COPY|ADD|put_file|Copy-Item)\b/;
/** Words of code that only asks about a file, or gives it to a person or a tool that changes nothing. */
const NO_CONTENT =
  /\b(?:exists\w*|isfile|is_file|access\w*|stat|lstat|unlink\w*|remove|rm|chmod|touch|Test-Path|git|configmap|watch|watchFile)\b/;
/** Only makes or lists names. */
const NAMES =
  /^(?:join|resolve|Path|PurePath|dirname|basename|abspath|normpath|realpath|fileURLToPath|URL|glob\w*|iglob|rglob|listdir|scandir|readdir\w*|ReadDir|Glob|walk|Walk|WalkDir|sorted|list|str|String|sort|filter|filepath|getcwd|cwd|expanduser|with_name|append|push|add|for|if|while|foreach|set|GLOB|GLOB_RECURSE|ls|Dir|entries|strip|format|env|getenv|get|default)$/;

/** Returns what a statement makes of a file that it names; `functions` are those of its text. */
export function roleOf(
  text: string,
  calls: readonly string[],
  sends: readonly Sending[],
  functions: ReadonlyMap<string, readonly string[]>,
): Role {
  if (sends.length > 0) return "send";
  if (COPIES.test(text)) return "copy";
  const others = calls.filter((name) => !NAMES.test(name) && !functions.has(name));
  if (others.length === 0 && !READS.test(withoutPaths(text))) return "name";
  if (NO_CONTENT.test(text) && !READS.test(withoutPaths(text))) return "none";
  return "read";
}

/** Opens a file to write it. */
export const OPENS_TO_WRITE =
  /\bopen\w*\s*\([^()]{0,200},\s*(?:mode\s*=\s*)?["'][wxa]b?t?\+?["']|\bCreate\s*\(|createWriteStream\(/;
