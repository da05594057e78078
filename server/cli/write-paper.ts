import { createWriteStream } from 'node:fs'
import { lstat, rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { countReading } from '../../db/queries/comments/aggregates.ts'
import { type PaperRequest, PaperUnavailable } from '../documents/papers/paper-request.ts'
import { type findPaper, readings } from '../documents/papers/papers.ts'
import { CommandError } from './command-error.ts'
import { progressBar } from './progress-bar.ts'
import type { Terminal } from './terminal.ts'

/**
 * Writes a paper into a file, which has its name only once it is whole; a bar tells how far it has come.
 * @throws CommandError where the paper cannot be made, or the file not written
 */
export async function writePaper(
  { paper, make }: NonNullable<ReturnType<typeof findPaper>>,
  asked: Omit<PaperRequest, 'read' | 'marked'>,
  out: string,
  { stderr }: Terminal,
): Promise<void> {
  if (await isThere(out)) stderr.write(`${out} 已经存在，将被替换\n`)
  const total = readings(paper, asked) * (await countReading(asked.db, asked.consultation.id, asked.filters))
  const bar = progressBar(stderr, '导出 {bar} {percentage}% · 已读 {value} / {total} 条', total)
  let marks = 0
  const request = {
    ...asked,
    read: () => bar.increment(),
    marked: (count: number) => {
      marks += count
    },
  }
  try {
    const file = await make(request)
    await pipeline(file, createWriteStream(`${out}.part`, { mode: 0o600 }))
    await rename(`${out}.part`, out)
    bar.update(bar.getTotal())
  } catch (error) {
    throw said(error, out)
  } finally {
    bar.stop()
    await rm(`${out}.part`, { force: true })
  }
  if (marks > 0) stderr.write(`有 ${marks} 个文件格式无法表示的字符，已用 ␀ 等符号代替\n`)
}

/** Whether a file would be replaced. @throws CommandError where it is none: a folder, a link, a device */
async function isThere(out: string): Promise<boolean> {
  const there = await lstat(out).catch(() => null)
  if (!there || there.isFile()) return there !== null
  throw new CommandError(`${out} 不是普通文件（是文件夹、链接或设备），没有写入：请换一个文件名`)
}

/** A folder that is not there, or a full disk, is for whoever typed the path to put right. */
function said(error: unknown, out: string): unknown {
  if (error instanceof PaperUnavailable) return new CommandError(error.message)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (!['ENOENT', 'EACCES', 'ENOSPC', 'EISDIR', 'ENOTDIR', 'EROFS'].includes(code)) return error
  return new CommandError(`写不了 ${out}（${code}）：请检查文件夹是否存在、能否写入、磁盘是否已满`)
}
