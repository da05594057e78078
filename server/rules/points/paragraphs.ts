import type { Span } from './arrangement.ts'

/** The lines of a text that say something, without the blanks around them, in code points. */
export function paragraphs(text: string): Span[] {
  const spans: Span[] = []
  let at = 0
  for (const line of text.split(/(?<=[\n\r\u2028\u2029])/u)) {
    const said = line.trim()
    const start = at + [...line.slice(0, line.length - line.trimStart().length)].length
    if (said !== '') spans.push({ start, end: start + [...said].length })
    at += [...line].length
  }
  return spans
}
