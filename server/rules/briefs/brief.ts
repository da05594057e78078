import type { People } from '../intakes/people.ts'

/*
 * 意见情况摘要: what is kept of a brief. It has no words of anybody: a quotation is a place in a comment, and what stands
 * there is read from that when the brief is shown.
 */

/** A place in the words of a comment. */
export interface Quotation {
  /** The comment's public id. */
  comment: string
  /** The version of its words, and how long they are, in code points. */
  version: number
  length: number
  start: number
  /** Exclusive. */
  end: number
}

/** A sentence with what it stands for: 具体意见, and who said them. */
export interface QuotedPoints extends Quotation, SaidBy {
  points: number
}

/** 少数但有具体依据的意见: what one or two persons say, and on what it rests. */
export interface RarePoint extends Quotation {
  bases: string[]
}

/** Who said something; what was kept before meetings were told apart has them among the people. */
export type SaidBy = Pick<People, 'people'> & Partial<People>

/** The same, whenever it was kept. */
export function saidBy({ people, meetings = 0, present = 0 }: SaidBy): People {
  return { people, meetings, present }
}

/** 件, 意见, 具体意见. */
export interface BriefCounts {
  submissions: number
  comments: number
  points: number
}

export interface StanceSummary extends SaidBy {
  stance: string
  points: number
  /** How many of the points the quotations stand for. */
  covered: number
  quotations: QuotedPoints[]
}

/** A clause as it is ranked: how many 件 say something of it, and of these how many are for it and against. */
export interface ClauseVoices {
  clause: string
  points: number
  /** 件; minutes of a meeting are one, since they do not say how many were for what. */
  people: number
  support: number
  oppose: number
}

/** What stands out in numbers: hours in which much came, and texts that many sent. */
export interface UnusualNumbers {
  /** 件 in an hour in which any came, in the middle of all such hours. */
  usual: number
  /** When the hour began (ISO 8601), and how many 件 came in it. */
  hours: { from: string; submissions: number }[]
  /** A campaign's id, and by how many 件 it came. */
  texts: { campaign: string; people: number }[]
}

export interface BriefSection {
  counts: BriefCounts
  /** Who sent it; not there in what was kept before it was counted. */
  people?: People
  /** Of these, what came on the day itself. */
  fresh: BriefCounts
  /** Comments whose words their authors changed on that day. */
  revised: number
  stances: StanceSummary[]
  /** 件 by where they come from, how they came, and who sent them; 未填写 is an empty name. */
  regions: [name: string, submissions: number][]
  channels: [name: string, submissions: number][]
  identities: [name: string, submissions: number][]
  rare: { found: number; quotations: RarePoint[] }
  /** Of the whole alone; empty and null elsewhere. */
  clauses: ClauseVoices[]
  unusual: UnusualNumbers | null
}

/** What a section is of. */
export type SectionKind = 'whole' | 'clause' | 'theme'

/** Which section: `key` is a clause's key or a theme's id; of the whole it is empty. */
export interface SectionKey {
  kind: SectionKind
  key: string
}

export const theWhole: SectionKey = { kind: 'whole', key: '' }

/** How many sentences are quoted of a stance, and how many rare points are listed: of the whole, and of a part of it. */
export const mostQuoted: Record<SectionKind, { quotes: number; rare: number }> = {
  whole: { quotes: 12, rare: 100 },
  clause: { quotes: 6, rare: 100 },
  theme: { quotes: 6, rare: 100 },
}

/** Every quotation of a section. */
export function quotationsOf({ stances, rare }: BriefSection): Quotation[] {
  return [...stances.flatMap(({ quotations }) => quotations), ...rare.quotations]
}

/** The words at a place of a comment; null where these are other words by now, or the place is none in them. */
export function wordsAt(
  { version, length, start, end }: Quotation,
  comment: { version: number; body: string },
): string | null {
  const characters = [...comment.body]
  const isThere =
    Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= length
  return isThere && version === comment.version && length === characters.length
    ? characters.slice(start, end).join('')
    : null
}

/** A share in whole per cent, rounded down: what is not all is not 100. */
export function percentOf(part: number, all: number): number {
  return all === 0 ? 0 : Math.floor((100 * part) / all)
}
