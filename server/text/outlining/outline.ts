import { takeSignatures } from '../comparing/signatures.ts'
import { arrange, type Paragraph, type Unit } from './arrange.ts'
import { takeFrontMatter } from './front-matter.ts'
import { judgeHeadings } from './headings.ts'
import { Holders } from './holders.ts'
import type { Label } from './labels.ts'
import { type Artefact, type Line, readLines } from './lines.ts'
import { acceptLabels } from './numbered-lines.ts'
import { rankLabels } from './ranks.ts'
import { isDraftMark, isHeadingShaped, namedIn } from './shapes.ts'

export type { Unit } from './arrange.ts'
export type { Artefact } from './lines.ts'

/** A draft as it was read: its title, its units in document order, and what in the source is no part of it. */
export interface Draft {
  /** With （征求意见稿）; empty where the text begins without a title. */
  title: string
  units: Unit[]
  artefacts: Artefact[]
}

/**
 * Reads a draft: policy documents (一、→（一）→1.→（1）, GB/T 9704), statutes (编章节条款项目) and plans (1→1.1).
 * Title, labels and texts joined, with the artefacts put back where they stood, are the source but for white space
 * (completeness.ts proves it).
 * @param source the text, or its lines: one paragraph a line; tables as tables.ts writes them
 */
export function readDraft(source: string | string[]): Draft {
  const { lines, artefacts } = readLines(typeof source === 'string' ? source : source.join('\n'))
  const front = takeFrontMatter(lines)
  const named = namedIn(front.title)
  const { body, artefacts: signatures } = takeSignatures(front.body, named)
  return {
    title: front.title,
    units: arrange(paragraphsOf(body, named)),
    artefacts: [...artefacts, ...front.artefacts, ...signatures].sort((a, b) => a.at - b.at),
  }
}

function paragraphsOf(body: Line[], named: Set<string>): Paragraph[] {
  const { lines, labels } = joinAnnexTitles(body, acceptLabels(body, named))
  const ranks = rankLabels(labels)
  const headings = judgeHeadings(labels, ranks)
  const holders = new Holders()
  return lines.map(({ text, table }, index) => {
    const label = labels[index] ?? null
    const rank = ranks[index] ?? null
    const { holder } = holders.place({
      isHeading: false,
      isTable: table !== null,
      level: 0,
      label,
      rank,
      name: '',
    })
    return {
      kind: table ? 'table' : headings[index] ? 'heading' : 'clause',
      level: holder.level,
      label: label?.printed || null,
      text: label?.rest ?? text,
      ...(table ? { table } : {}),
    }
  })
}

/** 附件1 on a line of its own has its title on the next. */
function joinAnnexTitles(
  body: Line[],
  accepted: (Label | null)[],
): { lines: Line[]; labels: (Label | null)[] } {
  const lines: Line[] = []
  const labels: (Label | null)[] = []
  for (const [index, line] of body.entries()) {
    const label = accepted[index] ?? null
    const annex = labels.at(-1)
    if (annex?.kind === 'annex' && !label && !line.table && belongsToTitle(annex.rest, line.text)) {
      labels[labels.length - 1] = { ...annex, rest: annex.rest + line.text }
    } else {
      lines.push(line)
      labels.push(label)
    }
  }
  return { lines, labels }
}

function belongsToTitle(title: string, line: string): boolean {
  return title === '' ? isHeadingShaped(line) : isDraftMark(line)
}
