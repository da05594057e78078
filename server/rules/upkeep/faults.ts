/** The key under which a kind of work is marked that failed as a whole. */
export const wholeWork = ''

const second = 1000
/** A row is tried again by itself now and then, since what broke it may have been mended or have been somebody else's. */
const rests = {
  row: { first: 10 * second, longest: 60 * 60 * second },
  work: { first: second, longest: 10 * 60 * second },
}

/** How long, in milliseconds, what has failed so many times in a row is left alone: twice as long each time. */
export function restAfter(failures: number, of: keyof typeof rests): number {
  const { first, longest } = rests[of]
  return Math.min(longest, first * 2 ** (failures - 1))
}

/** The class of an error with its code, and nothing of what it says: that may quote what somebody wrote. */
export function errorClass(error: unknown): string {
  if (!(error instanceof Error)) return 'Error'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  return `${error.name} ${code}`
    .replace(/[^\w ]/g, '')
    .trim()
    .slice(0, 80)
}

/** What an administrator can do about an error of this class. */
export function adviceOn(error: string): string {
  if (error.startsWith('BrokenSeal')) {
    return '密文打不开。请核对 SECRET_KEY 是否与写入时相同；密钥无误的，数据已损坏，请从备份中恢复。'
  }
  if (/ E[A-Z_]+$/.test(error)) return '文件或网络出错。请检查 DATA_DIR 的权限、剩余空间，以及数据库的连接。'
  if (error.startsWith('DatabaseError')) {
    return '数据库拒绝了写入。请检查数据库的空间和权限，运行 portal verify，再看应用日志。'
  }
  return '数据可能已损坏。请运行 portal verify，从备份中恢复；应用日志里有出错的位置，可交维护人员。'
}
