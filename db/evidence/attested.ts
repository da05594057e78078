import type { Fact } from '../../server/rules/evidence/facts.ts'
import type { Statement } from '../atomically.ts'

/** What a statement stores that must be found if it is changed, and when. */
export interface Attested {
  facts: readonly Fact[]
  at: Date
}

const attested = new WeakMap<object, Attested>()
const digests = new WeakMap<Fact, string>()

/** Marks a statement that stores facts: the list in which it stands leaves a digest of each. */
export function attests<Storing extends Statement>(
  statement: Storing,
  at: Date,
  ...facts: readonly Fact[]
): Storing {
  attested.set(statement, { facts, at })
  return statement
}

/** What a statement of a list was marked with; null where it stores no facts. */
export function attestedBy(statement: object): Attested | null {
  return attested.get(statement) ?? null
}

/** Keeps what vouches for a fact, for whoever stored it. */
export function vouched(fact: Fact, digest: string): void {
  digests.set(fact, digest)
}

/** The digest with which a fact was stored last; null where none was. */
export function digestStoredWith(fact: Fact): string | null {
  return digests.get(fact) ?? null
}
