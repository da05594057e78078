import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What is sent in: its words, and for a letter how many things it says. */
export interface Sent {
  body: string
  clause: string
  says: number
}

/** Passages of the marked letters by the clause that they are about, as people wrote them. */
function passages(): Map<string, string[]> {
  const byClause = new Map<string, string[]>()
  for (const file of globSync(join(import.meta.dirname, '../fixtures/letters/*.txt')).toSorted()) {
    const marked = readFileSync(file, 'utf8').split(/\{([^}]*)\}/)
    for (let i = 1; i < marked.length; i += 2) {
      const [clause = '', words = ''] = [marked[i], marked[i + 1]]
      const said = words.replace(/\s+/g, '').replace(/^[（(]?[一二三四五六七八九十\d]+[）)]?[、.．是]/, '')
      if (/^p\d+$/.test(clause) && said.length > 30)
        byClause.set(clause, [...(byClause.get(clause) ?? []), said])
    }
  }
  return byClause
}

const numerals = [...'一二三四五六七']

/** Letters of about 3,000 characters that say 4 to 7 things each, every one about another clause. */
export function letters(count: number): Sent[] {
  const said = [...passages()]
  return Array.from({ length: count }, (_, number) => {
    const says = 4 + (number % 4)
    const parts = Array.from({ length: says }, (_, part) => {
      const [, words = []] = said[(number * 7 + part * 3) % said.length] ?? []
      let text = ''
      for (let i = 0; text.length < 2800 / says; i++) text += words[(number + i) % words.length] ?? ''
      return `${numerals[part]}、${text}`
    })
    return { body: ['您好：', ...parts, '谢谢。'].join('\n'), clause: 'draft', says }
  })
}

const campaigns = [
  '建议把贴息的期限写明为三年并公布标准和申请办法。建议修通武乡到沁源的旅游公路并配套停车场和卫生间。',
  '希望把县级医院的设备配齐，让老百姓看病不出县。希望给老区乡村教师提高补贴，留住人才。',
  '请明确节余指标调剂收益的分配比例。请公开每年专项资金的使用情况。请建立考核机制。',
]

/** Three campaigns; every fourth sender adds something. */
export function campaignLetters(each: number): Sent[] {
  return campaigns.flatMap((body, campaign) =>
    Array.from({ length: each }, (_, i) => ({
      body: i % 4 === 3 ? `${body}我是第${i + 1}户村民，家里的情况和别人不同，请考虑。` : body,
      clause: `p${3 + campaign}`,
      says: 1,
    })),
  )
}

/** Short ones, on every clause. */
export function shortOnes(count: number): Sent[] {
  return Array.from({ length: count }, (_, i) => ({
    body: `第${i + 1}户：请写明这一条什么时候办、找谁办。`,
    clause: `p${1 + (i % 23)}`,
    says: 1,
  }))
}
