import { allDocuments, type Document, documentIds } from "../migrate/document.ts";
import type { MentioningSource } from "../migrate/evidence.ts";
import { formOf } from "../rule/form.ts";

/** What the lines of a source do with requests. `path` goes from the top of the repository. */
export function mentionsOf(path: string, root: Document): MentioningSource {
  const ids = documentIds(root);
  return {
    path,
    documents: allDocuments(root).map((document) => ({
      mentions: (document.reading.mentions ?? []).map((mention) => ({
        ...mention,
        line: document.place(mention.at.start).line,
      })),
      regions: document.inner.map(({ document: inner }) => ids.get(inner) ?? ""),
    })),
  };
}

/** Whether a request stands in a source of which it counts what is done with it: a flat or a wrapped one. */
export function holdsRequest(root: Document): boolean {
  return allDocuments(root).some((document) =>
    document.reading.sites.some(({ request }) => /^(flat|wrapped)$/.test(formOf(request).form)),
  );
}
