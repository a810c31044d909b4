// The licences of all that is bundled, as dist/third-party-licenses.txt holds them.
import { readdirSync, readFileSync } from "node:fs";

/** Where the text stands in packages that hold no file of that name. */
const ELSEWHERE = {
  // Apache-2.0, which is this project's own licence too, and BSD-3-Clause for one file, at whose top it stands.
  "@bufbuild/protobuf": (folder) =>
    [readFileSync("LICENSE", "utf8"), comment(`${folder}/dist/esm/wire/varint.js`)].join("\n"),
  "@ewoudenberg/difflib": (folder) => readFileSync(`${folder}/README.md`, "utf8").split("\nLicense\n")[1],
};

/**
 * The names, versions and licences of the packages that these files belong to: paths from the project's root. Throws
 * if a package has no licence text.
 */
export function licenses(files) {
  const names = files.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []);
  return [...new Set(names)]
    .toSorted()
    .map((name) => {
      const folder = `node_modules/${name}`;
      const { version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
      return `${name} ${version}\n\n${textOf(name, folder)}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
}

function textOf(name, folder) {
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const text = file ? readFileSync(`${folder}/${file}`, "utf8") : ELSEWHERE[name]?.(folder);
  if (!text) throw new Error(`${name} is bundled, and build/licenses.mjs finds no licence text of it`);
  return text.trim();
}

/** The comment at the top of a file, without its slashes. */
function comment(file) {
  const [top] = readFileSync(file, "utf8").split(/\n(?!\/\/)/, 1);
  return top.replaceAll(/^\/\/ ?/gm, "");
}
