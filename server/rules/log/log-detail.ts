import { agreementNames } from '../moderation/agreement.ts'
import { markNames } from '../moderation/redactions.ts'
import { channelNames, nameOf, stateNames } from '../names.ts'
import { retractionCauses } from '../retractions/public-places.ts'
import { workNames } from '../upkeep/work-names.ts'

const words: Readonly<Record<string, string>> = {
  review: '审核轮次',
  version: '意见版本',
  revision: '版本',
  reason: '理由',
  transferred: '已转办',
  agreedWith: '同意',
  successor: '接手',
  unanswered: '没有批准的答复',
  spans: '标记',
  admission: '是否纳入',
  publication: '是否公开',
  channel: '来源',
  comments: '意见',
  commentId: '意见',
  letters: '来文',
  cause: '原因',
  texts: '其他文字',
  late: '逾期',
  agreement: '两人一致',
  campaign: '同类意见',
  clause: '条款',
  round: '稿次',
  units: '段数',
  grants: '角色',
  factor: '验证方式',
  by: '依据',
  work: '后台工作',
  refused: '原因',
  route: '网址',
  outcome: '采纳情况',
  opensAt: '开始',
  closesAt: '截止',
  closedAt: '原截止',
}

const values: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  admission: { admitted: '纳入研究', refused: '不纳入研究' },
  publication: { published: '公开', withheld: '不公开' },
  channel: channelNames,
  agreement: agreementNames,
  factor: { authenticator: '验证器', recovery_code: '恢复码' },
  by: { letter: '盖章公函', code: '统一社会信用代码' },
  work: workNames,
  refused: { forbidden: '没有权限', state: '当时的状态不允许' },
  cause: retractionCauses,
}

const named = new Set(['reason', 'agreedWith', 'successor', 'comments', 'commentId'])

const spanValues: Readonly<Record<string, string>> = {
  ...markNames,
  body: '意见',
  wording: '修改后的表述',
  open: '待确认',
  hidden: '隐去',
  shown: '不隐去',
}

/**
 * What a log entry says besides who, when and what, for a person to read; nothing is left out but what is empty.
 * @param names of reasons by their codes, of staff and of comments by their ids
 */
export function detailInWords(
  detail: Readonly<Record<string, unknown>>,
  names: ReadonlyMap<string, string> = new Map(),
): string {
  const { from, to, ...rest } = detail
  const turn = typeof to === 'string' ? [`${stateOf(from)} → ${stateOf(to)}`] : []
  const others = typeof to === 'string' ? rest : detail
  return [...turn, ...Object.entries(others).flatMap((fact) => factOf(fact, names))].join('；')
}

function stateOf(state: unknown): string {
  return typeof state === 'string' ? nameOf(stateNames, state) : String(state ?? '')
}

function factOf([key, value]: [string, unknown], names: ReadonlyMap<string, string>): string[] {
  const isEmpty =
    value === null || value === false || value === '' || (Array.isArray(value) && value.length === 0)
  if (isEmpty) return []
  const name = nameOf(words, key)
  return value === true ? [name] : [`${name} ${wordsOf(key, value, names)}`]
}

function wordsOf(key: string, value: unknown, names: ReadonlyMap<string, string>): string {
  if (typeof value === 'string' && named.has(key)) return names.get(value) ?? value
  if (typeof value === 'string') return nameOf(values[key] ?? {}, value)
  if (Array.isArray(value) && value.every((one) => typeof one === 'string')) {
    const inWords = (one: string) => (named.has(key) ? (names.get(one) ?? one) : one)
    return value.map(key === 'spans' ? spanInWords : inWords).join('，')
  }
  return typeof value === 'number' ? String(value) : JSON.stringify(value)
}

/** `body:3-14 mobile hidden`: which characters, counted from 0 with the end left out, of what kind, and what was done. */
function spanInWords(span: string): string {
  const [, field = '', place = '', kind = '', judged = ''] = /^(\w+):(\S+) (\w+) (\w+)$/.exec(span) ?? []
  if (!judged) return span
  return `${nameOf(spanValues, field)} ${place} ${nameOf(spanValues, kind)} ${nameOf(spanValues, judged)}`
}
