import { type Command, Option } from 'commander'
import type { Database } from '../../db/database.ts'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import { logTaken } from '../../db/queries/papers/jobs.ts'
import { findMemberByName } from '../../db/queries/staff/staff.ts'
import { openSnapshot } from '../../db/snapshot.ts'
import type { Dependencies } from '../dependencies.ts'
import { clausePlaces } from '../documents/papers/clause-places.ts'
import type { Header } from '../documents/papers/paper-request.ts'
import { findPaper, papers } from '../documents/papers/papers.ts'
import { everything } from '../rules/comments/reading-filters.ts'
import { stanceNames, stateNames } from '../rules/names.ts'
import { reasonProblem } from '../rules/papers/personal-paper-form.ts'
import { type PaperScope, scopeNames } from '../rules/papers/scopes.ts'
import { hasRole } from '../rules/staff/roles.ts'
import { CommandError } from './command-error.ts'
import type { Terminal } from './terminal.ts'
import { withPortal } from './with-portal.ts'
import { writePaper } from './write-paper.ts'

/** Which paper a format gives where none is named; the spreadsheet, the text and the data are of the comments themselves. */
const kinds: Readonly<Record<string, string>> = {
  csv: 'comments',
  xlsx: 'comments',
  docx: 'summary',
  json: 'comments',
  jsonld: 'annotations',
  zip: 'archive',
}

interface ExportOptions {
  format: string
  out: string
  scope: PaperScope
  header: Header
  paper?: string
  clause?: string
  stance?: string
  state?: string
  by?: string
  reason?: string
}

const choice = (flags: string, about: string, choices: string[]) => new Option(flags, about).choices(choices)

/** portal export SLUG --format … --out FILE: one paper of a consultation as a file, of one moment. */
export function exportCommand(program: Command, terminal: Terminal): void {
  program
    .command('export <slug>')
    .description('把一次征求意见的意见导出为文件（docx 是意见汇总表，zip 是全部文件，--paper 可另选）')
    .addOption(choice('--format <format>', '格式', Object.keys(kinds)).makeOptionMandatory())
    .requiredOption('--out <file>', '写到哪个文件')
    .addOption(
      choice(
        '--scope <scope>',
        'public 只含已公开的意见，internal 含全部意见、隐去姓名，personal 含姓名和联系方式（须写 --by 和 --reason）',
        Object.keys(scopeNames),
      ).default('public'),
    )
    .addOption(
      choice(
        '--paper <paper>',
        '哪份文件',
        papers.map(({ kind }) => kind),
      ),
    )
    .addOption(choice('--header <language>', '表头用中文或标识符', ['zh', 'en']).default('zh'))
    .option('--clause <clause>', '只要这一条的意见，例如 p7')
    .addOption(choice('--stance <stance>', '只要这一类意见', Object.keys(stanceNames)))
    .addOption(choice('--state <state>', '只要这一状态的意见', Object.keys(stateNames)))
    .option('--by <name>', '谁取走含个人信息的文件（本次征求意见的审批人员）')
    .option('--reason <text>', '取走含个人信息的文件的事由，记入操作日志')
    .action((slug: string, options: ExportOptions) =>
      withPortal(terminal, async (deps) => {
        const snapshot = await openSnapshot(deps.config.databaseUrl)
        try {
          await exportPaper(deps, snapshot, slug, options, terminal)
        } finally {
          await snapshot.close()
        }
      }),
    )
}

async function exportPaper(
  deps: Dependencies,
  snapshot: Database,
  slug: string,
  options: ExportOptions,
  terminal: Terminal,
): Promise<void> {
  const { db, seals, config, now } = deps
  const { format, scope, header, clause = null, stance = null, state = null, out } = options
  const consultation = await findConsultation(snapshot, slug)
  if (!consultation) throw new CommandError(`没有网址名为 ${slug} 的征求意见活动`)
  const kind = options.paper ?? kinds[format] ?? ''
  const found = findPaper(kind, format, scope)
  if (!found) throw new CommandError(`${scopeNames[scope]}范围里没有 ${format} 格式的这份文件`)
  const { staffId, reason } = await personalExport(db, consultation.id, options)
  const request = {
    db: snapshot,
    seals,
    consultation,
    places: await clausePlaces(snapshot, consultation.id),
    scope,
    filters: { ...everything, clause, stance, state },
    header,
    origin: config.publicUrl ?? '',
    dataDir: config.dataDir,
    now: now(),
  }
  // Before the file: one that was taken without a trace would be worse than a trace of one that failed.
  if (scope !== 'public')
    await logTaken(db, consultation.id, { kind, format, scope, reason }, { staffId, now: now() })
  await writePaper(found, request, out, terminal)
}

/**
 * Who takes a file away and why. Only one that names persons needs either: an approver of the consultation, and a reason.
 * @throws CommandError where the scope is `personal` and one of them is missing
 */
export async function personalExport(
  db: Database,
  consultationId: string,
  { scope, by, reason = '' }: Pick<ExportOptions, 'scope' | 'by' | 'reason'>,
): Promise<{ staffId: string | null; reason: string | null }> {
  if (scope !== 'personal') return { staffId: null, reason: null }
  const member = by ? await findMemberByName(db, by) : null
  if (!member || !hasRole(member.grants, ['approver'], consultationId)) {
    throw new CommandError('含个人信息的文件要用 --by 写明由谁取走，且须是本次征求意见的审批人员')
  }
  const problem = reasonProblem(reason.trim())
  if (problem) throw new CommandError(`--reason：${problem}`)
  return { staffId: member.id, reason: reason.trim() }
}
