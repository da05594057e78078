import Sqlite from 'better-sqlite3'
import { DatabaseError } from '../db/database-error.ts'
import { UnusableDatabase } from '../db/unusable-database.ts'
import { ConfigError } from './config-error.ts'

const cannotOpen = '打不开数据库文件，请检查 DATA_DIR 或 DATABASE_URL 的文件夹及其权限'

const noEncryption = 'DATABASE_URL 要求加密连接（sslmode），数据库服务器不支持，请在服务器上开启 TLS'

/**
 * What the operator has to put right before the portal can start, in one sentence.
 * @returns null where the fault is the portal's own, and its stack is what helps
 */
export function operatorProblem(error: unknown): string | null {
  if (error instanceof ConfigError || error instanceof UnusableDatabase) return error.message
  if (error instanceof Sqlite.SqliteError || error instanceof DatabaseError)
    return sqliteProblem(error) ?? systemProblem(error)
  // The driver looks for the folder before it asks SQLite.
  if (error instanceof TypeError && /directory does not exist/.test(error.message)) return cannotOpen
  // What the driver says has no code.
  if (error instanceof Error && /server does not support SSL/.test(error.message)) return noEncryption
  return error instanceof AggregateError ? operatorProblem(error.errors[0]) : systemProblem(error)
}

function sqliteProblem({ code, message }: Pick<DatabaseError, 'code' | 'message'>): string | null {
  if (code.startsWith('SQLITE_CANTOPEN')) return cannotOpen
  if (code.startsWith('SQLITE_READONLY')) return '数据库文件不能写入，请检查它的权限'
  if (code.startsWith('SQLITE_BUSY')) return '数据库正被别的程序占用，请稍后再试'
  if (code.startsWith('SQLITE_FULL')) return '磁盘已满'
  if (code.startsWith('SQLITE_IOERR')) return '磁盘读写出错，请检查磁盘和文件系统，然后再启动'
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) return `数据库文件已损坏（${message}），请从备份恢复`
  return null
}

function systemProblem(error: unknown): string | null {
  if (!(error instanceof Error && 'code' in error)) return null
  const path = 'path' in error ? String(error.path) : ''
  const port = 'port' in error ? String(error.port) : ''
  switch (error.code) {
    case 'EADDRINUSE':
      return `端口 ${port} 已被占用，请停掉占用它的程序，或用 PORT 换一个`
    case 'EADDRNOTAVAIL':
      return '本机没有 HOST 所写的地址'
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return path ? `没有权限读写 ${path}` : `没有权限使用端口 ${port}`
    case 'ENOENT':
    case 'ENOTDIR':
    case 'EEXIST':
      return `找不到或不能建立 ${path}`
    case 'ENOSPC':
      return '磁盘已满'
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case 'ETIMEDOUT':
      return '连不上 DATABASE_URL 所写的数据库服务器'
    case '28P01':
    case '28000':
      return '数据库服务器不接受 DATABASE_URL 里的用户名或密码'
    case '3D000':
      return '数据库服务器上没有 DATABASE_URL 所写的数据库，请先建立'
  }
  return null
}
