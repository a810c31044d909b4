// The fields of a message's description, made when they are first asked for. protobuf-es makes those of all messages at
// every start, and most of LiveKit's are of messages that few requests hold. So it is with what reads and writes a message
// within another: protobuf-es makes that of all messages that may stand there, at any depth.

const MADE = "function addFields(message, reg, mapEntries) {";

/** A plugin. */
export const laterFields = {
  name: "later-fields",
  transform: {
    filter: { id: /@bufbuild\/protobuf\/dist\/esm\/registry\.js$/ },
    handler(text, path) {
      if (!text.includes(MADE)) throw new Error(`${path} makes fields in another way than it did`);
      return text.replace(MADE, `${String(addFields)}\n${MADE.replace("addFields", "addFieldsNow")}`);
    },
  },
};

/** What reads a message within another, or writes it: made with that of the outer one. */
const INNER = /const (\w+) = (compiled(?:Reader|Writer))\(field\.message\);/g;

/** A plugin. */
export const laterReaders = {
  name: "later-readers",
  transform: {
    filter: { id: /@bufbuild\/protobuf\/dist\/esm\/(?:from|to)-json\.js$/ },
    handler(text, path) {
      if (text.search(INNER) < 0)
        throw new Error(`${path} makes readers and writers in another way than it did`);
      return text.replaceAll(INNER, "const $1 = (...given) => $2(field.message)(...given);");
    },
  },
};

/** In place of the function of this name, which is another one then. */
function addFields(message, reg, mapEntries) {
  const empty = { fields: [], field: {}, oneofs: [], members: [] };
  for (const name of Object.keys(empty)) {
    Object.defineProperty(message, name, {
      configurable: true,
      enumerable: true,
      get() {
        for (const [key, value] of Object.entries(empty)) {
          Object.defineProperty(message, key, {
            value,
            configurable: true,
            enumerable: true,
            writable: true,
          });
        }
        const known = (kind) => (type) => {
          const registries = [reg, ...message.file.imports.map((file) => file().registry)];
          return registries.map((registry) => registry[kind](type)).find(Boolean);
        };
        // eslint-disable-next-line no-undef -- it stands beside this one in the library.
        addFieldsNow(message, { getMessage: known("getMessage"), getEnum: known("getEnum") }, mapEntries);
        return message[name];
      },
    });
  }
  for (const child of message.nestedMessages) addFields(child, reg, mapEntries);
}
