// In place of protobuf-es's `fileDesc`, which decodes a descriptor. Here the build has done so (build/descriptors.mjs).
// The package does not offer its registry under a name that loads nothing else.
import { createEmbeddedFileRegistry } from "../../node_modules/@bufbuild/protobuf/dist/esm/registry.js";

/**
 * Gives the description of a file, made when it is first asked for, from its decoded descriptor. `imports` gives those of
 * the files that it imports: build/later-fields.mjs looks there for the types of fields.
 */
export function laterFile(descriptor, imports) {
  let file;
  return () => {
    if (file) return file;
    const proto = descriptor();
    const registry = createEmbeddedFileRegistry(proto, () => undefined);
    file = registry.getFile(proto.name);
    Object.assign(file, { registry, imports });
    return file;
  };
}
