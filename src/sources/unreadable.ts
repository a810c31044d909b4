/** Something that was named, or a part of it, that can't be used. Without a place it is the whole; both are 1-based. */
export interface Unusable {
  path: string;
  line?: number;
  /** In UTF-16 code units. */
  column?: number;
  /** One plain phrase or sentence without the path and the full stop: "no such file", "is not valid UTF-8". */
  message: string;
  /** One sentence that says what to do next. */
  next: string;
}

/** A file that has no text for us; the place is where it stops being UTF-8. */
export interface Unreadable extends Unusable {
  reason: "io" | "encoding" | "too-large";
}

/** Why something, which is known from elsewhere, has no text for us. */
export type WhyUnreadable = Omit<Unreadable, "path">;
