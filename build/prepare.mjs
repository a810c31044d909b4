// What npm runs when it installs the project from git. For `npm install --global` it puts no build tools in place, and
// would link the command to a folder that it deletes; so that ends here, with what to do instead.
import { existsSync } from "node:fs";

if (existsSync(new URL("../node_modules/rolldown", import.meta.url))) {
  await import("./build.mjs");
} else {
  process.stderr.write(
    "sip-dispatch: npm can't install this globally from git.\nInstall it in a folder, run it with npx, or use `npm link` in a checkout.\n",
  );
  process.exitCode = 1;
}
