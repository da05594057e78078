import { stanceNames } from '../../../server/rules/names.ts'
import { bases, basesOf } from '../../../server/text/briefing/bases.ts'
import { readSentences } from '../../../server/text/briefing/read-sentences.ts'
import type { Section } from '../../../server/text/briefing/section.ts'
import { summed } from '../../../server/text/briefing/summed.ts'
import { subjectsOf } from '../../../server/text/sorting/candidates.ts'
import { type Opinion, opinions } from '../opinions.ts'
import { drawn, parts, proposedFrom } from '../sorting/measured.ts'

/** By what is known of what each opinion is about. */
export type Known = 'nothing' | 'words' | 'learnt' | 'marked'

export interface Covered {
  stance: string
  sentences: number
  /** Of all opinions of the stance, how many the sentences stand for; and of these, how many are of the sentence's subject. */
  share: number
  right: number
}

const stances = Object.keys(stanceNames)

/** The marked opinions as a section of a brief. @param known what the texts are about; `learnt` from 84 that are marked */
export function opinionSection(known: Known): Section {
  const all = opinions()
  const read = readSentences(
    all.map(({ text }) => text),
    { listed: [], draft: new Set(), places: [] },
  )
  const column = (at: number) =>
    Int32Array.from(read.bases, (_, sentence) => read.spans[4 * sentence + at] ?? 0)
  const one = () => new Int32Array(all.length).fill(1)
  return {
    stances: Uint8Array.from(all, ({ stance }) => stances.indexOf(stance)),
    subjects: subjectsFor(known, all),
    ties: new Int32Array(all.length).fill(-1),
    points: one(),
    people: one(),
    texts: column(0),
    quotable: Uint8Array.from(column(3)),
    ...{ bases: read.bases, offsets: read.offsets, features: read.features },
  }
}

function subjectsFor(known: Known, all: readonly Opinion[]): Int32Array {
  if (known === 'nothing') return new Int32Array(all.length).fill(-1)
  if (known === 'words') return subjectsOf(all.map(({ text }) => text))
  const names = [...new Set(all.map(({ subject }) => subject))]
  if (known === 'marked') return Int32Array.from(all, ({ subject }) => names.indexOf(subject))
  const { held, rest } = parts()
  const assigned = drawn(rest, 84, 0)
  const proposals = [...proposedFrom(assigned, [...rest, ...held])]
  const under = new Map(proposals.map(([{ id }, { theme }]) => [id, theme]))
  for (const { id, subject } of assigned) under.set(id, subject)
  return Int32Array.from(all, ({ id }) => names.indexOf(under.get(id) ?? ''))
}

/** How much of each stance at most so many sentences cover, and how much of that is right. */
export function coveredBy(known: Known, most: number): Covered[] {
  const section = opinionSection(known)
  const all = opinions()
  const { representatives } = summed(section, { quotes: most, rare: 0 })
  return stances.map((stance, number) => {
    const own = representatives.filter(
      ({ sentence }) => section.stances[section.texts[sentence] ?? 0] === number,
    )
    const said = own.flatMap(({ sentence, texts }) =>
      texts.map((text) => all[text]?.subject === all[section.texts[sentence] ?? 0]?.subject),
    )
    return {
      stance,
      sentences: own.length,
      share: said.length / all.filter((opinion) => opinion.stance === stance).length,
      right: said.filter(Boolean).length / said.length,
    }
  })
}

/** How many of the marked opinions bring each basis. */
export function basesFound(): Record<string, number> {
  const found = opinions().map(({ text }) => basesOf(text, new Set(), []))
  return Object.fromEntries(bases.map((base) => [base, found.filter((own) => own.includes(base)).length]))
}
