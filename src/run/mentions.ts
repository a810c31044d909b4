import { allDocuments, type Document, documentIds } from "../migrate/document.ts";
import type { MentioningSource } from "../migrate/mentioning.ts";
import { type Form, formOf } from "../rule/form.ts";

/** What the lines of a source do with requests. `path` goes from the top of the repository. */
export function mentionsOf(path: string, root: Document): MentioningSource {
  const ids = documentIds(root);
  return {
    path,
    documents: allDocuments(root).map((document) => ({
      id: ids.get(document) ?? "",
      mentions: (document.reading.mentions ?? []).map((mention) => ({
        ...mention,
        line: document.place(mention.at.start).line,
      })),
      regions: document.inner.map(({ document: inner }) => ids.get(inner) ?? ""),
    })),
  };
}

/** Whether a request in one of these forms stands in a source. */
export function holdsRequest(root: Document, ...forms: Form["form"][]): boolean {
  return allDocuments(root).some((document) =>
    document.reading.sites.some(({ request }) => forms.includes(formOf(request).form)),
  );
}
