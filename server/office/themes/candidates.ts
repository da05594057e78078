import type { FastifyInstance, FastifyRequest } from 'fastify'
import { v7 as uuid } from 'uuid'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import { orderedClauses } from '../../../db/queries/drafts/ordered-clauses.ts'
import { quotedComments, quotedParts } from '../../../db/queries/themes/quoted-comments.ts'
import { tagComments, tagParts } from '../../../db/queries/themes/theme-comments.ts'
import {
  askForLearning,
  dropCandidate,
  keyOf,
  type Learning,
  learningOf,
} from '../../../db/queries/themes/theme-learning.ts'
import { addTheme, type CountedTheme, themesOf } from '../../../db/queries/themes/themes.ts'
import type { KeptCandidate } from '../../../db/schema/index.ts'
import type { Dependencies } from '../../dependencies.ts'
import { notFound } from '../../plugins/page-error.ts'
import { actOf } from '../../plugins/roles.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import { stanceNames } from '../../rules/names.ts'
import { themeForm } from '../../rules/themes/theme-form.ts'
import { type FieldError, typedText } from '../../rules/typed.ts'
import { splitSentences } from '../../text/words/sentences.ts'
import { unlessTaken } from '../conflicts.ts'
import { mayWrite } from '../consultation.ts'
import { nameTaken } from './themes.ts'

interface ShownCandidate {
  address: string
  title: string
  words: string[]
  count: number
  people: number
  stances: { name: string; count: number }[]
  /** Many are for it and many against it: one theme would mix them. */
  isDivided: boolean
  sentences: { text: string; href: string }[]
}

interface CandidatesPage {
  consultation: Consultation
  address: string
  /** Null where nobody has asked for any. */
  learnt: { read: number; rest: number; assigned: number; at: string } | null
  isWaiting: boolean
  candidates: ShownCandidate[]
  themes: CountedTheme[]
  mayWrite: boolean
  errors: FieldError[]
}

declare module '../../plugins/views.ts' {
  interface Views {
    'office/themes/candidates': CandidatesPage
  }
}

interface OfCandidate {
  Params: { candidate: string }
}

/** Of its stances the second is at least so much of all: it divides. */
const divides = 0.25

/**
 * /office/:slug/themes/candidates: themes that the comments under none speak of, found in the background when staff ask for
 * it (POST). …/acceptance makes one a theme, or a part of one, under the name that is typed, with its comments or without;
 * …/removal drops it. Nothing is put anywhere before.
 */
export function candidates(app: FastifyInstance, deps: Dependencies): void {
  const { db } = deps

  app.get('/themes/candidates', async (request, reply) =>
    reply.page('office/themes/candidates', await candidatesPage(deps, request, await readFor(deps, request))),
  )

  app.post('/themes/candidates', async (request, reply) => {
    await askForLearning(db, request.consultation.id, actOf(request, deps))
    return reply.redirect(addressOf(request.consultation), 303)
  })

  app.post<OfCandidate>('/themes/candidates/:candidate/acceptance', async (request, reply) => {
    const { consultation, body } = request
    const read = await readFor(deps, request)
    const { learning, candidate } = candidateAsked(read, request)
    const into = read.themes.find(({ id }) => id === typedText(body, 'into'))
    const id = into?.id ?? uuid()
    const problems = into ? [] : await made(deps, request, id)
    if (problems.length > 0) {
      const page = await candidatesPage(deps, request, read)
      return reply.code(422).page('office/themes/candidates', { ...page, errors: problems })
    }
    const act = actOf(request, deps)
    if (typedText(body, 'assign') === 'yes') {
      if (candidate.comments.length > 0) await tagComments(db, consultation.id, id, candidate.comments, act)
      await tagParts(db, consultation.id, id, candidate.points ?? [], act)
    }
    await dropCandidate(db, consultation.id, keyOf(candidate), learning, act)
    return reply.redirect(addressOf(consultation), 303)
  })

  app.post<OfCandidate>('/themes/candidates/:candidate/removal', async (request, reply) => {
    const { consultation } = request
    const { learning, candidate } = candidateAsked(await readFor(deps, request), request)
    await dropCandidate(db, consultation.id, keyOf(candidate), learning, actOf(request, deps))
    return reply.redirect(addressOf(consultation), 303)
  })
}

/** Makes the theme that was typed. @returns what is wrong with it */
async function made(deps: Dependencies, request: FastifyRequest, id: string): Promise<FieldError[]> {
  const { consultation, body } = request
  const { values, errors } = themeForm(await orderedClauses(deps.db, consultation.id)).sent(body)
  if (!values) return errors
  return unlessTaken(
    addTheme(deps.db, consultation.id, { id, ...values }, actOf(request, deps)),
    nameTaken(values.name),
  )
}

function addressOf({ slug }: Consultation): string {
  return `/office/${slug}/themes/candidates`
}

interface ReadForCandidates {
  learning: Learning | null
  themes: CountedTheme[]
}

async function readFor({ db }: Dependencies, { consultation }: FastifyRequest): Promise<ReadForCandidates> {
  const [learning, themes] = await Promise.all([
    learningOf(db, consultation.id),
    themesOf(db, consultation.id),
  ])
  return { learning, themes }
}

/** @throws PageError 404 where it is not there, or not any more */
function candidateAsked(
  { learning }: ReadForCandidates,
  { params }: FastifyRequest<OfCandidate>,
): { learning: Learning; candidate: KeptCandidate } {
  const candidate = learning?.standing?.candidates.find((one) => keyOf(one) === params.candidate)
  if (!learning || !candidate) throw notFound()
  return { learning, candidate }
}

async function candidatesPage(
  { db }: Dependencies,
  request: FastifyRequest,
  { learning, themes }: ReadForCandidates,
): Promise<CandidatesPage> {
  const { consultation } = request
  const standing = learning?.standing ?? null
  const found = standing?.candidates ?? []
  const sentences = found.flatMap((candidate) => candidate.sentences)
  const [whole, parts] = await Promise.all([
    quotedComments(
      db,
      consultation.id,
      sentences.flatMap(({ comment, point }) => (point ? [] : [comment])),
    ),
    quotedParts(
      db,
      consultation.id,
      sentences.flatMap(({ point }) => point ?? []),
    ),
  ])
  const quoted = new Map([...whole, ...parts])
  return {
    consultation,
    address: addressOf(consultation),
    learnt: standing && {
      ...{ read: standing.read, rest: standing.rest, assigned: standing.assigned },
      at: learning?.learntAt ? shanghaiMinute(learning.learntAt) : '',
    },
    isWaiting: learning?.askedAt !== null && learning !== null,
    candidates: found.map((candidate) => shown(consultation, candidate, quoted)),
    themes,
    mayWrite: mayWrite(request),
    errors: [],
  }
}

function shown(
  consultation: Consultation,
  candidate: KeptCandidate,
  quoted: ReadonlyMap<string, string>,
): ShownCandidate {
  const { title, words, comments, points = [], people, stances, sentences } = candidate
  const counts = Object.entries(stanceNames).map(([stance, name]) => ({ name, count: stances[stance] ?? 0 }))
  const [support = 0, oppose = 0] = [stances.support, stances.oppose]
  return {
    ...{ title, words, people, count: comments.length + points.length },
    address: `${addressOf(consultation)}/${keyOf(candidate)}`,
    stances: counts.filter(({ count }) => count > 0),
    isDivided: Math.min(support, oppose) >= divides * (support + oppose) && support + oppose > 3,
    sentences: sentences.flatMap(({ comment, at, point }) => {
      const text = splitSentences(quoted.get(point ?? comment) ?? '')[at]?.text.trim()
      return text ? [{ text, href: `/office/${consultation.slug}/splits/${comment}` }] : []
    }),
  }
}
