import type { FastifyInstance, FastifyRequest } from 'fastify'
import { unitOpinionsOf } from '../../../db/queries/answers/unit-opinions.ts'
import { campaignsOf } from '../../../db/queries/campaigns/campaigns.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { type OrderedClause, orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import { clauseWordsOf } from '../../../db/queries/themes/clause-words.ts'
import { currentVersion } from '../../../db/queries/versions/office-versions.ts'
import { revisedWordingsOf, waitingWordings } from '../../../db/queries/wordings/revised-wordings.ts'
import { versionedWording } from '../../../db/queries/wordings/rewording.ts'
import { type StaffNote, staffNotesOn } from '../../../db/queries/wordings/staff-notes.ts'
import { noSources, type Sources, sourcesOf } from '../../../db/queries/wordings/wording-sources.ts'
import { behindWordings } from '../../../db/queries/wordings/wordings-behind.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { outcomeNames } from '../../rules/answers/responses.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import type { TypedIn } from '../../rules/form.ts'
import { nameOf } from '../../rules/names.ts'
import type { FieldError } from '../../rules/typed.ts'
import type { noteForm, TypedWording, wordingReturnForm } from '../../rules/wordings/clause-forms.ts'
import { citing } from '../../text/outlining/citing.ts'
import { keyTerms } from '../../text/words/key-terms.ts'
import { excerpt } from '../../text/words/sentences.ts'
import { type CountedLink, readingAddress } from '../comments/reading-address.ts'
import { mayWrite } from '../consultation.ts'
import { type Saved, savedAs } from '../versions/versioned.ts'
import { type ClauseCounts, countsOf } from './clause-counts.ts'
import { type ClauseSources, clauseSources } from './clause-sources.ts'
import type { GroupedProposal } from './grouped-proposals.ts'
import { type ShownWordings, type Standing, shownWordings } from './shown-wordings.ts'

interface ClausePage extends ClauseSources {
  consultation: Consultation
  clause: OrderedClause
  address: string
  reading: string
  counts: ClauseCounts
  /** The words that set its comments apart, each with how many of those that were read have it. */
  terms: CountedLink[]
  campaigns: CountedLink[]
  units: { unit: string; body: string; answer: string | null }[]
  /** Other clauses that cite this one: where it changes they are to be looked at. */
  citing: { name: string; href: string }[]
  /** Proposals that touch the same words, of those that were to be merged: a person chooses. */
  clashing: GroupedProposal[][]
  wordings: ShownWordings
  saved: Saved | null
  mayWrite: boolean
  typed: TypedWording & TypedIn<typeof noteForm> & TypedIn<typeof wordingReturnForm>
  notes: (Omit<StaffNote, 'createdAt'> & { time: string })[]
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/wordings/clause': ClausePage
  }
}

const mostTerms = 12
const mostCampaigns = 50

/** An address under /office/:slug/clauses/:clause. */
export interface OfClause {
  Params: { clause: string }
}

/** GET /office/:slug/clauses/:clause: all that is said of a clause, the wordings proposed for it, and its revised one. */
export function clause(app: FastifyInstance, deps: Dependencies): void {
  app.get<OfClause>('/clauses/:clause', async (request, reply) =>
    reply.page('office/wordings/clause', await clausePage(deps, request, await clauseAsked(deps, request))),
  )
}

/** A clause with the wordings that it has, and all of its consultation in document order. */
export interface AskedClause extends Standing {
  clause: OrderedClause
  clauses: readonly OrderedClause[]
}

/** The clause that the address names, in the newest round that has it. @throws PageError 404 */
export async function clauseAsked(
  { db }: Dependencies,
  { consultation, params }: FastifyRequest<OfClause>,
): Promise<AskedClause> {
  const { id } = consultation
  const [clauses, approved, waiting] = await Promise.all([
    orderedClauses(db, id),
    revisedWordingsOf(db, id),
    waitingWordings(db, id),
  ])
  const clause = clauses.find(({ key }) => key === params.clause)
  if (!clause) throw notFound()
  const isOf = (one: { clause: string; round: number }) =>
    one.clause === clause.key && one.round === clause.round
  return {
    ...{ clause, clauses },
    approved: approved.find(isOf) ?? null,
    waiting: waiting.find(isOf) ?? null,
    carried: waiting.filter((one) => one.clause === clause.key && one.round < clause.round),
  }
}

export function clauseAddress({ slug }: Consultation, { key }: OrderedClause): string {
  return `/office/${slug}/clauses/${key}`
}

/**
 * What the page of a clause shows, with nothing typed in its forms.
 * @param ticked what is ticked of the proposals and the concerns; null: what the wording is known to come from
 */
export async function clausePage(
  { db }: Dependencies,
  request: FastifyRequest,
  { clause, clauses, approved, waiting, carried }: AskedClause,
  ticked: Sources | null = null,
): Promise<ClausePage> {
  const { consultation } = request
  const { id, slug } = consultation
  const { key, round } = clause
  const versioned = versionedWording(id, { round, clause: key })
  const revised = waiting ?? approved
  const led = ticked ?? (revised ? await sourcesOf(db, revised.id) : noSources)
  const standing = [approved, waiting, ...carried].flatMap((wording) => wording?.id ?? [])
  const [sources, behind, notes, words, campaigns, units, counts, version] = await Promise.all([
    clauseSources(db, consultation, clause, led),
    behindWordings(db, standing),
    staffNotesOn(db, id, key),
    clauseWordsOf(db, id),
    campaignsOf(db, [id], mostCampaigns),
    unitOpinionsOf(db, id),
    countsOf(db, consultation, key),
    currentVersion(db, versioned),
  ])
  const own = words.get(key) ?? { texts: 0, words: {} }
  const rest = [...words].flatMap(([other, count]) => (other === key ? [] : [count]))
  return {
    consultation,
    clause,
    address: clauseAddress(consultation, clause),
    reading: readingAddress(slug, { clause: key }),
    counts,
    terms: keyTerms(own, rest, mostTerms).map(({ word, texts }) => ({
      name: word,
      count: texts,
      href: readingAddress(slug, { clause: key, words: word }),
    })),
    campaigns: campaigns
      .filter((campaign) => campaign.clause === key)
      .map((campaign) => ({
        name: excerpt(campaign.body, 120),
        count: campaign.count,
        href: readingAddress(slug, { campaign: campaign.id }),
      })),
    units: units.flatMap(({ unit, items }) =>
      items.flatMap(({ clause: on, body, outcome, reason }) =>
        on === key
          ? [{ unit, body, answer: outcome && `${nameOf(outcomeNames, outcome)}：${reason ?? ''}` }]
          : [],
      ),
    ),
    ...sources,
    citing: citing(key, clauses).map((other) => ({
      name: clauses.find((one) => one.key === other)?.name ?? other,
      href: `/office/${slug}/clauses/${other}`,
    })),
    clashing: [],
    wordings: shownWordings(request, clause, { approved, waiting, carried }, behind),
    saved: savedAs(consultation, versioned, version),
    mayWrite: mayWrite(request),
    typed: {
      text: revised?.text ?? clause.text,
      reason: revised?.reason ?? '',
      revision: String(version?.revision ?? 0),
      note: '',
      return_note: '',
    },
    notes: notes.map(({ createdAt, ...note }) => ({ ...note, time: shanghaiMinute(createdAt) })),
    errors: [],
  }
}
