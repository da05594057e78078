import type { Atomically, Query, Reads } from './atomically.ts'

/** The portal's database, on whichever engine. */
export interface Database {
  /** Reads, and writes of one statement. */
  query: Query
  /**
   * Reads that may go over as many rows as there are: counts that nothing keeps, and narrow filters. On SQLite, where a
   * read holds the thread that runs it, they have one of their own, so that nobody else waits for them.
   */
  slow: Reads
  /** Writes of several statements. */
  atomically: Atomically
  /** When this node last changed what the public sees, or may have, by the clock of `performance`. */
  lastChange(): number
  /**
   * Overwrites what rows that are deleted or changed have left in the engine's files. It may take long; others read and
   * write meanwhile.
   * @returns false where a read that began earlier still needs some of it: it is to be called again
   */
  overwriteFreed(): Promise<boolean>
  /** Waits for the writes under way; none may follow. */
  close(): Promise<void>
}
