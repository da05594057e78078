import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { type Command, Option } from 'commander'
import { countReceived } from '../../db/queries/aggregates.ts'
import { findConsultation } from '../../db/queries/consultations.ts'
import type { Header, Scope } from '../documents/comment-table.ts'
import { findPaper } from '../documents/papers.ts'
import { CommandError } from './command-error.ts'
import type { WithPortal } from './portal.ts'
import { progressBar } from './progress-bar.ts'

/** Which paper a format gives; the spreadsheet, the text and the data are of the comments themselves. */
const kinds: Readonly<Record<string, string>> = {
  csv: 'comments',
  xlsx: 'comments',
  docx: 'summary',
  json: 'comments',
  zip: 'archive',
}

interface ExportOptions {
  format: string
  out: string
  scope: Scope
  header: Header
}

/** portal export SLUG --format … --out FILE: one consultation's comments as a file. */
export function exportCommand(program: Command, withPortal: WithPortal): void {
  program
    .command('export <slug>')
    .description('把一次征求意见的意见导出为文件（docx 是意见汇总表，zip 是全部文件）')
    .addOption(new Option('--format <format>', '格式').choices(Object.keys(kinds)).makeOptionMandatory())
    .requiredOption('--out <file>', '写到哪个文件')
    .addOption(
      new Option('--scope <scope>', 'public 只含已公开的意见，internal 含全部意见')
        .choices(['public', 'internal'])
        .default('public'),
    )
    .addOption(new Option('--header <language>', '表头用中文或标识符').choices(['zh', 'en']).default('zh'))
    .action((slug: string, { format, out, scope, header }: ExportOptions) =>
      withPortal(async ({ db, seals, config, now }) => {
        const consultation = await findConsultation(db, slug)
        if (!consultation) throw new CommandError(`没有网址名为 ${slug} 的征求意见活动`)
        const found = findPaper(kinds[format] ?? '', format, scope)
        if (!found) throw new CommandError(`${format} 没有 ${scope} 范围的文件`)
        const bar = progressBar(
          '导出 {bar} {percentage}% · 已读 {value} 条',
          await countReceived(db, consultation.id),
        )
        const read = () => bar.increment()
        const origin = config.publicUrl ?? ''
        try {
          const file = await found.make({ db, seals, consultation, scope, header, now: now(), origin, read })
          await pipeline(file, createWriteStream(`${out}.part`)).catch((error: Error) =>
            cannotWrite(error, out),
          )
          await rename(`${out}.part`, out)
        } finally {
          bar.stop()
          await rm(`${out}.part`, { force: true })
        }
      }),
    )
}

/** A folder that is not there, or a full disk, is for whoever typed the path to put right. */
function cannotWrite(error: Error & { code?: string }, out: string): never {
  if (!error.code || !['ENOENT', 'EACCES', 'ENOSPC', 'EISDIR', 'ENOTDIR', 'EROFS'].includes(error.code))
    throw error
  throw new CommandError(`写不了 ${out}（${error.code}）：请检查文件夹是否存在、能否写入、磁盘是否已满`)
}
