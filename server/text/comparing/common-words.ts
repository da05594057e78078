/** So many words are compared at once: their bits and a carry are a small number to V8. */
const together = 29
const all = 2 ** together - 1

/**
 * The places of the most words that two texts have in common in the same order, `[before, after]`, by a row of bits for
 * each word of the second (Hyyrö, "Bit-parallel LCS-length computation revisited", 2004): looking for the fewest changes
 * takes the longer the more there are, this takes as long whatever the texts are.
 */
export function commonWords(before: string[], after: string[]): [number, number][] {
  const [columns, rows] = [placesIn(before, new Set(after)), placesIn(after, new Set(before))]
  const width = Math.ceil(columns.length / together)
  const standing = bitsOfWords(columns.map((place) => before[place] ?? ''))
  const table = new Int32Array((rows.length + 1) * width).fill(all, 0, width)
  const nowhere = new Int32Array(width)
  for (const [row, place] of rows.entries()) {
    addRow(table, row * width, standing.get(after[place] ?? '') ?? nowhere)
  }
  const differs = (row: number, column: number) => {
    const bits = table[row * width + Math.floor(column / together)] ?? 0
    return ((bits >> (column % together)) & 1) === 1
  }
  return trace(columns.length, rows.length, differs).map(([column, row]) => [
    columns[column] ?? 0,
    rows[row] ?? 0,
  ])
}

/** The places of words that stand in the other text too. */
function placesIn(words: string[], others: Set<string>): number[] {
  return [...words.keys()].filter((place) => others.has(words[place] ?? ''))
}

/** In which places each word stands, a bit for each. */
function bitsOfWords(words: string[]): Map<string, Int32Array> {
  const standing = new Map<string, Int32Array>()
  for (const [place, word] of words.entries()) {
    const bits = standing.get(word) ?? new Int32Array(Math.ceil(words.length / together))
    standing.set(word, bits)
    const at = Math.floor(place / together)
    bits[at] = (bits[at] ?? 0) | (1 << (place % together))
  }
  return standing
}

/** A bit is 0 in a row where one more word is common than up to the place before. */
function addRow(table: Int32Array, at: number, word: Int32Array): void {
  const width = word.length
  let carried = 0
  for (let i = 0; i < width; i++) {
    const above = table[at + i] ?? 0
    const here = word[i] ?? 0
    const sum = above + (above & here) + carried
    carried = sum >> together
    table[at + width + i] = (sum & all) | (above & ~here)
  }
}

/** From the last row back to the first. */
function trace(
  columns: number,
  rows: number,
  differs: (row: number, column: number) => boolean,
): [number, number][] {
  const common: [number, number][] = []
  for (let [row, column] = [rows, columns]; row > 0 && column > 0; ) {
    if (differs(row, column - 1)) column--
    else {
      row--
      if (differs(row, column - 1)) common.push([--column, row])
    }
  }
  return common.reverse()
}
