import { allDocuments, type Document, documentIds } from "../migrate/document.ts";
import type { MentioningSource } from "../migrate/mentioning.ts";
import { nodeOf } from "../migrate/nodes.ts";
import { type Form, formOf } from "../rule/form.ts";
import { regionGiven } from "../syntax/syntax.ts";

/** What the lines of a source do with requests. `path` goes from the top of the repository. */
export function mentionsOf(path: string, root: Document): MentioningSource {
  const ids = documentIds(root);
  return {
    path,
    documents: allDocuments(root).map((document) => {
      const regions = document.inner.map(({ document: inner }) => ids.get(inner) ?? "");
      const wordOf = (word: string): string => {
        const region = regions[regionGiven(word) ?? -1];
        return region === undefined ? word : nodeOf(path, region);
      };
      return {
        id: ids.get(document) ?? "",
        mentions: (document.reading.mentions ?? []).map(({ words, ...mention }) => ({
          ...mention,
          ...(words && { words: words.map((texts) => texts.map(wordOf)) }),
          line: document.place(mention.at.start).line,
        })),
        regions,
      };
    }),
  };
}

/** Whether a request in one of these forms stands in a source. */
export function holdsRequest(root: Document, ...forms: Form["form"][]): boolean {
  return allDocuments(root).some((document) =>
    document.reading.sites.some(({ request }) => forms.includes(formOf(request).form)),
  );
}
