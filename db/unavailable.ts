import { DatabaseError } from './database-error.ts'

/**
 * What engines and the system say where nothing is wrong with what was asked: the disk is full or fails, the server is
 * away, starts or stops, has no room or no time. The same may be asked again later.
 */
const ofPostgres = /^(08...|53...|57014|57P0[1-5]|58...|55P03|25006|25P03)$/
const ofSqlite = /^SQLITE_(FULL|IOERR|CANTOPEN|BUSY|LOCKED|READONLY|NOMEM)/
const ofSystem = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOSPC',
  'EDQUOT',
  'EIO',
  'EROFS',
]
/** The driver's own, which have no code. */
const ofDriver =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/

/** Whether it failed for want of the database or the disk, and may go well later as it is. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof DatabaseError) return ofPostgres.test(error.code) || ofSqlite.test(error.code)
  if (!(error instanceof Error)) return false
  if (error instanceof AggregateError) return error.errors.some(isUnavailable)
  const { code, syscall } = error as NodeJS.ErrnoException
  if (code === undefined) return ofDriver.test(error.message)
  // The socket of a server on the same machine.
  return ofSystem.includes(code) || (code === 'ENOENT' && syscall === 'connect')
}
