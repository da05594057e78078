import { printLabel, printUnit } from '../../text/outlining/print.ts'

interface Opened {
  label: string | null
  heading: string | null
  text: string
}

const longest = 60
const cut = 40
const more = '……'

/** What a 意见反馈表 prints of a clause: all of a short one, of another its heading, so that the form stays some pages long. */
export function clauseOpening(unit: Opened): string {
  const whole = [...printUnit(unit)]
  if (whole.length <= longest) return whole.join('')
  const heading = unit.heading && [...printLabel(unit.label), ...unit.heading]
  return (heading && heading.length <= longest ? heading : whole.slice(0, cut)).join('') + more
}

/** Whether a text is only the opening of a clause, as printed or changed. */
export function isOpening(text: string): boolean {
  return /(…|\.{3})$/u.test(text.trimEnd())
}
