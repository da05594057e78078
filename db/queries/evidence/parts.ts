import type { Fact, FactKind } from '../../../server/rules/evidence/facts.ts'
import type { Digest } from '../../evidence/digest.ts'
import { BrokenSeal, type SealedPlace, type Seals } from '../../sealing/sealed.ts'
import { type EvidenceProblem, wrongWith } from './problems.ts'

/**
 * Compares what may be erased with what vouches for it.
 * @param fact null: it is not there
 * @param isErased whether the log says that it was erased
 */
export function partProblems(
  seals: Seals,
  [kind, row]: readonly [FactKind, string],
  digest: Digest | undefined,
  fact: Fact | null,
  isErased: boolean,
): EvidenceProblem[] {
  const problem = partProblem(seals, digest, fact, isErased)
  return problem ? [{ kind, row, problem, since: digest?.at ?? null }] : []
}

function partProblem(
  seals: Seals,
  digest: Digest | undefined,
  fact: Fact | null,
  isErased: boolean,
): EvidenceProblem['problem'] | null {
  if (!digest) return fact ? 'forged' : null
  if (fact) return wrongWith(seals, digest, fact)
  if (digest.key !== null) return 'removed'
  return isErased ? null : 'unkeyed'
}

/** What was sealed, or this where the seal does not open. */
export function openedOr<Broken>(
  seals: Seals,
  sealed: string,
  place: SealedPlace,
  broken: Broken,
): string | Broken {
  try {
    return seals.open(sealed, place)
  } catch (error) {
    if (error instanceof BrokenSeal) return broken
    throw error
  }
}
