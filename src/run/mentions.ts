import { allDocuments, type Document } from "../migrate/document.ts";
import type { MentioningSource } from "../migrate/evidence.ts";
import { formOf } from "../rule/form.ts";

/** What the lines of a source do with requests. `path` goes from the top of the repository. */
export function mentionsOf(path: string, root: Document): MentioningSource {
  const all = allDocuments(root);
  return {
    path,
    documents: all.map((document) => ({
      mentions: (document.reading.mentions ?? []).map((mention) => ({
        ...mention,
        line: document.place(mention.at.start).line,
      })),
      regions: document.inner.map(({ document: inner }) => all.indexOf(inner)),
    })),
  };
}

/** Whether a request stands in a source that needs evidence: a flat one. */
export function holdsFlatRequest(root: Document): boolean {
  return allDocuments(root).some((document) =>
    document.reading.sites.some(({ request }) => formOf(request).form === "flat"),
  );
}
