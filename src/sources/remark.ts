import type { Span } from "../rule/value.ts";

/** Something about the code around a request. Its check has the sentence (src/checks/). */
export type Remark = RemarkData & {
  at: Span;
  /** Further places of which it is true. */
  also?: readonly Span[];
  /** The function of another module that gets the request. */
  givenTo?: { module: string; name: string };
  /**
   * The consequence for the request: it can be migrated all the same, only when a person has said so, or not at all.
   */
  weighs: "safe" | "review" | "manual";
};

/** A remark without its place: a code, which case of it, and the names that its sentence needs. */
export type RemarkData =
  | { code: "unfollowed-use"; is: PlainUse }
  | ({ code: "unfollowed-use" } & NamedUse)
  | ({ code: "unknown-fields" } & UnknownFields)
  | ({ code: "unknown-import" } & UnknownImport)
  | { code: "version-sniffing"; is: "asked" | "other-branch" }
  | { code: "mixed-form"; is: "set-later" | "none" }
  | { code: "wrong-nesting"; is: "info-for-field"; field: string; given: string; wanted: string }
  | { code: "wrong-nesting"; is: "info-for-request" }
  | { code: "wrong-type"; is: "wrong-class"; field: string; given: string; wanted: string; kind?: string }
  | { code: "unknown-destination" }
  | ({ code: "unsupported-language" } & UnsupportedLanguage)
  | { code: "deprecated-create-method" };

/** The remarks with this code. */
export type RemarkOf<Code extends RemarkData["code"]> = Extract<RemarkData, { code: Code }>;

/** A use that keeps a request from being followed, and has no name. */
export type PlainUse =
  | "any-way"
  | "compared"
  | "decorator"
  | "either-form"
  | "expression-printed"
  | "in-request"
  | "inside-request"
  | "kept"
  | "open-field"
  | "parsed-fields"
  | "returned"
  | "spread"
  | "string-of-code"
  | "text"
  | "unread-part"
  | "update-too";

/** A use that keeps a request from being followed. `by` is a line of another file, as it is printed. */
export type NamedUse =
  | { is: "annotation" | "exported" | "kept-outside" | "method"; name: string }
  | { is: "object" | "odd-variable" | "shape"; name: string }
  | { is: "given-away"; name: string; function: string; from: string | undefined }
  | { is: "imported"; name: string; by: string }
  | { is: "readers"; fields: readonly string[]; owner: string | undefined }
  | { is: "reached-into"; name: string; field: string; isSet: boolean; by: string }
  | { is: "too-shallow"; depth: number; needed: number };

/** Why the fields that a request is made of can't be seen. */
export type UnknownFields =
  | { is: "class-by-name" | "class-handed-on" | "dict" | "dict-elsewhere" }
  | { is: "not-a-keyword"; text: string }
  | { is: "spread"; text: string | undefined }
  /** The file that they stand in; `isAll` where nothing stands beside them in the call. */
  | { is: "in-file"; file: string; isAll: boolean };

/** Why a class may not be LiveKit's. */
export type UnknownImport =
  | { is: "no-import" }
  | { is: "not-bound" | "not-imported"; name: string }
  | { is: "other-module"; name: string; from: string }
  | { is: "taken"; name: string };

/** How a request stands in a language in which none is rewritten. */
export type UnsupportedLanguage =
  | { is: "mixed"; language: string }
  | {
      is: "flat" | "from-elsewhere";
      language: string;
      wrapper: string;
      /** How its numbers and the other filter are called, where it may have some. */
      filters?: { inbound: string; numbers: string };
      /** How it looks with its fields in the wrapper. */
      wrapped?: string;
    };
