import type { Difference } from './differences.ts'
import type { Edit } from './merging.ts'

/** A sentence that reads otherwise: what changed in it, and the words of the old text that it stands for, in code points. */
export interface ChangedSentence {
  pieces: Difference[]
  start: number
  end: number
}

/** The sentences of the new text that differ from the old one; what was removed stands with what took its place. */
export function changedSentences(found: readonly Difference[]): ChangedSentence[] {
  const sentences: ChangedSentence[] = []
  let open: ChangedSentence = { pieces: [], start: 0, end: 0 }
  const close = () => {
    if (open.pieces.some(({ change }) => change !== 'same')) sentences.push(open)
    open = { pieces: [], start: open.end, end: open.end }
  }
  for (const { change, text } of found) {
    for (const part of change === 'removed' ? [text] : sentencesIn(text)) {
      open.pieces.push({ change, text: part })
      if (change !== 'added') open.end += [...part].length
      if (change !== 'removed' && /[。！？；\n]$/u.test(part)) close()
    }
  }
  close()
  return sentences
}

function sentencesIn(text: string): string[] {
  return text.match(/[^。！？；\n]*[。！？；\n]|[^。！？；\n]+$/gu) ?? []
}

/** Changed sentences with those of some sources that wanted them changed. */
export interface LedSentences<Source> {
  sentences: (ChangedSentence & { sources: Source[] })[]
  /** Those that wanted none of the sentences changed in so many words: they led to the clause as a whole. */
  whole: Source[]
}

/** Which sources led to which sentence, by the words that they wanted to be others. */
export function ledSentences<Source extends { edits: readonly Edit[] }>(
  changed: readonly ChangedSentence[],
  sources: readonly Source[],
): LedSentences<Source> {
  const sentences = changed.map((sentence) => ({
    ...sentence,
    sources: sources.filter(({ edits }) => edits.some((edit) => isIn(edit, sentence))),
  }))
  const placed = new Set(sentences.flatMap((one) => one.sources))
  return { sentences, whole: sources.filter((source) => !placed.has(source)) }
}

/** It touches words of the sentence, or puts some in where the sentence has some put in. */
function isIn(edit: Edit, { start, end, pieces }: ChangedSentence): boolean {
  if (edit.start < edit.end) return edit.start < end && start < edit.end
  const added = pieces.some(({ change }) => change === 'added')
  return added && start <= edit.start && edit.start <= end
}
