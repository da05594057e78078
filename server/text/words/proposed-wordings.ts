import type { ProposedWording } from '../comparing/proposed-difference.ts'

/* What a person writes who wants a clause to read otherwise: 将“一处”修改为“两处以上”, 在“养老”后增加“托育”, 删除“原则上”. */

const change = '修改为|改为|改成|修订为|调整为|更改为|表述为|替换为|换成|完善为'
const put = '增加|补充|增写|添加|加上|加入|写上|写明'
const drop = '删除|删去|删掉|去掉'

/** A text without any of these proposes no wording; one with both may. A database looks for them too. */
export const proposingWords = [...change.split('|'), ...put.split('|'), ...drop.split('|')]
export const proposingMarks = ['“', '「', '"', '：', ':']

/** Whether it is worth looking for a wording in a text. */
export function mayPropose(text: string): boolean {
  const has = (some: readonly string[]) => some.some((one) => text.includes(one))
  return has(proposingWords) && has(proposingMarks)
}

const said = '“([^“”]{1,2000})”'
const within = (most: number) => `[^“”。；！？\\n]{0,${most}}?`

interface Pattern {
  words: RegExp
  proposed(first: string, second: string): ProposedWording
}

const quoted = (exact: string) => ({ exact })

/** The narrower before the wider; what one has taken is no other's. */
const patterns: readonly Pattern[] = [
  {
    words: new RegExp(`${said}${within(20)}(?:${change})${within(8)}${said}`, 'gu'),
    proposed: (old, wording) => ({ proposal: 'amend', wording, quote: quoted(old) }),
  },
  {
    words: new RegExp(`${said}(?:之后|后面?)${within(10)}(?:${put})${within(10)}${said}`, 'gu'),
    proposed: (old, wording) => ({ proposal: 'insert_after', wording, quote: quoted(old) }),
  },
  {
    words: new RegExp(`${said}(?:之前|前面?)${within(10)}(?:${put})${within(10)}${said}`, 'gu'),
    proposed: (old, wording) => ({ proposal: 'amend', wording: wording + old, quote: quoted(old) }),
  },
  {
    words: new RegExp(`(?:${drop})${within(12)}${said}`, 'gu'),
    proposed: (old) => ({ proposal: 'delete', wording: null, quote: quoted(old) }),
  },
  {
    words: new RegExp(`${said}${within(12)}(?:${drop})`, 'gu'),
    proposed: (old) => ({ proposal: 'delete', wording: null, quote: quoted(old) }),
  },
  {
    words: new RegExp(`(?:${change})${within(8)}${said}`, 'gu'),
    proposed: (wording) => ({ proposal: 'amend', wording, quote: null }),
  },
  {
    words: new RegExp(`(?:${change})[:：]\\s*([^“”\\n]{4,2000})`, 'gu'),
    proposed: (wording) => ({ proposal: 'amend', wording: wording.trim(), quote: null }),
  },
  {
    words: new RegExp(`(?:${put})${within(20)}${said}`, 'gu'),
    proposed: (wording) => ({ proposal: 'insert_after', wording, quote: null }),
  },
]

/** The wordings that a text proposes in so many words, in its order; a machine proposes them, a person ticks them. */
export function proposedWordings(text: string): ProposedWording[] {
  if (!mayPropose(text)) return []
  const plain = evenQuotes(text)
  const found: { start: number; end: number; proposed: ProposedWording }[] = []
  for (const { words, proposed } of patterns) {
    for (const match of plain.matchAll(words)) {
      const [start, end] = [match.index, match.index + match[0].length]
      if (found.some((one) => start < one.end && one.start < end)) continue
      found.push({ start, end, proposed: proposed(match[1] ?? '', match[2] ?? '') })
    }
  }
  return found.sort((a, b) => a.start - b.start).map(({ proposed }) => proposed)
}

/** Every kind of quotation mark as “ and ”, so that all else stands where it stood. */
function evenQuotes(text: string): string {
  let isOpen = false
  return text.replace(/["「」]/gu, (mark) => {
    if (mark !== '"') return mark === '「' ? '“' : '”'
    isOpen = !isOpen
    return isOpen ? '“' : '”'
  })
}
