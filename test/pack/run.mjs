// Packs the project as npm would publish it, installs the tarball in an empty folder, and uses it there as a user
// would: the command, the library from JavaScript, and its types. `npm run test:pack` calls it; the dependencies come
// from the registry that npm is set up with.
import { execFileSync, spawnSync } from "node:child_process";
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "sip-dispatch-pack-"));
const npm = (args, cwd) =>
  execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

try {
  execFileSync(process.execPath, [join(root, "build/build.mjs")], { stdio: "inherit" });
  const [{ filename, files, size }] = JSON.parse(npm(["pack", "--json", "--pack-destination", folder], root));
  for (const wanted of [
    "bin/sip-dispatch.js",
    "dist/cli.cjs",
    "dist/later.cjs",
    "dist/index.js",
    "dist/second-searcher.cjs",
    "dist/index.d.ts",
    "README.md",
    "LICENSE",
    "dist/third-party-licenses.txt",
  ]) {
    assert.ok(
      files.some(({ path }) => path === wanted),
      `${wanted} is not in the package`,
    );
  }
  assert.ok(
    !files.some(({ path }) => /^(src|test|bench|build)\/|\.cache$/.test(path)),
    "something is in the package that nobody needs there",
  );
  assert.ok(size < 1_000_000, `the package has ${size} bytes`);

  execFileSync(process.execPath, [join(root, "node_modules/publint/src/cli.js"), root, "--strict"], {
    stdio: "inherit",
  });
  execFileSync(
    process.execPath,
    [
      join(root, "node_modules/@arethetypeswrong/cli/dist/index.js"),
      join(folder, filename),
      "--profile",
      "esm-only",
      "--quiet",
    ],
    { stdio: "inherit" },
  );

  writeFileSync(join(folder, "package.json"), '{ "name": "user", "private": true, "type": "module" }\n');
  npm(["install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", join(folder, filename)], folder);
  const flat = '{"rule":{"dispatchRuleDirect":{"roomName":"lobby"}},"inbound_numbers":["+15550100"]}';
  const wrapped =
    '{"dispatch_rule":{"rule":{"dispatchRuleDirect":{"roomName":"lobby"}},"numbers":["+15550100"]}}';
  writeFileSync(join(folder, "rule.json"), flat);
  const run = (...args) =>
    spawnSync(join(folder, "node_modules/.bin/sip-dispatch"), args, {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, SIP_DISPATCH_STATE: join(folder, "state") },
    });
  const dry = run("migrate", "rule.json");
  assert.equal(dry.status, 0, dry.stderr);
  assert.match(dry.stdout, /calls change/);
  assert.equal(run("migrate", "rule.json", "--write", "--quiet").status, 0);
  assert.equal(readFileSync(join(folder, "rule.json"), "utf8"), wrapped);
  assert.equal(run("undo").status, 0);
  assert.equal(readFileSync(join(folder, "rule.json"), "utf8"), flat);

  writeFileSync(
    join(folder, "user.ts"),
    `import { migrateText, convert, totalsOf, type SiteResult } from "sip-dispatch";
const result = await migrateText("rule.json", ${JSON.stringify(flat)});
const site: SiteResult | undefined = result.sites[0];
const converted = convert(${JSON.stringify(flat)}, "info");
console.log(result.newText);
console.log(site?.outcome, totalsOf([result]).migrated, "json" in converted ? JSON.stringify(JSON.parse(converted.json)) : "");
`,
  );
  const tsc = [
    join(root, "node_modules/typescript/bin/tsc"),
    "--strict",
    "--module",
    "nodenext",
    "--target",
    "es2022",
    "--types",
    "",
    "--skipLibCheck",
    "false",
    "--lib",
    "es2022,dom",
    "user.ts",
  ];
  execFileSync(process.execPath, tsc, { cwd: folder, stdio: "inherit" });
  const printed = execFileSync(process.execPath, ["user.js"], { cwd: folder, encoding: "utf8" });
  assert.equal(
    printed,
    `${wrapped}\nmigrated 1 {"rule":{"dispatch_rule_direct":{"room_name":"lobby"}},"numbers":["+15550100"]}\n`,
  );
  process.stdout.write("the packed package works\n");
} finally {
  rmSync(folder, { recursive: true });
}
