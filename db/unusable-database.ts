/** A database that this portal must not touch; its message says why, for the operator. */
export class UnusableDatabase extends Error {
  override name = 'UnusableDatabase'
}
