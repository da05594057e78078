import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { countCells } from '../../../db/queries/comments/aggregates.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { reasonsBetween } from '../../../db/queries/drafts/change-reasons.ts'
import { roundMappings, type StoredMapping } from '../../../db/queries/drafts/mappings.ts'
import { type RoundWithUnits, roundBefore } from '../../../db/queries/drafts/rounds.ts'
import { staffNames } from '../../../db/queries/staff/staff.ts'
import type { Dependencies } from '../../dependencies.ts'
import { type ComparedRow, compareRounds, type OldWording } from '../../documents/papers/comparison.ts'
import { notFound } from '../../plugins/page-error.ts'
import { isRelation, relationNames } from '../../rules/drafts/clause-relations.ts'
import { errorsOf, type RefusedForm, type StandingForm, standing } from '../../rules/standing-form.ts'
import type { FieldError } from '../../rules/typed.ts'
import { doubtfulCitations } from '../../text/outlining/citing.ts'
import { printLabel } from '../../text/outlining/print.ts'
import { mayDraft } from '../consultation.ts'
import { type OfRound, roundOf } from './round.ts'

interface Counted {
  /** How many comments stand on the clause. */
  comments: number
}

interface MappingRow extends Counted {
  position: number
  compared: Extract<ComparedRow, { kind: 'clause' }>
  mapping: StandingForm
  reason: StandingForm
  /** Who confirmed it; null while it is only proposed. */
  confirmedBy: string | null
}

interface DeletedRow {
  deleted: OldWording & Counted
  reason: StandingForm
}

interface MappingPage {
  consultation: Consultation
  round: { number: number; version: number }
  before: number
  rows: (MappingRow | { heading: string } | DeletedRow)[]
  /** The clauses of the round before, to choose from. */
  choices: { key: string; name: string }[]
  relations: [relation: string, name: string][]
  unconfirmed: number
  /** Places that cite a clause or number which is not what it was. */
  doubts: ShownDoubt[]
  mayChange: boolean
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/drafts/mapping': MappingPage
  }
}

/** GET /office/:slug/rounds/:round/mapping: each clause beside what it came out of, with the comments on it. */
export function mapping(app: FastifyInstance, deps: Dependencies): void {
  app.get<OfRound>('/rounds/:round/mapping', async (request, reply) => {
    const { round, before } = await roundsToMap(request, deps)
    return showMapping(deps, request, reply, round, before, null)
  })
}

/** The round that the address names, and the one before it. @throws PageError 404 for a first round */
export async function roundsToMap(
  request: FastifyRequest<OfRound>,
  { db }: Dependencies,
): Promise<{ round: RoundWithUnits; before: RoundWithUnits }> {
  const round = await roundOf(request, db)
  const before = await roundBefore(db, request.consultation.id, round.number)
  if (!before) throw notFound()
  return { round, before }
}

/** @param refused the mapping of a clause by its place in the draft, or the reason of one by its key */
export async function showMapping(
  { db }: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  round: RoundWithUnits,
  before: RoundWithUnits,
  refused: RefusedForm | null,
): Promise<FastifyReply> {
  const { consultation } = request
  const [mappings, cells, reasons] = await Promise.all([
    roundMappings(db, round.id),
    countCells(db, consultation.id),
    reasonsBetween(db, consultation.id, before.number, round.number),
  ])
  const names = await staffNames(db, [...new Set(mappings.map(({ staffId }) => staffId))])
  const comments = (...keys: string[]) =>
    cells.reduce((sum, { clause, count }) => (keys.includes(clause) ? sum + count : sum), 0)
  const byPosition = new Map(mappings.map((mapping) => [mapping.position, mapping]))
  const positions = round.units.flatMap(({ key }, position) => (key === null ? [] : [position]))
  const rows = compared(before, round, mappings, reasons).map((row): MappingPage['rows'][number] => {
    if (row.kind === 'heading') return { heading: row.text }
    if (row.kind === 'deleted') {
      const { key } = row.old
      const deleted = { ...row.old, comments: comments(key) }
      return { deleted, reason: standing(key, { reason: row.reason ?? '' }, refused) }
    }
    const position = positions.shift() ?? 0
    const mapping = byPosition.get(position)
    const typed = { relation: row.relation, from: mapping?.from.join(' ') ?? '' }
    return {
      position,
      compared: row,
      mapping: standing(String(position), typed, refused),
      reason: standing(row.key, { reason: row.reason ?? '' }, refused),
      comments: comments(...row.old.map(({ key }) => key)),
      confirmedBy: mapping?.staffId ? (names.get(mapping.staffId) ?? '') : null,
    }
  })
  return reply.code(refused ? 422 : 200).page('office/drafts/mapping', {
    consultation,
    round: { number: round.number, version: round.version },
    before: before.number,
    rows,
    choices: before.units.flatMap(({ key, label, text }) =>
      key === null ? [] : [{ key, name: printLabel(label) + text.slice(0, 24) }],
    ),
    relations: Object.entries(relationNames),
    unconfirmed: mappings.filter(({ staffId }) => staffId === null).length,
    doubts: doubtsOf(before, round),
    mayChange: round.publishedAt === null && mayDraft(request),
    errors: errorsOf(refused),
  })
}

/** A citation to be looked at, in the words of whoever reads the page. */
interface ShownDoubt {
  position: number
  name: string
  said: string
  why: string
}

function doubtsOf(before: RoundWithUnits, round: RoundWithUnits): ShownDoubt[] {
  const [old, now] = [clausesIn(before), clausesIn(round)]
  const cited = (clauses: ReturnType<typeof clausesIn>, key: string | null) =>
    clauses.find((clause) => clause.key === key)?.citation ?? ''
  return doubtfulCitations(old, now).map(({ key, said, why, meant, now: found }) => {
    const [was, is, stands] = [cited(old, meant), cited(now, meant), cited(now, found)]
    const told = {
      renumbered: `原来指的是上一稿${was}，现在是${is}；${stands ? `现在照字面是${stands}` : '照字面已经没有这一条'}`,
      changed: `所指的${is}文字有改动`,
      dropped: `所指的上一稿${was}已经删去${stands ? `，现在照字面是${stands}` : ''}`,
      missing: '本稿没有这个编号',
    }
    return {
      position: round.units.findIndex((unit) => unit.key === key),
      ...{ name: cited(now, key), said, why: told[why] },
    }
  })
}

function clausesIn({ units }: RoundWithUnits) {
  return units.flatMap(({ key, label, citation, text }) =>
    key === null ? [] : [{ key, label: label && printLabel(label), citation, text }],
  )
}

function compared(
  before: RoundWithUnits,
  round: RoundWithUnits,
  mappings: StoredMapping[],
  reasons: Map<string, string>,
): ComparedRow[] {
  return compareRounds(
    before.units,
    round.units,
    new Map(mappings.map(({ position, from }) => [position, from])),
    new Map(
      mappings.flatMap(({ position, relation }) => (isRelation(relation) ? [[position, relation]] : [])),
    ),
    reasons,
  )
}
