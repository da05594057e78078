import { outcomeNames } from '../answers/responses.ts'
import { replyNames } from '../answers/unit-letter-form.ts'
import { materialStateNames } from '../outcomes/materials.ts'

interface SavedField {
  label: string
  /** What its values are called; null where it is a text, 'known' where only the consultation knows it. */
  names: Readonly<Record<string, string>> | 'known' | null
}

const written = (label: string): SavedField => ({ label, names: null })
const known = (label: string): SavedField => ({ label, names: 'known' })
const outcome: SavedField = { label: '采纳情况', names: outcomeNames }

/** What of the office has versions, with the fields that its form saves, by their names in the code. */
export const versionKinds = {
  answer: { name: '答复', fields: { outcome, reason: written('理由'), summary: written('归纳') } },
  wording: {
    name: '条款修改稿',
    fields: {
      text: written('修改后的条款'),
      reason: written('说明'),
      comments: written('促成修改的意见（编号）'),
      points: written('促成修改的具体意见（编号）'),
      concerns: written('促成修改的归并意见（编号）'),
    },
  },
  report: { name: '情况说明', fields: { report: written('情况说明') } },
  theme: {
    name: '主题',
    fields: { name: written('主题名称'), words: written('关键词'), clause: known('限于条款') },
  },
  concern: {
    name: '归并意见',
    fields: {
      sentence: written('归并意见'),
      clause: known('涉及条款'),
      theme: known('主题'),
      department: known('责任单位'),
    },
  },
  leader_page: {
    name: '呈阅件',
    fields: {
      question: written('请示事项'),
      concern1: known('意见一'),
      proposal1: written('拟办意见一'),
      concern2: known('意见二'),
      proposal2: written('拟办意见二'),
      concern3: known('意见三'),
      proposal3: written('拟办意见三'),
      concern4: known('意见四'),
      proposal4: written('拟办意见四'),
      concern5: known('意见五'),
      proposal5: written('拟办意见五'),
      decisions: written('需研究决定的事项'),
      unit: written('承办处室'),
      contact: written('联系人'),
      phone: written('电话'),
    },
  },
  template: { name: '理由模板', fields: { name: written('模板名称'), outcome, reason: written('理由') } },
  unit_reply: {
    name: '部门反馈情况',
    fields: {
      reply: { label: '反馈情况', names: replyNames },
      repliedOn: written('反馈日期'),
      unresolved: written('有分歧，未协调一致'),
      unitPosition: written('对方意见'),
      officePosition: written('我方意见'),
    },
  },
  unit_item: { name: '对部门意见的答复', fields: { outcome, reason: written('理由') } },
  step: {
    name: '程序环节',
    fields: {
      step: written('环节'),
      heldOn: written('日期'),
      documentNumber: written('文号'),
      note: written('说明'),
    },
  },
  material: {
    name: '送审材料认定',
    fields: { state: { label: '认定', names: materialStateNames }, reason: written('理由') },
  },
  finding: {
    name: '审查意见',
    fields: {
      review: written('审查'),
      finding: written('审查意见'),
      handling: written('处理情况'),
    },
  },
} as const satisfies Record<string, { name: string; fields: Readonly<Record<string, SavedField>> }>
/** What is ticked in a form and not written: the name of its boxes. */
const ticks: Readonly<Record<string, string>> = { comments: 'comment', points: 'point', concerns: 'concern' }

export type VersionKind = keyof typeof versionKinds

export function isVersionKind(value: string): value is VersionKind {
  return Object.hasOwn(versionKinds, value)
}

/** A field as a person reads it. */
export interface SaidField {
  label: string
  text: string
  /** It is one of several, and is not compared word by word. */
  isChoice: boolean
}

/**
 * What a version says, field by field in the order of its form.
 * @param called the names of clauses, themes and departments by their keys; of one that is gone only that is said
 */
export function saidInWords(
  kind: VersionKind,
  said: Readonly<Record<string, unknown>>,
  called: ReadonlyMap<string, string>,
): SaidField[] {
  const fields: Readonly<Record<string, SavedField>> = versionKinds[kind].fields
  return Object.entries(fields).map(([name, { label, names }]) => {
    const text = Object.hasOwn(ticks, name)
      ? textOf(said[name]).replace(/([\w]{8})[\w-]*/g, '$1')
      : textOf(said[name])
    if (names !== 'known') return { label, text: names?.[text] ?? text, isChoice: names !== null }
    return { label, text: called.get(text) ?? (text && '（已经不在）'), isChoice: true }
  })
}

/** The fields with which a form saves again what a version says, by their HTML names. */
export function asTyped(kind: VersionKind, said: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.keys(versionKinds[kind].fields).map((name) => {
      const tick = ticks[name]
      if (tick) return [tick, [said[name] ?? []].flat().join(',')]
      const typed = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
      return [typed, said[name] === true ? 'yes' : textOf(said[name])]
    }),
  )
}

/** What was typed, by the names under which a version has it. */
export function asSaid(typed: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const names = Object.entries(typed)
  return Object.fromEntries(
    names.map(([name, value]) => [
      name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      value,
    ]),
  )
}

/** A field as its form takes it back: a list in one line. */
function textOf(value: unknown): string {
  if (value === true) return '是'
  return Array.isArray(value) ? value.join('、') : typeof value === 'string' ? value : ''
}
