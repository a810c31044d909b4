// In place of protobuf-es's `fileDesc`, which decodes a descriptor. Here the build has done so (build/descriptors.mjs).
// The package does not offer its registry under a name that loads nothing else.
import { createFileRegistry } from "../../node_modules/@bufbuild/protobuf/dist/esm/registry.js";

/** The description of a file, from its decoded descriptor and the descriptions of the files that it imports. */
export function fileFrom(descriptor, imports = []) {
  descriptor.dependency = imports.map(({ proto }) => proto.name);
  const imported = (name) => imports.find(({ proto }) => proto.name === name);
  return createFileRegistry(descriptor, imported).getFile(descriptor.name);
}

/**
 * A message as protobuf-es makes them: fields that are not set have their defaults in the prototype. `later` gives its
 * `field`, once it is asked for.
 */
export function message(defaults, fields, later) {
  const made = Object.assign(Object.create(defaults), fields);
  if (later === undefined) return made;
  let field;
  const get = () => (field ??= later());
  return Object.defineProperty(made, "field", { get, enumerable: true });
}
