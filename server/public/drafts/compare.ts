import type { FastifyInstance } from 'fastify'
import { publishedCounts } from '../../../db/queries/comments/published-counts.ts'
import type { RoundWithUnits } from '../../../db/queries/drafts/rounds.ts'
import { wordingsBetween } from '../../../db/queries/wordings/revised-wordings.ts'
import { behindWordings } from '../../../db/queries/wordings/wordings-behind.ts'
import type { Dependencies } from '../../dependencies.ts'
import type { ComparedRow } from '../../documents/papers/comparison.ts'
import { writeComparisonDocx } from '../../documents/papers/comparison-docx.ts'
import type { Texts } from '../../locales/zh.ts'
import { notFound } from '../../plugins/page-error.ts'
import { commentsAreShown } from '../../rules/consultations/publication-policies.ts'
import { shanghaiDay } from '../../rules/days.ts'
import { type Relation, relationNames } from '../../rules/drafts/clause-relations.ts'
import { keptFile } from '../download-headers.ts'
import { type Frame, frameKey, frameOf } from '../frame.ts'
import { type Seen, seenConsultation, seenKey } from '../scope.ts'
import { type Compared, comparedRounds } from './compared-rounds.ts'
import { ledTo, type ShownLed } from './led-rows.ts'

interface ComparedRound {
  number: number
  title: string
  day: string
}

interface ComparePage {
  frame: Frame
  title: string
  slug: string
  before: ComparedRound
  after: ComparedRound
  /** With how many comments the public may read on each; null while it may read none. */
  rows: (ComparedRow & { comments: number | null; led: ShownLed[] })[]
  /** How many clauses came out how; the dropped ones last. */
  counts: { relation: keyof Texts['compare']['relations']; count: number }[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'public/drafts/compare': ComparePage
  }
}

interface Params {
  slug: string
  before: string
  after: string
}

/** Two published rounds side by side, word by word; and the same as 修改对照表. */
export function compare(app: FastifyInstance, deps: Dependencies): void {
  app.get<{ Params: Params }>(
    '/consultations/:slug/rounds/:before/compare/:after',
    async (request, reply) => {
      const seen = await seenConsultation(deps, request.params.slug)
      const frame = await frameOf(request, deps)
      const { before, after } = numbersOf(request.params)
      return reply.keptPage([seenKey(seen, deps.now()), frameKey(frame), before, after], async () => {
        const compared = await comparedRounds(deps, seen, before, after)
        return app.page('public/drafts/compare', await comparePage(deps, seen, compared, frame))
      })
    },
  )

  app.get<{ Params: Params }>(
    '/consultations/:slug/rounds/:before/compare/:after/table.docx',
    async (request, reply) => {
      const seen = await seenConsultation(deps, request.params.slug)
      const { before, after } = numbersOf(request.params)
      const key = [seenKey(seen, deps.now()), before, after]
      const make = async () => {
        const { rows, ...compared } = await comparedRounds(deps, seen, before, after)
        return writeComparisonDocx(`${compared.after.title}　第${before}稿与第${after}稿对照。`, rows)
      }
      return keptFile(reply, key, make, 'docx', `修改对照表-${seen.consultation.slug}`)
    },
  )
}

/** @throws PageError 404 where the address does not name an earlier and a later round */
function numbersOf({ before, after }: Params): { before: number; after: number } {
  const numbers = [before, after].map((number) => (/^[1-9]\d{0,2}$/.test(number) ? Number(number) : 0))
  const [first = 0, second = 0] = numbers
  if (first < 1 || second <= first) throw notFound()
  return { before: first, after: second }
}

async function comparePage(
  { db, now }: Dependencies,
  { consultation }: Seen,
  { before, after, rows }: Compared,
  frame: Frame,
): Promise<ComparePage> {
  const [comments, wordings] = await Promise.all([
    publishedCounts(db, consultation, now()),
    wordingsBetween(db, consultation.id, before.number, after.number),
  ])
  const behind = await behindWordings(
    db,
    wordings.map(({ id }) => id),
  )
  const isShown = commentsAreShown(consultation.publicationPolicy, consultation.closesAt, now())
  return {
    frame,
    title: `${frame.t.compare.title(before.number, after.number)} · ${after.title}`,
    slug: consultation.slug,
    before: roundOf(before),
    after: roundOf(after),
    rows: rows.map((row) => ({
      ...row,
      comments: isShown ? (comments.get(keyOf(row)) ?? 0) : null,
      led: ledTo(
        row,
        wordings.flatMap(({ id, clause }) => (clause === keyOf(row) ? (behind.get(id) ?? []) : [])),
        { slug: consultation.slug, isShown, isToldOf: isShown || consultation.outcomeAt !== null },
      ),
    })),
    counts: countsOf(rows),
  }
}

function keyOf(row: ComparedRow): string {
  if (row.kind === 'clause') return row.key
  return row.kind === 'deleted' ? row.old.key : ''
}

function roundOf({ number, title, publishedAt }: RoundWithUnits): ComparedRound {
  return { number, title, day: publishedAt ? shanghaiDay(publishedAt) : '' }
}

function countsOf(rows: ComparedRow[]): ComparePage['counts'] {
  const of = (relation: string) =>
    rows.filter((row) => row.kind === 'clause' && row.relation === relation).length
  return [
    ...(Object.keys(relationNames) as Relation[]).map((relation) => ({ relation, count: of(relation) })),
    { relation: 'deleted' as const, count: rows.filter(({ kind }) => kind === 'deleted').length },
  ].filter(({ count }) => count > 0)
}
