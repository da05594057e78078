import type { DefaultTreeAdapterTypes } from 'parse5'

type Element = DefaultTreeAdapterTypes.Element

/** The cells of each row; the rows of tables inside cells are not among them. */
export function rowsOf(element: Element): Element[][] {
  return elementsIn(element).flatMap((child) => {
    if (child.tagName === 'tr') return [elementsIn(child).filter(({ tagName }) => /^t[dh]$/.test(tagName))]
    return /^(?:thead|tbody|tfoot)$/.test(child.tagName) ? rowsOf(child) : []
  })
}

function elementsIn(element: Element): Element[] {
  return element.childNodes.filter((child): child is Element => 'tagName' in child)
}

/** Cells that span rows or columns leave empty ones beside and below. */
export function gridOf(rows: Element[][], textOf: (cell: Element) => string): string[][] {
  const below: number[] = []
  return rows.map((cells) => {
    const row: string[] = []
    const skipSpanned = () => {
      for (; (below[row.length] ?? 0) > 0; row.push('')) below[row.length] = (below[row.length] ?? 0) - 1
    }
    for (const cell of cells) {
      skipSpanned()
      const rowspan = spanOf(cell, 'rowspan')
      for (let column = 0; column < spanOf(cell, 'colspan'); column++) {
        below[row.length] = rowspan - 1
        row.push(column === 0 ? textOf(cell) : '')
      }
    }
    skipSpanned()
    return row
  })
}

function spanOf(cell: Element, name: string): number {
  return Math.min(Math.max(Number.parseInt(attributeOf(cell, name) ?? '1', 10) || 1, 1), 64)
}

export function attributeOf(element: Element, name: string): string | null {
  return element.attrs.find((attribute) => attribute.name === name)?.value ?? null
}
