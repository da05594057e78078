import type { Database } from '../../db/database.ts'
import { consultationById } from '../../db/queries/consultations/consultations.ts'
import { orderedClauses } from '../../db/queries/drafts/ordered-clauses.ts'
import {
  keepClauseWords,
  newestTexts,
  uncountedClause,
  uncountedClauses,
} from '../../db/queries/themes/clause-words.ts'
import type { WordCounts } from '../text/words/key-terms.ts'
import { askedAhead } from './asked-ahead.ts'
import { type TextThread, withinBudget } from './text-thread.ts'
import type { KindOfWork } from './work.ts'

/** More would not change which words tell a clause's comments from the others'. */
const mostTexts = 500
const mostWords = 1000
/** A clause on which comments keep coming is not counted again with each of them. */
const recountAfter = 10 * 60 * 1000

/** Counts the words of clauses, one at a time. */
export const clauseWordCounting: KindOfWork = {
  name: 'clause_words',
  batch: 1,
  waiting: ({ db, now }, most) => uncountedClauses(db, lastRecount(now()), most),
  async work({ db, texts, now }, keys) {
    for (const key of keys) {
      const clause = await uncountedClause(db, lastRecount(now()), key)
      if (!clause) continue
      const said = await newestTexts(db, clause, mostTexts)
      const listed = await listedFor(db, texts, clause.consultationId)
      await keepClauseWords(db, clause, await counted(texts, said, listed), now())
    }
  },
}

/** The words of a consultation that its draft and its places give. */
async function listedFor(db: Database, thread: TextThread, consultationId: string): Promise<string[]> {
  const [consultation, clauses] = await Promise.all([
    consultationById(db, consultationId),
    orderedClauses(db, consultationId),
  ])
  const texts = [...clauses.map(({ text }) => text), consultation?.explanation ?? '']
  return withinBudget(thread.ask('listed', texts, consultation?.regions ?? []), [])
}

function lastRecount(now: Date): Date {
  return new Date(now.getTime() - recountAfter)
}

/** Copies of one letter count once, or its words would stand for the whole clause. */
async function counted(thread: TextThread, said: string[], given: string[]): Promise<WordCounts> {
  const texts = new Set(said)
  const listed = [...given, ...(await withinBudget(thread.ask('discovered', [...texts]), []))]
  const counts = new Map<string, number>()
  const wordsOf = (text: string) => withinBudget(thread.ask('words', text, listed), new Set<string>())
  for await (const [, words] of askedAhead([...texts], wordsOf)) {
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  const often = [...counts].filter(([, count]) => count > 1).sort(([, a], [, b]) => b - a)
  return { texts: texts.size, words: Object.fromEntries(often.slice(0, mostWords)) }
}
