/** Something that a person should know. The place is that of the source, 1-based. */
export interface Finding {
  id: string;
  severity: "error" | "warning" | "note";
  line: number;
  column: number;
  /** One sentence. */
  message: string;
  /** What to do next, one sentence; a command in it stands between backticks. */
  next?: string;
}
