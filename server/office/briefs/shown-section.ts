import type { Database } from '../../../db/database.ts'
import { briefSection, earlierBrief } from '../../../db/queries/briefs/briefs.ts'
import { quotedWords } from '../../../db/queries/briefs/quotations.ts'
import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import {
  type BriefCounts,
  type BriefSection,
  percentOf,
  type Quotation,
  quotationsOf,
  type SectionKey,
  saidBy,
} from '../../rules/briefs/brief.ts'
import type { Day } from '../../rules/days.ts'
import { everybody, writtenMeetings, writtenPeople } from '../../rules/intakes/people.ts'
import { nameOf, stanceNames } from '../../rules/names.ts'
import { baseNames } from '../../text/briefing/bases.ts'

export interface ShownQuotation {
  words: string
  /** Where its comment is read, and worked. */
  href: string
  /** What it stands for, or on what it rests. */
  note: string
  /** It stood in no brief before. */
  isNew: boolean
}

export interface ShownStance {
  name: string
  points: number
  /** Who said them, in words. */
  people: string
  covered: number
  percent: number
  quotations: ShownQuotation[]
}

export interface ShownSection {
  counts: BriefCounts
  /** 人次, and what is to be said of meetings among them; null where an older brief does not know. */
  people: { count: number; meetings: string } | null
  fresh: BriefCounts
  revised: number
  stances: ShownStance[]
  rare: { found: number; quotations: ShownQuotation[] }
  /** Quotations whose comment was withdrawn, refused or changed after the brief was made. */
  gone: number
  /** What the last brief before this one says; null where there is none. */
  before: { day: Day; counts: BriefCounts } | null
}

/** A section with the words of its quotations as their comments read now, and what is new since the brief before it. */
export async function shownSection(
  db: Database,
  { id, slug }: Pick<Consultation, 'id' | 'slug'>,
  { day, part, said }: { day: Day; part: SectionKey; said: BriefSection },
): Promise<ShownSection> {
  const quotations = quotationsOf(said)
  const [words, before] = await Promise.all([quotedWords(db, id, quotations), earlierBrief(db, id, day)])
  const saidBefore = before && (await briefSection(db, id, before.day, part))
  const known = new Set((saidBefore ? quotationsOf(saidBefore) : []).map(placeOf))
  const shown = (quotation: Quotation, note: string): ShownQuotation[] => {
    const own = words.get(quotation)
    if (own === undefined) return []
    const isNew = saidBefore !== null && !known.has(placeOf(quotation))
    return [{ words: own, href: `/office/${slug}/splits/${quotation.comment}`, note, isNew }]
  }
  return {
    ...{ counts: said.counts, fresh: said.fresh, revised: said.revised },
    people: said.people ? { count: everybody(said.people), meetings: writtenMeetings(said.people) } : null,
    stances: said.stances.map(({ stance, quotations, ...counts }) => ({
      ...{ points: counts.points, covered: counts.covered, people: writtenPeople(saidBy(counts)) },
      ...{ name: nameOf(stanceNames, stance), percent: percentOf(counts.covered, counts.points) },
      quotations: quotations.flatMap((one) =>
        shown(one, `代表 ${one.points} 条具体意见（${writtenPeople(saidBy(one))}）`),
      ),
    })),
    rare: {
      found: said.rare.found,
      quotations: said.rare.quotations.flatMap((one) =>
        shown(one, one.bases.map((base) => nameOf(baseNames, base)).join('、')),
      ),
    },
    gone: quotations.length - words.size,
    before: before && saidBefore ? { day: before.day, counts: saidBefore.counts } : null,
  }
}

function placeOf({ comment, start }: Quotation): string {
  return `${comment} ${start}`
}
