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
  from: string
  /** Who confirmed it; null while it is only proposed. */
  confirmedBy: string | null
}

/** A reason that was refused: its clause, what was typed, and why. */
export interface RefusedReason {
  clause: string
  reason: string
  problem: string
}

/** A form that was refused: its row, what was typed, and why. */
export interface RefusedMapping {
  position: number
  relation: string
  from: string
  problem: string
}

interface MappingPage {
  consultation: Consultation
  round: { number: number; version: number }
  before: number
  rows: (MappingRow | { heading: string } | { deleted: OldWording & Counted; reason: string | null })[]
  /** The clauses of the round before, to choose from. */
  choices: { key: string; name: string }[]
  relations: typeof relationNames
  unconfirmed: number
  mayChange: boolean
  refused: RefusedMapping | null
  refusedReason: RefusedReason | null
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

export async function showMapping(
  { db }: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
  round: RoundWithUnits,
  before: RoundWithUnits,
  refused: RefusedMapping | null,
  refusedReason: RefusedReason | null = null,
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
    if (row.kind === 'deleted')
      return { deleted: { ...row.old, comments: comments(row.old.key) }, reason: row.reason }
    const position = positions.shift() ?? 0
    const mapping = byPosition.get(position)
    return {
      position,
      compared: row,
      from: mapping?.from.join(' ') ?? '',
      comments: comments(...row.old.map(({ key }) => key)),
      confirmedBy: mapping?.staffId ? (names.get(mapping.staffId) ?? '') : null,
    }
  })
  return reply.code(refused || refusedReason ? 422 : 200).page('office/drafts/mapping', {
    consultation,
    round: { number: round.number, version: round.version },
    before: before.number,
    rows,
    choices: before.units.flatMap(({ key, label, text }) =>
      key === null ? [] : [{ key, name: printLabel(label) + text.slice(0, 24) }],
    ),
    relations: relationNames,
    unconfirmed: mappings.filter(({ staffId }) => staffId === null).length,
    mayChange: round.publishedAt === null && mayDraft(request),
    refused,
    refusedReason,
  })
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
