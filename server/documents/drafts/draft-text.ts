import type { Draft } from '../../text/outlining/outline.ts'
import { printUnit } from '../../text/outlining/print.ts'

/**
 * The draft as plain text: its title, then a paragraph a line, indented by two characters as Chinese is. Lines end as
 * old editors on Windows need it. Read again, it is the same draft.
 */
export function writeDraftText({ title, units }: Pick<Draft, 'title' | 'units'>): string {
  const lines = units.map((unit) => (unit.kind === 'table' ? unit.text : `　　${printUnit(unit)}`))
  return [title, '', ...lines, ''].join('\n').replaceAll('\n', '\r\n')
}
