import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import { currentVersion, type Versioned } from '../../../db/queries/versions/office-versions.ts'
import { noSources, type Sources } from '../../../db/queries/wordings/wording-sources.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { outcomeNames } from '../../rules/answers/responses.ts'
import { replyNames } from '../../rules/answers/unit-letter-form.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { reviewNames } from '../../rules/outcomes/findings.ts'
import { materialStateNames } from '../../rules/outcomes/materials.ts'
import { procedureStepNames } from '../../rules/outcomes/procedure-steps.ts'
import type { FieldError } from '../../rules/typed.ts'
import { asSaid, type SaidField, saidInWords, type VersionKind } from '../../rules/versions/version-kinds.ts'
import type { Piece } from '../../text/words/lit.ts'
import { type KnownThings, namesOf } from '../points/known-things.ts'
import { litOver } from './compared.ts'
import { calledIn, type Named, namedFor } from './named.ts'
import { closedFor, placeOf, type VersionedPlace, versionsAddress } from './versioned.ts'

interface ConflictPage extends VersionedPlace, Named {
  consultation: Consultation
  /** The revision that stands. */
  revision: number
  /** Who saved it, and when; null where nobody did, or where it is not known. */
  by: string | null
  at: string | null
  /** What it says, lit where what was typed says something else; null where it was taken away. */
  theirs: { label: string; pieces: Piece[] }[] | null
  mine: SaidField[]
  /** Why what was typed cannot be saved any more; null where it can. */
  closed: string | null
  versions: string
  /** The fragment that holds the fields of its form. */
  fields: string
  /** What was ticked with a wording, as its form sends it, and how much that is. */
  ticked: { fields: Record<string, string>; count: number }
  outcomes: [string, string][]
  replies: [string, string][]
  names: readonly string[]
  states: [string, string][]
  reviews: readonly string[]
  typed: Record<string, string | boolean>
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/versions/conflict': ConflictPage
  }
}

const fieldsOf: Readonly<Record<VersionKind, string>> = {
  answer: '/office/answers/_answer-fields',
  wording: '/office/wordings/_wording-fields',
  concern: '/office/points/_concern-fields',
  leader_page: '/office/briefs/_leader-page-fields',
  report: '/office/outcomes/_report-field',
  theme: '/office/themes/_theme-fields',
  template: '/office/answers/_template-fields',
  unit_reply: '/office/answers/_reply-fields',
  unit_item: '/office/answers/_item-answer-fields',
  step: '/office/outcomes/_step-fields',
  material: '/office/outcomes/_material-fields',
  finding: '/office/outcomes/_finding-fields',
}

/**
 * Answers whoever is the second to save: what somebody else saved since their form was opened beside what they typed, of
 * which nothing is lost, with the revision that stands now, so that it can be saved over the other.
 * @param ticked what was ticked with a wording; `known`: what there is to choose from, where it has been read
 * @throws PageError 404 where it was never there
 */
export async function conflict(
  deps: Dependencies,
  { consultation }: Pick<FastifyRequest, 'consultation'>,
  reply: FastifyReply,
  which: Pick<Versioned, 'kind' | 'row'>,
  typed: Record<string, string | boolean>,
  { ticked = noSources, known = null }: { ticked?: Sources; known?: KnownThings | null } = {},
): Promise<FastifyReply> {
  const { kind, row } = which
  const of = { consultationId: consultation.id, ...which }
  const [current, clauses] = await Promise.all([
    currentVersion(deps.db, of),
    known?.ordered ?? orderedClauses(deps.db, consultation.id),
  ])
  const isGone = current?.said === null
  const closed = await closedFor(deps, of, isGone, clauses)
  if (closed && !current) throw notFound()
  const named = known
    ? { ...namesOf(known), concerns: [] }
    : await namedFor(deps, consultation.id, kind, clauses)
  const called = calledIn(named)
  const mine = saidInWords(kind, { ...asSaid(typed), ...ticked }, called)
  const theirs = current?.said ? saidInWords(kind, current.said, called) : null
  return reply.code(409).page('office/versions/conflict', {
    ...placeOf(consultation, which, current?.said ?? asSaid(typed), clauses),
    consultation,
    revision: current?.revision ?? 0,
    by: current?.by ?? null,
    at: current?.at ? shanghaiMinute(current.at) : null,
    theirs:
      theirs?.flatMap((field, place) => {
        const other = mine[place]?.text ?? ''
        return field.text || other ? [{ label: field.label, pieces: litOver(other, field) }] : []
      }) ?? null,
    mine,
    closed,
    versions: versionsAddress(consultation, kind, row),
    fields: fieldsOf[kind],
    ticked: {
      fields: {
        comment: String(ticked.comments),
        point: String(ticked.points),
        concern: String(ticked.concerns),
      },
      count: Object.values(ticked).flat().length,
    },
    outcomes: Object.entries(outcomeNames),
    replies: Object.entries(replyNames),
    names: procedureStepNames,
    states: Object.entries(materialStateNames),
    reviews: reviewNames,
    ...named,
    typed: { ...typed, revision: String(current?.revision ?? 0) },
    errors: [],
  })
}
