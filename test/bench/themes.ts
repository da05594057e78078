import { candidatesOf } from '../../server/text/sorting/candidates.ts'
import { propose } from '../../server/text/sorting/learner.ts'
import { basesFound, coveredBy, type Known } from '../text/briefing/measured.ts'
import { opinions } from '../text/opinions.ts'
import {
  agreementOfPersons,
  drawn,
  foundByCandidates,
  learningAt,
  learningByQueue,
  type Measured,
  microF1,
  opinionPoints,
  parts,
  proposedFrom,
  subjects,
} from '../text/sorting/measured.ts'

const draws = 10
const points = 10_000

/** `npm run bench -- themes`: how well themes are learnt from few that persons have assigned, and what is not. */
export function measureThemes(): void {
  const { held, rest } = parts()
  const all = held.length + rest.length
  const five = Math.round(all / 20)
  print(
    `${all} opinions, ${held.length} of them held back; micro-F1 on these, mean and worst of ${draws} draws`,
  )
  for (const percent of [1, 2, 3, 5, 10, 20, 40]) {
    const count = Math.round((all * percent) / 100)
    printLearnt(`${percent} %`, count, learningAt(count, draws))
  }
  printLearnt('all', rest.length, learningAt(rest.length, 1))
  printLearnt('5 %, 30 at first and then the least certain', five, learningByQueue(five, draws))
  printLearnt('5 %, on the part by which all was chosen', five, learningAt(five, draws, 'rest'))
  printLearnt('5 % of all, on all others', five, learningAt(five, draws, 'all'))
  print(`two persons  ${agreementOfPersons().toFixed(3)}`)
  printCandidates()
  printCovered()
  printFailures()
  printTime()
}

function printLearnt(name: string, count: number, { mean, worst }: Measured): void {
  print(`${name.padEnd(44)} ${String(count).padStart(5)} labelled  ${mean.toFixed(3)}  ${worst.toFixed(3)}`)
}

/** What 20 sentences of each stance of a brief stand for, by what is known of what the opinions are about. */
function printCovered(): void {
  const knowns: Known[] = ['nothing', 'words', 'learnt', 'marked']
  for (const known of knowns) {
    const covered = coveredBy(known, 20).map(
      ({ stance, share, right }) => `${stance} ${share.toFixed(2)} of ${right.toFixed(2)}`,
    )
    print(`brief, known from ${known}: ${covered.join(', ')}`)
  }
  print(`bases found: ${JSON.stringify(basesFound())}`)
}

function printCandidates(): void {
  const { candidates, rest } = candidatesOf(opinionPoints())
  const found = foundByCandidates(candidates)
  print(
    `\n${candidates.length} candidates; ${rest} fit none; half of one is of ${found.size} of ${subjects.length} subjects:`,
  )
  print([...found].map(([subject, share]) => `${subject} ${share.toFixed(2)}`).join(', '))
  for (const { title, points } of candidates) print(`${String(points.length).padStart(5)}  ${title}`)
}

/** Of one draw with 5 % labelled: each subject, how far the confidence holds, and what went wrong. */
function printFailures(): void {
  const { held, rest } = parts()
  const proposals = proposedFrom(drawn(rest, 84, 0), [...rest, ...held])
  const found = [...proposals].map(([opinion, proposal]) => ({ ...opinion, ...proposal }))
  print('\nsubject        f1 (5 % labelled, first draw, all others)')
  for (const { id } of subjects) {
    const f1 = microF1(
      found
        .filter(({ subject, theme }) => subject === id || theme === id)
        .map(({ subject, theme }) => [subject === id ? id : 'other', theme === id ? id : null]),
    )
    print(`${id.padEnd(14)} ${f1.toFixed(2)}`)
  }
  print('\nconfidence     texts  right')
  for (let tenth = 0; tenth < 10; tenth++) {
    const some = found.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === tenth)
    const right = some.filter(({ subject, theme }) => subject === theme)
    if (some.length > 0) {
      print(
        `${tenth / 10}–${(tenth + 1) / 10}      ${String(some.length).padStart(5)}  ${(right.length / some.length).toFixed(2)}`,
      )
    }
  }
  print('\nheld back and wrong')
  const heldBack = new Set(held.map(({ id }) => id))
  for (const { id, text, subject, theme, confidence, words } of found) {
    if (subject === theme || !heldBack.has(id)) continue
    print(`${id.padEnd(5)} ${subject} not ${theme} ${confidence}  ${words.join(' ')}  ${text.slice(0, 40)}`)
  }
}

function printTime(): void {
  const texts = opinions()
  const labelled = texts.slice(0, 300).filter(({ subject }) => subject !== 'other')
  const others = Array.from({ length: points }, (_, i) => `${texts[i % texts.length]?.text}（${i}）`)
  const before = process.cpuUsage()
  propose({
    themes: subjects,
    assigned: labelled.map(({ text, subject }) => ({ text, theme: subject })),
    others,
  })
  const { user, system } = process.cpuUsage(before)
  print(`\n${points} points: ${((user + system) / 1e6).toFixed(2)} s of the processor`)
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
