import fc from "fast-check";

/** A piece of what a script prints: letters, or a substitution, of which bash knows the value. */
type Piece = string | { substitution: keyof typeof VALUES };

/** What bash has to be told, so that substitutions print what stands here. */
const VALUES = {
  "$T-": "ST_t-",
  "${T}": "ST_t",
  '${U:-"u"}': "u",
  "$(t)": "tt",
  '$(printf "%s" ")\'")': ")'",
  "`t`": "tt",
  '`printf "%s" x`': "x",
};
const PREAMBLE = "T=ST_t\nt() { printf tt; }\n";

/** A JSON text with a request in pieces, and what it says with the substitutions made. */
export interface Written {
  pieces: Piece[];
  said: string;
}

const letters = fc
  .string({ unit: fc.constantFrom(..."ab'\"\\$`!#%{}()<>|&;~*é\u2028 \t\n".split("")), maxLength: 8 })
  .map((text) => JSON.stringify(text).slice(1, -1));
const substitution = fc
  .constantFrom(...(Object.keys(VALUES) as (keyof typeof VALUES)[]))
  .map((one) => ({ substitution: one }));
const inString = fc.array(fc.oneof(letters, substitution), { maxLength: 3 });

/** Flat requests whose strings hold everything that shells mind. */
export const request: fc.Arbitrary<Written> = fc
  .tuple(inString, inString, fc.boolean(), fc.boolean())
  .map(([room, metadata, lines, spaces]) => {
    const gap = lines ? "\n  " : spaces ? " " : "";
    const pieces: Piece[] = [
      `{${gap}"trunk_ids": ["ST_1"],${gap}"metadata":"`,
      ...metadata,
      `",${gap}"rule": {"dispatchRuleDirect": {"roomName": "`,
      ...room,
      `"}}${lines ? "\n" : gap}}`,
    ];
    return {
      pieces,
      said: pieces.map((one) => (typeof one === "string" ? one : VALUES[one.substitution])).join(""),
    };
  });

const write = (pieces: readonly Piece[], letter: (text: string) => string, other: (code: string) => string) =>
  pieces.map((one) => (typeof one === "string" ? letter(one) : other(one.substitution))).join("");

const escaped = (characters: RegExp) => (text: string) => text.replaceAll(characters, String.raw`\$&`);
const single = (text: string): string => text.replaceAll("'", String.raw`'\''`);
const same = (text: string): string => text;

/** The ways to write the pieces as one word. */
export const WORDS: Record<string, (pieces: readonly Piece[]) => string> = {
  single: (pieces) => `'${write(pieces, single, (code) => `'"${code}"'`)}'`,
  "single, bare substitutions": (pieces) => `'${write(pieces, single, (code) => `'${code}'`)}'`,
  double: (pieces) => `"${write(pieces, escaped(/["\\$`]/g), same)}"`,
  "double with needless line continuations": (pieces) =>
    `"${write(pieces, (text) => escaped(/["\\$`]/g)(text).replaceAll(":", ":\\\n"), same)}"`,
  ansi: (pieces) =>
    `$'${write(
      pieces,
      (text) => escaped(/['\\]/g)(text).replaceAll("\n", "\\n").replaceAll("é", "\\u00e9"),
      (code) => `'"${code}"$'`,
    )}'`,
  /** Only for what stands on one line. */
  bare: (pieces) => write(pieces, escaped(/[^\w]/g), (code) => `"${code}"`),
};

/** The ways to use a word, each printing it. */
export const USES: Record<string, (word: string) => string> = {
  argument: (word) => `printf %s ${word}`,
  variable: (word) => `X=${word}; printf %s "$X"`,
  "local variable": (word) => `f() { local x=${word}; printf %s "$x"; }; f`,
  array: (word) => `A=(-d # it's\n  ${word} ); printf %s "\${A[1]}"`,
  "after an option": (word) => `printf %s --data=${word} | sed '1s/^--data=//'`,
  "here-string": (word) => `cat <<<${word} | head -c -1`,
  "in a substitution": (word) => `printf %s "$(printf %s ${word})"`,
  "in a case": (word) => `printf %s "$(case x in a) ;; (x) printf %s ${word};; esac)"`,
  "after arithmetic": (word) => `echo $((1 << 2)) $(( (3) )) >/dev/null; printf %s ${word}`,
  "after brackets": (word) => `((echo); true) >/dev/null; printf %s ${word}`,
  "over lines": (word) => `printf \\\n  %s \\\n  ${word}`,
};

const expanding = (pieces: readonly Piece[]): string => write(pieces, escaped(/[\\$`]/g), same);
const tabbed = (text: string): string => `\t${text.replaceAll("\n", "\n\t")}`;

/** The ways to write the pieces as a heredoc that is printed with one more line break. */
export const HEREDOCS: Record<string, (pieces: readonly Piece[]) => string> = {
  plain: (pieces) => `cat <<EOF\n${expanding(pieces)}\nEOF\n`,
  "tag in quotes": (pieces) => `cat << "E'F"\n${literal(pieces)}\nE'F\n`,
  "tag behind a backslash": (pieces) => `cat <<\\JSON\n${literal(pieces)}\nJSON\n`,
  "to a file": (pieces) => `cat > f.json <<EOF\n${expanding(pieces)}\nEOF\ncat f.json\n`,
  "file behind it": (pieces) => `cat <<'EOF-1' > "f.json" # it's\n${literal(pieces)}\nEOF-1\ncat f.json\n`,
  tee: (pieces) => `tee f.json <<! >/dev/null\n${expanding(pieces)}\n!\ncat f.json\n`,
  piped: (pieces) => `cat <<EOF | cat - && true\n${expanding(pieces)}\nEOF\n`,
  "piped on the next line": (pieces) => `cat <<EOF |\n${expanding(pieces)}\nEOF\ncat\n`,
  tabs: (pieces) => `if true; then\n\tcat <<-EOF\n${tabbed(expanding(pieces))}\n\t\tEOF\nfi\n`,
  "tabs, nothing expands": (pieces) => `cat <<-'EOF'\n${tabbed(literal(pieces))}\n\tEOF\n`,
  "in a substitution": (pieces) => `X="$(cat <<EOF\n${expanding(pieces)}\nEOF\n)"; printf '%s\\n' "$X"\n`,
  "closed on its line": (pieces) => `X=$(cat <<EOF)\n${expanding(pieces)}\nEOF\nprintf '%s\\n' "$X"\n`,
  "in a function": (pieces) => `f() { cat <<EOF; }\n${expanding(pieces)}\nEOF\nf\n`,
  "of a loop": (pieces) =>
    `while IFS= read -r x; do printf '%s\\n' "$x"; done <<EOF\n${expanding(pieces)}\nEOF\n`,
  "second of two": (pieces) => `cat <<A 3<<B <&3\nit's "\nA\n${expanding(pieces)}\nB\n`,
  "of the second command": (pieces) => `cat <<A >/dev/null; cat <<B\n'\nA\n${expanding(pieces)}\nB\n`,
  "before its command": (pieces) => `<<EOF cat\n${expanding(pieces)}\nEOF\n`,
  "in a script in a heredoc": (pieces) =>
    `export T; bash <<'OUT'\nt() { printf tt; }\ncat <<EOF\n${expanding(pieces)}\nEOF\nOUT\n`,
};

/** The pieces where nothing expands: substitutions are what they are worth. */
function literal(pieces: readonly Piece[]): string {
  return write(pieces, same, (code) => VALUES[code as keyof typeof VALUES]);
}

/** A script of several statements that prints after each of them a character that stands in none. */
export function scriptOf(statements: readonly string[]): string {
  return PREAMBLE + statements.map((one) => `${one.replace(/\n$/, "")}\nprintf '\\001'\n`).join("");
}
