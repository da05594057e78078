import type { FastifyInstance } from 'fastify'
import { orderedClauses } from '../../db/queries/ordered-clauses.ts'
import { editionRows, editions, type Outcome } from '../../db/queries/outcome-editions.ts'
import type { Dependencies } from '../dependencies.ts'
import { notFound } from '../plugins/page-error.ts'
import { nameOf, wholeDraft, wholeDraftName } from '../rules/names.ts'
import { outcomeNames } from '../rules/responses.ts'
import { shanghaiMinute } from '../rules/shanghai.ts'
import { type Frame, frameOf } from './frame.ts'
import { publicScope } from './scope.ts'

interface ShownRow {
  number: number
  clause: string
  author: string
  body: string
  count: number
  outcome: string
  reason: string
  href: string | null
}

interface ShownEdition {
  number: number
  time: string
  note: string | null
  href: string
  current: boolean
}

declare module '../plugins/views.ts' {
  interface Views {
    'public/outcome': {
      frame: Frame
      title: string
      slug: string
      draftTitle: string
      edition: ShownEdition
      editions: ShownEdition[]
      paragraphs: { heading: string | null; lines: string[] }[]
      outcomes: { name: string; count: number }[]
      admitted: number
      rows: ShownRow[]
      next: string | null
    }
  }
}

const pageSize = 100

/** GET /consultations/:slug/outcome: the newest edition, or ?edition=N; its table a page at a time. */
export async function outcome(app: FastifyInstance, deps: Dependencies): Promise<void> {
  app.get<{ Params: { slug: string }; Querystring: Record<string, unknown> }>(
    '/consultations/:slug/outcome',
    async (request, reply) => {
      const { consultation, round } = await publicScope(deps, request.params.slug)
      const all = await editions(deps.db, consultation.id)
      const chosen = all.find(({ edition }) => String(edition) === request.query.edition) ?? all[0]
      if (!chosen) throw notFound()
      const address = `/consultations/${consultation.slug}/outcome`
      const rows = await editionRows(deps.db, chosen.id, after(request.query.after), pageSize + 1)
      const names = await clauseNames(deps, consultation.id)
      const last = rows.length > pageSize ? rows[pageSize - 1] : null
      return reply.page('public/outcome', {
        frame: await frameOf(request, deps, ['edition', 'after']),
        title: `公开征求意见情况说明 · ${round.title}`,
        slug: consultation.slug,
        draftTitle: round.title,
        edition: shown(chosen, address, chosen),
        editions: all.map((edition) => shown(edition, address, chosen)),
        paragraphs: paragraphsOf(chosen.report),
        outcomes: Object.entries(outcomeNames).map(([key, name]) => ({
          name,
          count: chosen.numbers.outcomes[key] ?? 0,
        })),
        admitted: chosen.numbers.admitted,
        rows: rows.slice(0, pageSize).map((row) => ({
          ...row,
          number: row.position + 1,
          clause: names.get(row.clause) ?? row.clause,
          outcome: nameOf(outcomeNames, row.outcome),
          href:
            row.clause === wholeDraft ? null : `/consultations/${consultation.slug}/clauses/${row.clause}`,
        })),
        next: last ? `${address}?edition=${chosen.edition}&after=${last.position}` : null,
      })
    },
  )
}

/** The position after which a page of the table goes on; −1 is the start. */
function after(value: unknown): number {
  return typeof value === 'string' && /^\d{1,7}$/.test(value) ? Number(value) : -1
}

async function clauseNames({ db }: Dependencies, consultationId: string): Promise<Map<string, string>> {
  const clauses = await orderedClauses(db, consultationId)
  return new Map([
    [wholeDraft, wholeDraftName],
    ...clauses.map(({ key, name }): [string, string] => [key, name]),
  ])
}

function shown({ edition, publishedAt, note }: Outcome, address: string, chosen: Outcome): ShownEdition {
  return {
    number: edition,
    time: shanghaiMinute(publishedAt),
    note,
    href: `${address}?edition=${edition}`,
    current: edition === chosen.edition,
  }
}

/** The report's paragraphs; one that opens with 一、 has its first line as heading. */
function paragraphsOf(report: string): { heading: string | null; lines: string[] }[] {
  return report.split(/\n{2,}/).map((paragraph) => {
    const [first = '', ...rest] = paragraph.split('\n')
    return /^[一二三四五六七八九十]+、/.test(first)
      ? { heading: first, lines: rest }
      : { heading: null, lines: [first, ...rest] }
  })
}
