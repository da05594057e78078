import { setTimeout } from 'node:timers/promises'
import { consultationById } from '../../db/queries/consultations/consultations.ts'
import { orderedClauses } from '../../db/queries/drafts/ordered-clauses.ts'
import {
  agreementIn,
  commentsToLearn,
  consultationsToLearn,
  type KeptProposal,
  keepLearnt,
  learningOf,
  partsToLearn,
  type ReadComment,
} from '../../db/queries/themes/theme-learning.ts'
import { themesOf } from '../../db/queries/themes/themes.ts'
import type { LearningStanding } from '../../db/schema/index.ts'
import type { Dependencies } from '../dependencies.ts'
import { leastToLearn } from '../rules/themes/learning.ts'
import type { Candidates } from '../text/sorting/candidates.ts'
import { ofAllTexts, TextThread } from './text-thread.ts'
import type { KindOfWork } from './work.ts'

/** The first of a consultation; those that came later are read as they are, one by one. */
const mostRead = 20_000

/** So long it is waited for at a time, in milliseconds: the other kinds of work have their turns while much is read. */
const waited = 250

/**
 * Reads the comments of a consultation for themes, in a thread of its own, where staff have asked or put ten more under one.
 * It goes on while others work.
 */
export function themeLearning(most = waited): KindOfWork {
  const underWay = new Map<string, Promise<Ended>>()
  return {
    name: 'themes',
    batch: 1,
    async waiting({ db }, rows) {
      return underWay.size > 0 ? [...underWay.keys()].slice(0, rows) : consultationsToLearn(db, rows)
    },
    async work(deps, ids) {
      for (const id of ids) {
        const learning = underWay.get(id) ?? learn(deps, id).then(() => ended, failed)
        underWay.set(id, learning)
        const { isEnded, error } = await Promise.race([learning, setTimeout(most, goingOn, { ref: false })])
        if (isEnded) underWay.delete(id)
        if (error) throw error
      }
    },
  }
}

interface Ended {
  isEnded: boolean
  error: unknown
}

const ended: Ended = { isEnded: true, error: null }
const goingOn: Ended = { isEnded: false, error: null }
const failed = (error: unknown): Ended => ({ isEnded: true, error })

async function learn({ db, now }: Dependencies, consultationId: string): Promise<void> {
  const [learning, consultation] = await Promise.all([
    learningOf(db, consultationId),
    consultationById(db, consultationId),
  ])
  if (!learning?.askedAt || !consultation) return
  const [{ comments, assigned }, parts, themes, clauses, agreement] = await Promise.all([
    commentsToLearn(db, consultationId, mostRead),
    partsToLearn(db, consultationId, mostRead),
    themesOf(db, consultationId),
    orderedClauses(db, consultationId),
    agreementIn(db, consultationId),
  ])
  const under = new Map(assigned.map(({ commentId, themeId }) => [commentId, themeId]))
  const others = comments.filter(({ id }) => !under.has(id))
  const taught = parts.flatMap(({ text, themeId: theme }) => (theme ? [{ text, theme }] : []))
  const loose = parts.filter(({ themeId }) => themeId === null)
  const thread = new TextThread(undefined, ofAllTexts)
  try {
    const texts = [...clauses.map(({ text }) => text), consultation.explanation ?? '']
    const listed = await thread.ask('listed', texts, consultation.regions)
    const found = await thread.ask(
      'candidates',
      [...others.map(({ publicId: id, ...comment }) => ({ ...comment, id })), ...loose],
      listed,
    )
    const isEnough = under.size + taught.length >= leastToLearn && themes.length > 1
    const proposals = isEnough
      ? await thread.ask('propose', {
          themes,
          assigned: [
            ...comments.flatMap(({ id, text }) => {
              const theme = under.get(id)
              return theme ? [{ text, theme }] : []
            }),
            ...taught,
          ],
          others: others.map(({ text }) => text),
          listed,
          draft: clauses.map(({ text }) => text),
        })
      : []
    const kept = keptOf(others, proposals)
    const standing = {
      ...{
        read: comments.length + parts.length,
        assigned: under.size + taught.length,
        proposed: countsOf(kept),
      },
      ...agreement,
      ...candidatesKept(found, new Map(loose.map(({ id, publicId }) => [id, publicId]))),
    }
    await keepLearnt(db, consultationId, { proposals: kept, standing, askedAt: learning.askedAt }, now())
  } finally {
    await thread.close()
  }
}

function keptOf(
  others: readonly ReadComment[],
  proposals: readonly { theme: string; confidence: number; words: string[] }[],
): KeptProposal[] {
  return proposals.flatMap(({ theme, confidence, words }, place) => {
    const comment = others[place]
    if (!comment) return []
    return [{ commentId: comment.id, themeId: theme, confidence: Math.round(1000 * confidence), words }]
  })
}

function countsOf(proposals: readonly KeptProposal[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { themeId } of proposals) counts[themeId] = (counts[themeId] ?? 0) + 1
  return counts
}

/**
 * Without what the comments say: that is read from them when it is shown, as it then reads.
 * @param parts the public ids of the comments of parts of letters, by the ids of these
 */
function candidatesKept(
  { candidates, rest }: Candidates,
  parts: ReadonlyMap<string, string>,
): Pick<LearningStanding, 'candidates' | 'rest'> {
  return {
    rest,
    candidates: candidates.map(({ points, sentences, ...candidate }) => ({
      ...candidate,
      comments: points.filter((id) => !parts.has(id)),
      points: points.filter((id) => parts.has(id)),
      sentences: sentences.map(({ point, at }) => {
        const comment = parts.get(point)
        return comment === undefined ? { comment: point, at } : { comment, at, point }
      }),
    })),
  }
}
