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
  uncompared,
  uncomparedTexts,
} from '../../db/queries/campaigns/grouping.ts'
import { forgetComparison } from '../../db/queries/campaigns/regrouping.ts'
import { doneUnless } from '../../db/refused.ts'
import type { Dependencies } from '../dependencies.ts'
import { alike } from '../text/comparing/fingerprints.ts'
import { askedAhead } from './asked-ahead.ts'
import { withinBudget } from './text-thread.ts'
import type { KindOfWork } from './work.ts'

/** So many findings are stored at once: more would keep the event loop from others. */
const together = 25

/** Groups comments that are the same or nearly so. What was stored when a node dies stays right: the rest is found again. */
export const grouping: KindOfWork = {
  name: 'campaigns',
  batch: 200,
  waiting: ({ db }, most) => uncompared(db, most),
  async work(deps, ids) {
    const found = await uncomparedTexts(deps.db, ids)
    // All of them first: what is found alike must not join a campaign that the next one dissolves.
    for (const { id, version } of found) if (version > 1) await forgetComparison(deps.db, id)
    const batch = new Grouping(deps)
    const bandsOf = ({ body }: Texted) => withinBudget(deps.texts.ask('bands', body), [])
    for await (const [comment, bands] of askedAhead(found, bandsOf)) await batch.compare(comment, bands)
    await batch.store()
  },
}

/** What a batch has found so far, beside what the database knows. */
class Grouping {
  private readonly deps: Dependencies
  private readonly writes: ((tx: Query) => Statement[])[] = []
  /** Those of the batch that stand alone, by their bands. */
  private readonly alone = new Map<string, Representative[]>()
  /** Campaigns that the batch began, by their first comment. */
  private readonly begun = new Map<string, string>()

  constructor(deps: Dependencies) {
    this.deps = deps
  }

  /** Joins the campaign whose representative is most alike, or stands alone: with its fingerprint, unless it has none. */
  async compare(comment: Texted, bands: string[]): Promise<void> {
    const { texts } = this.deps
    const others = bands.length > 0 ? await this.candidates(comment, bands) : []
    const bodies = others.map(({ body }) => body)
    const best =
      others.length > 0 ? await withinBudget(texts.ask('likest', comment.body, bodies), null) : null
    const other = best && others[best.place]
    if (!other || best.similarity < alike) return this.standAlone(comment, bands)
    const campaignId = this.campaignOf(other)
    this.writes.push((tx) => [
      markCompared(tx, comment, this.deps.now()),
      holdWords(tx, other),
      ...joinCampaign(tx, campaignId, comment, best),
    ])
  }

  private async candidates({ consultationId }: Texted, bands: string[]): Promise<Representative[]> {
    const known = await sharingABand(this.deps.db, consultationId, bands)
    const fresh = bands.flatMap((band) => this.alone.get(`${consultationId} ${band}`) ?? [])
    return [...known, ...new Set(fresh)]
  }

  private standAlone(comment: Texted, bands: string[]): void {
    const representative = { ...comment, campaignId: null }
    for (const band of bands) {
      const key = `${comment.consultationId} ${band}`
      this.alone.set(key, [...(this.alone.get(key) ?? []), representative])
    }
    this.writes.push((tx) => [
      markCompared(tx, comment, this.deps.now()),
      ...(bands.length > 0 ? [keepBands(tx, comment, bands)] : []),
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
