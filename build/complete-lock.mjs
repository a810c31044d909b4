// Adds to package-lock.json the packages for other platforms that `npm install` could not find. A registry that mirrors
// only some platforms makes npm leave the others out, and then `npm ci` refuses the lock file everywhere. Run it after
// every `npm install`; it changes nothing where nothing is missing.
import { readFileSync, writeFileSync } from "node:fs";

const lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
let added = 0;
for (const [path, entry] of Object.entries(lock.packages)) {
  if (!path) continue;
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const nested = `${path}/node_modules/${name}`;
    const shared = `node_modules/${name}`;
    if (lock.packages[nested] || lock.packages[shared]) continue;
    const platform = platformOf(name);
    if (!platform) throw new Error(`${name}, an optional dependency of ${path}, names no platform`);
    lock.packages[shared] = { version, ...platform, ...(entry.dev && { dev: true }), optional: true };
    added++;
  }
}
const sorted = Object.entries(lock.packages).toSorted(([a], [b]) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries(sorted);
writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${added} packages for other platforms added\n`);

/** What a package's name says about where it runs, in npm's words. */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = words.find((word) =>
    ["android", "darwin", "freebsd", "linux", "openharmony", "win32"].includes(word),
  );
  const cpu = words.find((word) =>
    ["arm", "arm64", "armv7", "ia32", "ppc64", "riscv64", "s390x", "x64"].includes(word),
  );
  if (!os || !cpu) return undefined;
  const libc = words.some((word) => word.startsWith("musl"))
    ? "musl"
    : words.some((word) => word.startsWith("gnu"))
      ? "glibc"
      : undefined;
  return { os: [os], cpu: [cpu === "armv7" ? "arm" : cpu], ...(libc && { libc: [libc] }) };
}
