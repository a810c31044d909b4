// yargs uses string-width only to lay out its help, which is ASCII here. The real package builds an
// Intl.Segmenter when it is imported, which is dear at start-up.
export default function stringWidth(text) {
  return text.length;
}
