/** A command line that can't be carried out. `message` is one sentence, `next` says what to do. */
export class UsageError extends Error {
  readonly next: string;

  constructor(message: string, next = "Run it with --help to see what it takes.") {
    super(message);
    this.next = next;
  }
}
