/**
 * A command line that can't be carried out. `message` is one sentence, `next` says what to do; `place` is where that is
 * to be done, if it is in a file: `path:line:column`.
 */
export class UsageError extends Error {
  /** The exit status that it ends with. */
  readonly status: 2 | 3 = 2;
  readonly next: string;
  readonly place: string | undefined;

  constructor(message: string, next = "Run it with --help to see what it takes.", place?: string) {
    super(message);
    this.next = next;
    this.place = place;
  }
}
