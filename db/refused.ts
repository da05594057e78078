import { isUniqueViolation } from './errors.ts'

/**
 * Why a list was refused: what it acts on is not there, what it adds is there already, what it was decided on has changed
 * since it was read, the department to which it gives something answers no more, the lease under which it is written is
 * somebody else's now, or the key under which it was sealed is the database's no longer.
 */
export type Why = 'gone' | 'taken' | 'stale' | 'closed' | 'lost' | 'rekeyed'

/** A `must` returned no row. Nothing was changed. */
export class Refused extends Error {
  override name = 'Refused'
  readonly why: Why

  /** @param place in the list of the statement that decided it */
  constructor(why: Why, place: number) {
    super(`refused by statement ${place} of its list: ${why}`)
    this.why = why
  }
}

/** For `catch`: what follows where an act was refused for this reason; any other error is thrown on. */
export function ifRefused<Instead>(why: Why, instead: () => Instead) {
  return (error: unknown): Instead => {
    if (error instanceof Refused && error.why === why) return instead()
    throw error
  }
}

/** Whether an act was done; not where it was refused for this reason. Any other error is thrown. */
export function doneUnless(why: Why, act: Promise<unknown>): Promise<boolean> {
  return act.then(
    () => true,
    ifRefused(why, () => false),
  )
}

/** Why an act was refused; null where it was done. Any other error is thrown. */
export function whyRefused(act: Promise<unknown>): Promise<Why | null> {
  return act.then(
    () => null,
    (error: unknown) => {
      if (error instanceof Refused) return error.why
      throw error
    },
  )
}

/** For `catch`: a refusal, whatever its reason, is told in the words of this error. */
export function refusedAs(told: () => Error) {
  return (error: unknown): never => {
    throw error instanceof Refused ? told() : error
  }
}

/** For `catch` behind a list that begins with what may meet a key that is there already, which is a refusal too. */
export function orTaken(error: unknown): never {
  throw isUniqueViolation(error) ? new Refused('taken', 0) : error
}

/** An act that comes to the same when it is done twice, by a double click or by two people. */
export async function repeatable(act: Promise<void>): Promise<void> {
  await act.catch((error: unknown) => {
    if (!(error instanceof Refused)) throw error
  })
}
