import { readFileSync } from 'node:fs'
import type { Region } from '../../../server/rules/consultations/regions.ts'

/** The seed draft with its explanation and the places that its consultation offers. */
export function seedDraft(): { texts: string[]; regions: Region[] } {
  const text = readFileSync('seeds/shanxi-old-revolutionary-areas.txt', 'utf8')
  const { explanation, regions } = JSON.parse(
    readFileSync('seeds/shanxi-old-revolutionary-areas.json', 'utf8'),
  ) as { explanation: string; regions: Region[] }
  return { texts: [text, explanation], regions }
}

/** What the demonstration's comments say. */
export function demonstrationTexts(): string[] {
  const { comments, campaigns } = JSON.parse(readFileSync('seeds/demonstration.json', 'utf8')) as {
    comments: (string | null)[][]
    campaigns: { letter: string }[]
  }
  return [
    ...comments.flatMap((comment) => [comment[5] ?? '', comment[7] ?? '']),
    ...campaigns.map(({ letter }) => letter),
  ]
}
