/** One kind of malformed file, and what a user must be told of it. The kinds themselves are in test/malformed-*.ts. */
export interface MalformedKind {
  readonly kind: string;
  readonly file: string;
  readonly content: () => string | Buffer;
  /** Further files in its folder, by name. */
  readonly beside?: Readonly<Record<string, Buffer>>;
  /** What the refusal says; or else the file is read, and … */
  readonly refused?: RegExp;
  /** … so many of its records came in and were rejected, … */
  readonly events?: readonly [added: number, rejected: number];
  /** … and this is told beside the events: notes, warnings, the reasons of rejects. */
  readonly told?: RegExp;
}
