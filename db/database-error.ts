/** What a database said, without the values of the statement: those may be somebody's name or telephone number. */
export class DatabaseError extends Error {
  override name = 'DatabaseError'
  /** The engine's own code: an SQLSTATE of PostgreSQL, or a result code of SQLite such as SQLITE_BUSY. */
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}
