import { readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { type Command, Option } from 'commander'
import { calendarOverrides } from '../../db/queries/consultations/calendar.ts'
import { putUpConsultation } from '../../db/queries/consultations/new-consultations.ts'
import type { ReadDocument } from '../../db/queries/drafts/round-drafts.ts'
import { siteFacts } from '../../db/queries/settings.ts'
import { refusedAs } from '../../db/refused.ts'
import type { Dependencies } from '../dependencies.ts'
import { readDocument } from '../documents/reading/read-document.ts'
import { UnreadableDocument } from '../documents/reading/unreadable-document.ts'
import { documentTypes } from '../rules/consultations/document-types.ts'
import { earliestClosing } from '../rules/consultations/periods.ts'
import { publicationPolicies } from '../rules/consultations/publication-policies.ts'
import { isSlug } from '../rules/consultations/slugs.ts'
import { endOfDay, shanghaiDay } from '../rules/days.ts'
import { proveCompleteness } from '../text/repairing/completeness.ts'
import { CommandError } from './command-error.ts'
import type { Terminal } from './terminal.ts'
import { withPortal } from './with-portal.ts'

interface ImportOptions {
  slug?: string
  title?: string
  organ?: string
  type: string
  policy: string
  publish: boolean
}

/** portal import FILE: a draft becomes a consultation; with --publish it is open at once for its type's minimum period. */
export function importCommand(program: Command, terminal: Terminal): void {
  program
    .command('import <file>')
    .description('读入征求意见稿（.docx、.txt、.md、.html），建立一次征求意见活动')
    .option('--slug <slug>', '网址名，只用小写字母、数字和连字符；默认取自文件名')
    .option('--title <title>', '标题；默认取自文件')
    .option('--organ <organ>', '征求意见的单位；默认为本网站的主办单位')
    .addOption(
      new Option('--type <type>', '文件类型')
        .choices(Object.keys(documentTypes))
        .default('normative_document'),
    )
    .addOption(
      new Option('--policy <policy>', '意见何时公开')
        .choices(Object.keys(publicationPolicies))
        .default('after_closing'),
    )
    .option('--publish', '立即公布，按文件类型的最短期限征求意见', false)
    .action((file: string, options: ImportOptions) =>
      withPortal(terminal, async (deps) => {
        const slug = slugOf(file, options.slug)
        const document = await read(file)
        await store(deps, slug, document, options)
        terminal.stdout.write(report(slug, document, options.publish))
      }),
    )
}

function slugOf(file: string, given: string | undefined): string {
  const slug = given ?? basename(file, extname(file)).toLowerCase().replaceAll('_', '-')
  if (!isSlug(slug)) throw new CommandError('请用 --slug 给出网址名：只用小写字母、数字和连字符')
  return slug
}

async function read(file: string): Promise<ReadDocument> {
  const bytes = await readFile(file).catch(() => {
    throw new CommandError(`读不到文件 ${file}`)
  })
  try {
    const fileName = basename(file)
    const read = await readDocument({ filename: fileName, bytes })
    return { ...read, fileName }
  } catch (error) {
    throw error instanceof UnreadableDocument ? new CommandError(error.message) : error
  }
}

async function store(
  { db, now: clock }: Dependencies,
  slug: string,
  document: ReadDocument,
  { title, organ, type, policy, publish }: ImportOptions,
): Promise<void> {
  const { draft, source } = document
  if (publish && !proveCompleteness(source, draft).holds)
    throw new CommandError('读出的内容与原文对不上，不能公布；请不加 --publish 导入后核对')
  const now = clock()
  const opensOn = shanghaiDay(now)
  const site = await siteFacts(db)
  const facts = {
    slug,
    title: title ?? (draft.title || basename(document.fileName ?? slug)),
    organ: organ ?? site.sponsor ?? site.name,
    documentType: type,
    publicationPolicy: policy,
    explanation: '',
    regions: [],
    opensAt: now,
    closesAt: endOfDay(earliestClosing(opensOn, type, await calendarOverrides(db))),
  }
  const taken = () => new CommandError(`网址名 ${slug} 已经用过，请用 --slug 换一个`)
  const act = { staffId: null, now }
  await putUpConsultation(db, facts, document, act, publish ? now : null).catch(refusedAs(taken))
}

function report(slug: string, { draft, notes }: ReadDocument, published: boolean): string {
  const clauses = draft.units.filter(({ kind }) => kind !== 'heading').length
  return [
    `${published ? '已公布' : '已导入，尚未公布'}：/consultations/${slug}`,
    `标题 ${draft.units.length - clauses} 个，可提意见的段落 ${clauses} 个，不属于正文的内容 ${draft.artefacts.length} 处`,
    ...draft.artefacts.map(({ text, reason }) => `  ${reason}：${text.slice(0, 60)}`),
    ...notes,
    '',
  ].join('\n')
}
