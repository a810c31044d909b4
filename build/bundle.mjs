// One way to bundle, for the build, the tests and the bench.
import { rolldown } from "rolldown";

/**
 * Bundles the files of `input` into `dir`, each under its name there. Gives the paths of all that was taken in. Throws
 * at whatever the bundler warns of.
 */
export async function bundle({ input, define, plugins, ...output }) {
  const built = await rolldown({
    input,
    platform: "node",
    // The command's files import from each other.
    preserveEntrySignatures: "allow-extension",
    // Otherwise jsonc-parser's UMD build is taken, whose inner requires a bundle can't follow.
    resolve: { mainFields: ["module", "main"] },
    transform: { target: "node20", define },
    plugins,
    checks: {
      // web-tree-sitter's runtime has one, for grammars of another kind.
      eval: false,
      // A module may be imported later by one and at once by another, which is loaded later too.
      ineffectiveDynamicImport: false,
    },
    onLog(level, { message }) {
      if (level === "warn") throw new Error(message);
    },
  });
  const names = output.format === "esm" ? "[name].js" : "[name].cjs";
  const { output: files } = await built.write({
    entryFileNames: names,
    chunkFileNames: names,
    minify: true,
    comments: false,
    ...output,
  });
  await built.close();
  return files.flatMap(({ modules = {} }) => Object.keys(modules));
}
