import {
  type Examined,
  keepExaminations,
  type Searched,
  unexamined,
  unexaminedTexts,
} from '../../db/queries/moderation/examinations.ts'
import { knownPersons } from '../../db/queries/personal-data/known-persons.ts'
import { flaggedWords } from '../../db/queries/settings.ts'
import { uncheckedSpans } from '../rules/moderation/redactions.ts'
import { askedAhead } from './asked-ahead.ts'
import { withinBudget } from './text-thread.ts'
import type { KindOfWork } from './work.ts'

/** So many marks are stored at once: more would keep the event loop from others. */
const together = 1_000

/** Searches comments that wait for personal data. What cannot be searched is left to a person, and says so. */
export const examining: KindOfWork = {
  name: 'examinations',
  batch: 200,
  async waiting({ db }, most) {
    const ids = await unexamined(db, most)
    // What is the same for all is read here first: where it is damaged, no comment is to blame.
    if (ids.length > 0) await flaggedWords(db)
    return ids
  },
  async work({ db, seals, texts, now }, ids) {
    const known = await knownPersons(db, seals, ids)
    let searched: Searched[] = []
    let found = 0
    const examine = (comment: Examined) =>
      withinBudget(texts.ask('examine', comment, known.get(comment.id)), null)
    for await (const [comment, spans] of askedAhead(await unexaminedTexts(db, ids), examine)) {
      searched.push({ ...comment, spans: spans ?? uncheckedSpans(comment) })
      found += spans?.length ?? 0
      if (found < together && spans !== null) continue
      await keepExaminations(db, searched, now())
      // What was found is stored; the others have their turn before as much time is taken again.
      if (spans === null) return
      ;[searched, found] = [[], 0]
    }
    await keepExaminations(db, searched, now())
  },
}
