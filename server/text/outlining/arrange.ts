import { splitSentences } from '../words/sentences.ts'
import { cite, citeTable } from './citations.ts'
import { Holders, type Place } from './holders.ts'
import { parsePrinted } from './labels.ts'
import { rankLabels } from './ranks.ts'

/** A paragraph whose kind is settled; `level` counts from 1 and is read only of headings. */
export interface Paragraph {
  kind: 'heading' | 'clause' | 'table'
  level: number
  label: string | null
  text: string
  table?: string[][]
}

/** One unit of a draft, as draft.json gives it to programs. */
export interface Unit extends Paragraph {
  /** A clause's or table's key, p1… in document order; null for a heading. */
  key: string | null
  /** How an official cites it: 二、（三）; 第七条第二款第（一）项. */
  citation: string
  /** Repeats a clause's opening heading sentence where it has one: 推进特优农业提质增效。 */
  heading: string | null
}

/**
 * Gives each paragraph what follows from its place: its key, its citation, a clause's level and heading sentence.
 * @returns the units in the same order; whatever the paragraphs carried of these before is replaced
 */
export function arrange(paragraphs: Paragraph[]): Unit[] {
  let clauses = 0
  return placed(paragraphs).map(({ paragraph, place }) => {
    const { kind, label, text, table } = paragraph
    return {
      key: kind === 'heading' ? null : `p${++clauses}`,
      kind,
      level: levelAt(place, paragraph),
      label,
      citation: kind === 'table' ? citeTable(place) : cite(place),
      heading: kind === 'clause' ? openingSentence(place, paragraph) : null,
      text,
      ...(table ? { table } : {}),
    }
  })
}

/** Where each paragraph of a draft stands. */
export function placed<P extends Paragraph>(paragraphs: P[]): { paragraph: P; place: Place }[] {
  const labels = paragraphs.map(({ label }) => (label === null ? null : parsePrinted(label)))
  const ranks = rankLabels(labels)
  const holders = new Holders()
  return paragraphs.map((paragraph, index) => ({
    paragraph,
    place: holders.place({
      isHeading: paragraph.kind === 'heading',
      isTable: paragraph.kind === 'table',
      level: paragraph.level,
      label: labels[index] ?? null,
      rank: ranks[index] ?? null,
      name: paragraph.text,
    }),
  }))
}

function levelAt({ holder }: Place, { kind, level, label }: Paragraph): number {
  if (kind === 'heading') return level
  return label === null && holder.isHeading ? holder.level + 1 : holder.level
}

/** 【立法目的】 of an article, or the short first sentence of a numbered paragraph that goes on after it. */
function openingSentence({ holder }: Place, { label, text }: Paragraph): string | null {
  if (label === null) return null
  if (holder.label?.kind === 'article')
    return /^[【（(［[][^】）)］\]]{1,30}[】）)］\]]/u.exec(text)?.[0] ?? null
  if (holder.inArticle) return null
  const [first, second] = splitSentences(text)
  if (!first?.text.endsWith('。') || !second) return null
  return first.end <= 31 && first.text.split('，').length <= 2 ? first.text : null
}
