import { markedTexts } from '../rules/personal-data/marked-texts.ts'
import { failedTexts, type Measured, measuredTexts } from '../rules/personal-data/measured-texts.ts'

/**
 * `npm run bench -- personal`: what is found of the personal data that persons have marked in texts, by class, in the half
 * that was read while the rules were written and in the other. Which texts failed is told of the first half alone.
 */
export function measurePersonal(): void {
  const { seen, unseen } = markedTexts()
  for (const [half, texts] of Object.entries({ seen, unseen })) {
    process.stdout.write(`\n${half}: ${texts.length} texts\n${written(measuredTexts(texts))}`)
  }
  process.stdout.write(`\nfailed in the half that is seen\n${failedTexts(seen).join('\n')}\n`)
}

function written({ recall, found, groups }: Measured): string {
  const lines = [
    '            marked  found  whole  as',
    ...Object.entries(recall)
      .sort()
      .map(
        ([name, { marked, right, whole, as }]) =>
          `${name.padEnd(12)}${padded(marked, right, whole)}  ${listed(as)}`,
      ),
    '             found  right  of what was',
    ...Object.entries(found)
      .sort()
      .map(([kind, was]) => {
        const all = Object.values(was).reduce((sum, count) => sum + count, 0)
        return `${kind.padEnd(12)}${padded(all)}         ${listed(was)}`
      }),
    '            recall         precision',
    ...Object.entries(groups).map(
      ([group, { marked, matched, found, right }]) =>
        `${group.padEnd(12)}${share(matched, marked)}  ${share(right, found)}`,
    ),
  ]
  return `${lines.join('\n')}\n`
}

function padded(...counts: number[]): string {
  return counts.map((count) => String(count).padStart(6)).join(' ')
}

function listed(counts: Record<string, number>): string {
  return Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ')
}

function share(part: number, whole: number): string {
  const percent = whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`
  return `${percent.padStart(7)} ${`${part}/${whole}`.padEnd(9)}`
}
