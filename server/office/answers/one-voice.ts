import { answeredOtherwise } from '../../../db/queries/answers/likely-contradictions.ts'
import type { Answered, Response } from '../../../db/queries/answers/listed-responses.ts'
import { revisedWordingsOf } from '../../../db/queries/answers/revised-wordings.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { Dependencies } from '../../dependencies.ts'
import type { ClausePlace } from '../../documents/papers/clause-places.ts'
import { changesDraft, isEmptyPhrase } from '../../rules/answers/one-voice.ts'
import { outcomeNames } from '../../rules/answers/responses.ts'
import { nameOf, wholeDraft } from '../../rules/names.ts'
import { pairsOf, similarity } from '../../text/comparing/similarity.ts'
import { excerpt } from '../../text/words/sentences.ts'

/** Something to look at once more before an answer is approved; it bars nothing. */
export interface Warning {
  text: string
  href: string | null
}

/** So many on either side are compared, and so many warnings of one kind are shown. */
const compared = 100
const shown = 3
/** Above this two texts say nearly the same. */
const alike = 0.8

/** What does not go together with an answer that is not approved yet. @param answered the first that it is for */
export async function warningsOf(
  { db }: Pick<Dependencies, 'db'>,
  consultation: Consultation,
  response: Response,
  answered: readonly Answered[],
  places: ReadonlyMap<string, ClausePlace>,
): Promise<Warning[]> {
  if (response.state !== 'draft' && response.state !== 'submitted') return []
  const clauses = [...new Set(answered.map(({ clause }) => clause))]
  const [others, wordings] = await Promise.all([
    answeredOtherwise(db, consultation.id, response, clauses),
    changesDraft(response.outcome) ? revisedWordingsOf(db, consultation.id) : null,
  ])
  const base = `/office/${consultation.slug}`
  const changed = new Set(wordings?.map(({ clause }) => clause))
  const unchanged = wordings ? clauses.filter((key) => key !== wholeDraft && !changed.has(key)) : []
  return [
    ...(isEmptyPhrase(response.reason)
      ? [{ text: '理由只是一句套话，没有说明怎样研究、为什么。', href: null }]
      : []),
    ...unchanged.slice(0, shown).map((key) => ({
      text: `写的是“${nameOf(outcomeNames, response.outcome)}”，${places.get(key)?.citation ?? key}还没有修改稿。`,
      href: `${base}/clauses/${key}`,
    })),
    ...contradictions(answered.slice(0, compared), others).map(({ text, responseId, outcome }) => ({
      text: `差不多的意见得到了不同的答复（${nameOf(outcomeNames, outcome)}）：“${excerpt(text, 30)}”`,
      href: `${base}/responses/${responseId}`,
    })),
  ]
}

function contradictions<Other extends { text: string }>(
  answered: readonly Answered[],
  others: readonly Other[],
): Other[] {
  const said = answered.map(({ body }) => pairsOf(body))
  return others
    .filter(({ text }) => {
      const pairs = pairsOf(text)
      return said.some((one) => similarity(one, pairs) >= alike)
    })
    .slice(0, shown)
}
