import { randomUUID } from 'node:crypto'
import type { Database } from '../../db/database.ts'
import { type SeenLease, seenLease, takeLease } from '../../db/queries/upkeep/leases.ts'
import { Abandoned } from './abandoned.ts'

/** Another node has taken the lease: what was under way here is not written. */
export class LeaseLost extends Abandoned {
  override name = 'LeaseLost'

  constructor() {
    super('another node has taken the lease')
  }
}

/**
 * The right to do what one node does for all, as this node has it. It is taken for the first write, and anew when half
 * of its term is spent: a node that has nothing to write lets it run out and writes nothing.
 */
export class Lease {
  readonly #db: Database
  readonly #name: string
  /** In milliseconds. */
  readonly #term: number
  readonly #now: () => Date
  readonly #holder = randomUUID()
  #seen: SeenLease | null = null
  #taking: Promise<SeenLease> | null = null

  constructor(db: Database, name: string, term: number, now: () => Date) {
    this.#db = db
    this.#name = name
    this.#term = term
    this.#now = now
  }

  /** Looks who has it, before anything is read on which a write may rest. @returns whether nobody else has it now */
  async look(): Promise<boolean> {
    this.#seen = await seenLease(this.#db, this.#name)
    return this.wasOurs || this.#left <= 0 || this.#left > this.#farthest
  }

  /** Whether nobody else had it since this node did, as far as this node has looked. */
  get wasOurs(): boolean {
    return this.#seen?.holder === this.#holder
  }

  /** The lease, taken where it has to be. @throws LeaseLost where somebody else has taken it since the last look */
  hold(): Promise<SeenLease> {
    this.#taking ??= this.#take().finally(() => {
      this.#taking = null
    })
    return this.#taking
  }

  async #take(): Promise<SeenLease> {
    const left = this.#left
    if (this.#seen && this.wasOurs && left > this.#term / 2 && left <= this.#farthest) return this.#seen
    const now = this.#now()
    const later = (milliseconds: number) => new Date(now.getTime() + milliseconds)
    const wanted = { name: this.#name, holder: this.#holder, until: later(this.#term) }
    const time = { now, farthest: later(this.#farthest) }
    const taken = await takeLease(this.#db, wanted, this.#seen, time)
    if (!taken) throw new LeaseLost()
    this.#seen = taken
    return taken
  }

  /** How many milliseconds may be left of one that was taken by a clock that is right to a term. */
  get #farthest(): number {
    return 2 * this.#term
  }

  /** How many milliseconds of it are left to whoever has it. */
  get #left(): number {
    return this.#seen ? this.#seen.until.getTime() - this.#now().getTime() : 0
  }
}
