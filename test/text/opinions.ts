import { readFileSync } from 'node:fs'

/** A short opinion that a person has marked (test/fixtures/opinions). */
export interface Opinion {
  /** The hand and the line, from 0: b475. */
  id: string
  subject: string
  stance: string
  text: string
}

/** All of them, hand by hand. */
export function opinions(): Opinion[] {
  return ['a', 'b', 'c'].flatMap((hand) =>
    linesOf(`hand-${hand}`).map((line, place) => ({
      ...(JSON.parse(line) as Opinion),
      id: `${hand}${place}`,
    })),
  )
}

/** What somebody else said of 300 of them. */
export function secondMarks(): Omit<Opinion, 'text'>[] {
  return linesOf('second-marks').map((line) => JSON.parse(line) as Omit<Opinion, 'text'>)
}

function linesOf(name: string): string[] {
  return readFileSync(`test/fixtures/opinions/${name}.jsonl`, 'utf8').trim().split('\n')
}
