import { createWriteStream } from 'node:fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Command, Option } from 'commander'
import type { Database } from '../../db/open.ts'
import { type Consultation, findConsultation } from '../../db/queries/consultations.ts'
import { commentsCsv, commentsXlsx, type FileOptions } from '../documents/comment-files.ts'
import { commentsJson } from '../documents/comment-json.ts'
import { CommandError } from './command-error.ts'
import type { WithPortal } from './portal.ts'

type Writer = (db: Database, consultation: Consultation, options: FileOptions) => Promise<Readable>

const writers = {
  csv: commentsCsv,
  xlsx: commentsXlsx,
  json: (db, consultation, { scope }) => commentsJson(db, consultation, scope),
} as const satisfies Record<string, Writer>

interface ExportOptions extends FileOptions {
  format: keyof typeof writers
  out: string
}

/** portal export SLUG --format … --out FILE: one consultation's comments as a file. */
export function exportCommand(program: Command, withPortal: WithPortal): void {
  program
    .command('export <slug>')
    .description('把一次征求意见的全部意见导出为文件')
    .addOption(new Option('--format <format>', '格式').choices(Object.keys(writers)).makeOptionMandatory())
    .requiredOption('--out <file>', '写到哪个文件')
    .addOption(
      new Option('--scope <scope>', 'public 只含已公开的意见，internal 含全部意见')
        .choices(['public', 'internal'])
        .default('public'),
    )
    .addOption(new Option('--header <language>', '表头用中文或标识符').choices(['zh', 'en']).default('zh'))
    .action((slug: string, options: ExportOptions) =>
      withPortal(async ({ db }) => {
        const consultation = await findConsultation(db, slug)
        if (!consultation) throw new CommandError(`没有网址名为 ${slug} 的征求意见活动`)
        const file = await writers[options.format](db, consultation, options)
        await pipeline(file, createWriteStream(options.out))
      }),
    )
}
