/** A file that cannot be read as a draft; the message is one Chinese sentence that says what to do. */
export class UnreadableDocument extends Error {
  override name = 'UnreadableDocument'
}
