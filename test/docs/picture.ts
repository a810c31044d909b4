import { execFileSync } from "node:child_process";
import { visible } from "../../src/report/style.ts";

/** Colours of the terminal that the picture shows, by the parameters of ECMA-48's SGR. */
const COLORS: Readonly<Record<string, string>> = {
  "31": "#ff7b72",
  "32": "#7ee787",
  "33": "#e3b341",
  "36": "#79c0ff",
  "1": "#ffffff",
  "2": "#8b949e",
};
const [PLAIN, BACKGROUND] = ["#c9d1d9", "#0d1117"];
const [CHARACTER, LINE, EDGE] = [7.83, 18, 16];

/** Runs a command for sh in a folder, and gives what a terminal shows of it; `shown` is the command as typed there. */
export function terminal(shown: string, command: string, folder: string, env: NodeJS.ProcessEnv): string {
  const script = `${command} 2>&1 || true`;
  const printed = execFileSync("sh", ["-c", script], { cwd: folder, env, encoding: "utf8" });
  return `\u001B[1m$ ${shown}\u001B[0m\n${printed}`;
}

/** What a terminal of 80 columns shows, as an SVG. */
export function svgOf(text: string): string {
  const lines = text.trimEnd().split("\n");
  const [width, height] = [Math.ceil(80 * CHARACTER) + 2 * EDGE, lines.length * LINE + 2 * EDGE];
  const rows = lines.map((line, row) => {
    const y = EDGE + row * LINE + 13;
    return `<text x="${EDGE}" y="${y}">${spansOf(line).join("")}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">
<rect width="100%" height="100%" rx="6" fill="${BACKGROUND}"/>
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="13" fill="${PLAIN}" xml:space="preserve">
${rows.join("\n")}
</g>
</svg>
`;
}

/** The pieces of a line that have one colour each. */
function spansOf(line: string): string[] {
  let color = PLAIN;
  let column = 0;
  const spans: string[] = [];
  for (const [, parameters, text = ""] of line.matchAll(/\u001B\[([\d;]*)m|([^\u001B]+)/g)) {
    if (parameters === undefined) {
      const x = EDGE + column * CHARACTER;
      column += text.length;
      const shown = visible(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;");
      spans.push(`<tspan x="${x.toFixed(1)}" fill="${color}">${shown}</tspan>`);
    } else {
      color = COLORS[parameters.split(";").at(-1) ?? ""] ?? PLAIN;
    }
  }
  return spans;
}
