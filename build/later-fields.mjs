// The fields of a message's description, made when they are first asked for. protobuf-es makes those of all messages at
// every start, and most of LiveKit's are of messages that few requests hold. So it is with what reads and writes a message
// within another: protobuf-es makes that of all messages that may stand there, at any depth.

/** The library's way to make a message's description without its fields, and to make these. */
const EMPTY = /fields: \[\],\s*field: \{\},\s*oneofs: \[\],\s*members: \[\],/;
const MADE = "function addFields(message, reg, mapEntries) {";

/** A plugin. */
export const laterFields = {
  name: "later-fields",
  transform: {
    filter: { id: /@bufbuild\/protobuf\/dist\/esm\/registry\.js$/ },
    handler(text, path) {
      if (!EMPTY.test(text) || !text.includes(MADE))
        throw new Error(`${path} makes fields in another way than it did`);
      const now = MADE.replace("addFields", "addFieldsNow");
      return text
        .replace(EMPTY, "__proto__: fieldsLater,")
        .replace(
          MADE,
          [addFields, madeNow, `const fieldsLater = (${String(prototype)})(madeNow);`, now].join("\n"),
        );
    },
  },
};

/** Whether a message is one of Google's wrappers its name tells first, and its fields are asked only then. */
const FIRST = /const f = messageDesc\.fields\[0\];\s*return \(isWrapperTypeName\(messageDesc\.typeName\) &&/;

/** A plugin. */
export const wrappersByName = {
  name: "wrappers-by-name",
  transform: {
    filter: { id: /@bufbuild\/protobuf\/dist\/esm\/wkt\/wrappers\.js$/ },
    handler(text, path) {
      if (!FIRST.test(text)) throw new Error(`${path} tells wrappers in another way than it did`);
      const name = "isWrapperTypeName(messageDesc.typeName)";
      return text.replace(FIRST, `const f = ${name} ? messageDesc.fields[0] : undefined; return (${name} &&`);
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
  message.file.reg ??= reg;
  message.file.mapEntries ??= mapEntries;
}

/** The prototype of messages whose fields nobody has asked for yet. */
function prototype(made) {
  return {
    get fields() {
      return made(this).fields;
    },
    get field() {
      return made(this).field;
    },
    get oneofs() {
      return made(this).oneofs;
    },
    get members() {
      return made(this).members;
    },
  };
}

/** The message, with its fields. */
function madeNow(message) {
  for (const [name, value] of Object.entries({ fields: [], field: {}, oneofs: [], members: [] }))
    Object.defineProperty(message, name, { value, configurable: true, enumerable: true, writable: true });
  const { reg, mapEntries, imports } = message.file;
  const known = (kind) => (type) => {
    let found = reg[kind](type);
    for (const file of imports) found ??= file().registry[kind](type);
    return found;
  };
  // eslint-disable-next-line no-undef -- it stands beside this one in the library.
  addFieldsNow(message, { getMessage: known("getMessage"), getEnum: known("getEnum") }, mapEntries);
  return message;
}
