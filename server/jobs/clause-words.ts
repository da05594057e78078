import { setImmediate as rest } from 'node:timers/promises'
import {
  keepClauseWords,
  newestTexts,
  type UncountedClause,
  uncountedClause,
  uncountedClauses,
} from '../../db/queries/themes/clause-words.ts'
import type { Dependencies } from '../dependencies.ts'
import { type WordCounts, wordsOf } from '../text/words/key-terms.ts'
import type { KindOfWork } from './work.ts'

/** More would not change which words tell a clause's comments from the others'. */
const mostTexts = 500
/** Between so many texts others have their turn: cutting one into words takes a fraction of a millisecond. */
const together = 20
const mostWords = 1000
/** A clause on which comments keep coming is not counted again with each of them. */
const recountAfter = 10 * 60 * 1000

/** Counts the words of clauses, one at a time. */
export const clauseWordCounting: KindOfWork = {
  name: 'clause_words',
  batch: 1,
  waiting: ({ db, now }, most) => uncountedClauses(db, lastRecount(now()), most),
  async work({ db, now }, keys) {
    for (const key of keys) {
      const clause = await uncountedClause(db, lastRecount(now()), key)
      if (clause) await keepClauseWords(db, clause, await counted(db, clause), now())
    }
  },
}

function lastRecount(now: Date): Date {
  return new Date(now.getTime() - recountAfter)
}

/** Copies of one letter count once, or its words would stand for the whole clause. */
async function counted(db: Dependencies['db'], clause: UncountedClause): Promise<WordCounts> {
  const texts = [...new Set(await newestTexts(db, clause, mostTexts))]
  const counts = new Map<string, number>()
  for (const [i, text] of texts.entries()) {
    for (const word of wordsOf(text)) counts.set(word, (counts.get(word) ?? 0) + 1)
    if (i % together === together - 1) await rest()
  }
  const often = [...counts].filter(([, count]) => count > 1).sort(([, a], [, b]) => b - a)
  return { texts: texts.length, words: Object.fromEntries(often.slice(0, mostWords)) }
}
