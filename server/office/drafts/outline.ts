import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { RoundWithUnits } from '../../../db/queries/drafts/rounds.ts'
import { draftOf, type StoredUnit } from '../../../db/queries/drafts/units.ts'
import type { Dependencies } from '../../dependencies.ts'
import type { FieldError } from '../../rules/typed.ts'
import { printLabel } from '../../text/outlining/print.ts'
import { type Completeness, proveCompleteness } from '../../text/repairing/completeness.ts'
import { splitSentences } from '../../text/words/sentences.ts'
import { mayDraft } from '../consultation.ts'
import { repairNames } from './repair-form.ts'
import { type OfRound, roundOf } from './round.ts'

interface ShownUnit extends Pick<StoredUnit, 'position' | 'kind' | 'level' | 'citation' | 'cells'> {
  /** With the gap before its words; empty where it has no number. */
  label: string
  heading: string | null
  /** What follows the heading sentence. */
  rest: string
}

interface OutlineItem {
  position: number
  level: number
  name: string
  /** How many clauses stand directly under it. */
  clauses: number
}

interface OutlinePage {
  consultation: Consultation
  round: { number: number; title: string; version: number; fileName: string | null; notes: string[] }
  mayRepair: boolean
  completeness: Completeness
  outline: OutlineItem[]
  /** Clauses before the first heading. */
  leading: number
  units: ShownUnit[]
  artefacts: { text: string; reason: string }[]
  steps: string[]
  /** The unit whose further repairs are shown, with the places at which its sentences begin. */
  open: { position: number; breaks: { at: number; words: string }[] } | null
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/drafts/outline': OutlinePage
  }
}

/** GET /office/:slug/rounds/:round/outline?unit=: the draft as it was read, its outline beside it, to be repaired. */
export function outline(app: FastifyInstance, { db }: Dependencies): void {
  app.get<OfRound & { Querystring: { unit?: unknown } }>('/rounds/:round/outline', async (request, reply) => {
    const round = await roundOf(request, db)
    const { unit } = request.query
    const open = typeof unit === 'string' && /^\d{1,6}$/.test(unit) ? Number(unit) : null
    return showOutline(request, reply, round, open, null)
  })
}

/** The outline with a repair's problem where there is one, status 422 then. */
export async function showOutline(
  request: FastifyRequest,
  reply: FastifyReply,
  round: RoundWithUnits,
  open: number | null,
  problem: string | null,
): Promise<FastifyReply> {
  const { consultation } = request
  const { number, title, version, fileName, notes, repairs, units } = round
  return reply.code(problem === null ? 200 : 422).page('office/drafts/outline', {
    consultation,
    round: { number, title, version, fileName, notes: notes ?? [] },
    mayRepair: mayDraft(request) && round.publishedAt === null,
    completeness: proveCompleteness(round.source, draftOf(round, units)),
    ...outlineOf(units),
    units: units.map(shown),
    artefacts: round.artefacts,
    steps: (repairs ?? []).map(({ act }) => repairNames[act]),
    open: open === null ? null : breaksOf(units[open]),
    errors: problem === null ? [] : [{ field: open === null ? 'repair' : `u${open}`, message: problem }],
  })
}

function outlineOf(units: StoredUnit[]): { outline: OutlineItem[]; leading: number } {
  const outline: OutlineItem[] = []
  let leading = 0
  for (const { kind, position, level, label, text } of units) {
    const under = outline.at(-1)
    if (kind === 'heading') outline.push({ position, level, name: printLabel(label) + text, clauses: 0 })
    else if (under) under.clauses++
    else leading++
  }
  return { outline, leading }
}

function shown({ position, kind, level, label, citation, cells, heading, text }: StoredUnit): ShownUnit {
  const opening = heading !== null && text.startsWith(heading) ? heading : null
  return {
    position,
    kind,
    level,
    label: printLabel(label),
    citation,
    cells,
    heading: opening,
    rest: text.slice(opening?.length ?? 0),
  }
}

function breaksOf(unit: StoredUnit | undefined): OutlinePage['open'] {
  if (!unit) return null
  const sentences = unit.kind === 'table' ? [] : splitSentences(unit.text).slice(1)
  return {
    position: unit.position,
    breaks: sentences.map(({ start, text }) => ({ at: start, words: text.slice(0, 24) })),
  }
}
