import type { Draft } from '../../../server/text/outlining/outline.ts'

/**
 * A draft as the fixtures write down what is expected of it, a line each: 题 title; # heading, deeper by one # a
 * level; key and level of a clause; ▦ for a table; × for an artefact. After ＠ stands the citation, after ◆ the
 * opening heading sentence.
 */
export function compact({ title, units, artefacts }: Draft): string {
  const lines = units.map(({ key, kind, level, label, citation, heading, text, table }) => {
    const words = label === null ? text : `${label}｜${text}`
    const end = `＠${citation}${heading === null ? '' : ` ◆${heading}`}`
    if (kind === 'heading') return `${'#'.repeat(level)} ${words} ${end}`
    if (table) return `${key} ${level} ▦ ${table.map((row) => row.join('｜')).join('／')} ${end}`
    return `${key} ${level} ${words} ${end}`
  })
  const asides = artefacts.map(({ text, reason }) => `× ${text.replaceAll('\n', '／')} ＠${reason}`)
  return `${[`题 ${title}`, ...lines, ...asides].join('\n')}\n`
}
