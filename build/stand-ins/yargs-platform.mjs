// In place of yargs's lib/platform-shims/esm.mjs: what it asks of the platform. The real one reads every package.json
// from the working directory upwards and a file of translations, whatever they are and however large; and it loads
// packages at every start for what the command line does not use.
import { basename, dirname, extname, join, relative, resolve } from "node:path";
import { format, inspect } from "node:util";
import cliui from "cliui";
import Parser from "yargs-parser";
import { getProcessArgvBin } from "../../node_modules/yargs/build/lib/utils/process-argv.js";

const strictEqual = (actual, expected, message) => {
  if (actual !== expected) throw new Error(message);
};
const notStrictEqual = (actual, unexpected, message) => {
  if (actual === unexpected) throw new Error(message);
};
const unused = () => {
  throw new Error("the command line reads no files");
};

export default {
  assert: { strictEqual, notStrictEqual },
  cliui,
  findUp: () => undefined,
  getCallerFile: unused,
  getEnv: (name) => process.env[name],
  getProcessArgvBin,
  inspect,
  mainFilename: "",
  Parser,
  path: { basename, dirname, extname, join, relative, resolve },
  process: {
    argv: () => process.argv,
    cwd: process.cwd,
    emitWarning: (warning, type) => process.emitWarning(warning, type),
    execPath: () => process.execPath,
    exit: (code) => process.exit(code),
    nextTick: process.nextTick,
    stdColumns: null,
  },
  readFileSync: unused,
  readdirSync: unused,
  require: unused,
  // Its help is ASCII.
  stringWidth: (text) => text.length,
  y18n: {
    __: format,
    __n: (one, many, count, ...values) => format(count === 1 ? one : many, ...values),
    getLocale: () => "en",
    setLocale: () => {},
    updateLocale: () => {},
  },
};
