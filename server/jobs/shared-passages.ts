import type { Representative, Texted } from '../../db/queries/campaigns/grouping.ts'
import { havingPassages, withPassages } from '../../db/queries/campaigns/passages.ts'
import { consultationById } from '../../db/queries/consultations/consultations.ts'
import { orderedClauses } from '../../db/queries/drafts/ordered-clauses.ts'
import type { Dependencies } from '../dependencies.ts'
import { mostKept, ownPassages } from '../text/comparing/passages.ts'
import { withinBudget } from './text-thread.ts'
import type { Likest } from './text-work.ts'

/** A passage that so many have who share nothing else is a turn of phrase: it is neither looked for nor kept. */
const commonplace = 50
/** So many comments are compared by their words, those that share most passages. */
const mostCompared = 8

const none = new Int32Array()

/** What a comment has in common with others by its passages. */
export interface Shared {
  /** What it is known by, if it is like no other. */
  kept: number[]
  /** The comment with which it has most letters in common, so many that one letter lies behind both; null where there is none. */
  with: { other: Representative; best: Likest } | null
}

/** Finds letters to which many have added words of their own: by passages, since all of the text is little alike. */
export class SharedPassages {
  private readonly deps: Dependencies
  private readonly drafts = new Map<string, Promise<Int32Array>>()
  /** The numbers of those of a batch of which the passages are not stored yet, by these. */
  private readonly fresh = new Map<number, number[]>()

  constructor(deps: Dependencies) {
    this.deps = deps
  }

  async of(comment: Texted, passages: Int32Array): Promise<Shared> {
    const draft = await this.draftOf(comment.consultationId)
    const own = ownPassages(passages, draft, comment.consultationId)
    const having = [...(await havingPassages(this.deps.db, own)), ...this.freshHaving(own)].filter(
      ({ number }) => number !== comment.number,
    )
    const times = counted(having.map(({ passage }) => passage))
    const telling = having.filter(({ passage }) => (times.get(passage) ?? 0) < commonplace)
    const kept = own.filter((passage) => (times.get(passage) ?? 0) < commonplace).slice(0, mostKept)
    return { kept, with: await this.mostShared(comment, most(telling), draft) }
  }

  /** Notes one that is like no other, so that the rest of its batch is compared with it. */
  note({ number }: Texted, kept: readonly number[]): void {
    for (const passage of kept) this.fresh.set(passage, [...(this.fresh.get(passage) ?? []), number])
  }

  private freshHaving(own: readonly number[]): { passage: number; number: number }[] {
    return own.flatMap((passage) => (this.fresh.get(passage) ?? []).map((number) => ({ passage, number })))
  }

  private async mostShared(comment: Texted, numbers: number[], draft: Int32Array): Promise<Shared['with']> {
    if (numbers.length === 0) return null
    const { db, texts } = this.deps
    const others = await withPassages(db, comment.consultationId, numbers)
    const bodies = others.map(({ body }) => body)
    const best = await withinBudget(texts.ask('sharing', comment.body, bodies, draft), null)
    const other = best && others[best.place]
    return best && other ? { other, best } : null
  }

  /** What stands in the draft, and in what was announced with it: who quotes it has that in common with everybody. */
  private draftOf(consultationId: string): Promise<Int32Array> {
    const known = this.drafts.get(consultationId) ?? this.readDraft(consultationId)
    this.drafts.set(consultationId, known)
    return known
  }

  private async readDraft(id: string): Promise<Int32Array> {
    const { db, texts } = this.deps
    const [consultation, clauses] = await Promise.all([consultationById(db, id), orderedClauses(db, id)])
    const { title = '', organ = '', notice, explanation = '' } = consultation ?? {}
    const said = [title, organ, notice ?? '', explanation, ...clauses.map(({ text }) => text)]
    return withinBudget(texts.ask('draftPassages', said), none)
  }
}

/** The numbers that stand here most often, of equals those that came first. */
function most(having: readonly { number: number }[]): number[] {
  return [...counted(having.map(({ number }) => number))]
    .sort(([a, times], [b, others]) => others - times || a - b)
    .slice(0, mostCompared)
    .map(([number]) => number)
}

function counted(values: readonly number[]): Map<number, number> {
  const times = new Map<number, number>()
  for (const value of values) times.set(value, (times.get(value) ?? 0) + 1)
  return times
}
