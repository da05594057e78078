import { v7 as uuid } from 'uuid'
import type { Query, Statement } from '../../db/atomically.ts'
import {
  beginCampaign,
  holdWords,
  joinCampaign,
  keepBands,
  markCompared,
  type Representative,
  sharingABand,
  type Texted,
} from '../../db/queries/campaigns/grouping.ts'
import { keepPassages, markRead } from '../../db/queries/campaigns/passages.ts'
import { forgetBands } from '../../db/queries/campaigns/regrouping.ts'
import { doneUnless } from '../../db/refused.ts'
import type { Dependencies } from '../dependencies.ts'
import { alike } from '../text/comparing/fingerprints.ts'
import { SharedPassages } from './shared-passages.ts'
import { withinBudget } from './text-thread.ts'
import type { Fingerprint, Likest } from './text-work.ts'

/** So many findings are stored at once: more would keep the event loop from others. */
const together = 25

/** What a batch has found so far, beside what the database knows. */
export class Grouping {
  private readonly deps: Dependencies
  private readonly shared: SharedPassages
  private readonly writes: ((tx: Query) => Statement[])[] = []
  /** Those of the batch that stand alone, by their bands. */
  private readonly alone = new Map<string, Representative[]>()
  /** Campaigns that the batch began, by their first comment. */
  private readonly begun = new Map<string, string>()

  constructor(deps: Dependencies) {
    this.deps = deps
    this.shared = new SharedPassages(deps)
  }

  /**
   * Joins the campaign whose representative is most alike, or has most in common with it, or stands alone: with its
   * fingerprint, unless it has none.
   */
  async compare(comment: Texted, { bands, passages }: Fingerprint): Promise<void> {
    const [other, best] = await this.mostAlike(comment, bands)
    if (other && best) return this.join(comment, other, best)
    const { kept, with: found } = await this.shared.of(comment, passages)
    if (found) return this.join(comment, found.other, found.best)
    this.standAlone(comment, bands, kept)
  }

  /** Reads the passages of one that was compared without them; where it stands alone, it may join a campaign after all. */
  async compareOlder(comment: Representative, passages: Int32Array): Promise<void> {
    const { kept, with: found } = await this.shared.of(comment, passages)
    if (found && comment.campaignId === null && !this.begun.has(comment.id)) {
      const leave = (tx: Query) => [...markRead(tx, comment), forgetBands(tx, comment.id)]
      return this.join(comment, found.other, found.best, leave)
    }
    this.shared.note(comment, kept)
    this.writes.push((tx) => [...markRead(tx, comment), ...keepPassages(tx, comment, kept)])
  }

  private async mostAlike(
    comment: Texted,
    bands: string[],
  ): Promise<[other: Representative | null, best: Likest | null]> {
    const { texts } = this.deps
    const others = bands.length > 0 ? await this.candidates(comment, bands) : []
    const bodies = others.map(({ body }) => body)
    const best =
      others.length > 0 ? await withinBudget(texts.ask('likest', comment.body, bodies), null) : null
    const other = best && others[best.place]
    return other && best.similarity >= alike ? [other, best] : [null, null]
  }

  private async candidates({ consultationId }: Texted, bands: string[]): Promise<Representative[]> {
    const known = await sharingABand(this.deps.db, consultationId, bands)
    const fresh = bands.flatMap((band) => this.alone.get(`${consultationId} ${band}`) ?? [])
    return [...known, ...new Set(fresh)]
  }

  private join(
    comment: Texted,
    other: Representative,
    best: Likest,
    leave: (tx: Query) => Statement[] = () => [],
  ): void {
    const campaignId = this.campaignOf(other)
    this.writes.push((tx) => [
      ...leave(tx),
      markCompared(tx, comment, this.deps.now()),
      holdWords(tx, other),
      ...joinCampaign(tx, campaignId, comment, best),
    ])
  }

  private standAlone(comment: Texted, bands: string[], kept: number[]): void {
    const representative = { ...comment, campaignId: null }
    for (const band of bands) {
      const key = `${comment.consultationId} ${band}`
      this.alone.set(key, [...(this.alone.get(key) ?? []), representative])
    }
    this.shared.note(comment, kept)
    this.writes.push((tx) => [
      markCompared(tx, comment, this.deps.now()),
      ...(bands.length > 0 ? [keepBands(tx, comment, bands)] : []),
      ...keepPassages(tx, comment, kept),
    ])
  }

  /** The campaign that a comment stands for; where it stood alone, one begins. */
  private campaignOf(first: Representative): string {
    const known = first.campaignId ?? this.begun.get(first.id)
    if (known) return known
    const id = uuid()
    const begunAt = this.deps.now()
    this.begun.set(first.id, id)
    this.writes.push((tx) => [holdWords(tx, first), ...beginCampaign(tx, id, first, begunAt)])
    return id
  }

  /** Where an author has revised or withdrawn one of the comments meanwhile, the rest is compared again in the next step. */
  async store(): Promise<void> {
    for (let done = 0; done < this.writes.length; done += together) {
      const some = this.writes.slice(done, done + together)
      const storing = this.deps.db.atomically((tx) => some.flatMap((write) => write(tx)))
      if (!(await doneUnless('stale', storing))) return
    }
  }
}
