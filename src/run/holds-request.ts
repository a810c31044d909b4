import { allDocuments, type Document } from "../sources/document.ts";
import { type Form, formOf } from "../rule/form.ts";

/** Tells whether a request in one of these forms stands in a source. */
export function holdsRequest(root: Document, ...forms: Form["form"][]): boolean {
  return allDocuments(root).some((document) =>
    document.reading.sites.some(({ request }) => forms.includes(formOf(request).form)),
  );
}
