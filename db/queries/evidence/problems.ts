import type { Fact, FactKind } from '../../../server/rules/evidence/facts.ts'
import { type Digest, keyOf, vouchesFor } from '../../evidence/digest.ts'
import type { Seals } from '../../sealing/sealed.ts'

/** What is not as it was stored. */
export interface EvidenceProblem {
  kind: FactKind
  row: string
  /**
   * changed: it says something else; removed: it is gone; forged: nothing vouches for it; unkeyed: what vouches for it
   * has lost its key, and nothing was erased; original: what it said before it was redacted is gone or changed; state: it
   * is not in the state that follows from what happened to it; payload: it is not what its sender was given a receipt for; lost: the
   * portal's key is not at hand with which it was sealed.
   */
  problem: 'changed' | 'removed' | 'forged' | 'unkeyed' | 'original' | 'state' | 'payload' | 'lost'
  /** When it was last vouched for; null where it never was. */
  since: Date | null
}

/** What is wrong with a digest, if it is to vouch for this; null where it does. */
export function wrongWith(
  seals: Seals,
  digest: Digest,
  fact: Omit<Fact, 'parts'>,
  parts: readonly string[] = [],
): 'changed' | 'unkeyed' | 'lost' | null {
  const key = keyOf(seals, digest)
  if (key === null) return 'unkeyed'
  if (key === 'lost') return 'lost'
  return key !== 'broken' && vouchesFor(key, digest, fact, parts) ? null : 'changed'
}
