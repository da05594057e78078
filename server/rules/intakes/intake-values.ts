import {
  identityNames,
  proposalNames,
  stanceNames,
  visibilityNames,
  wholeDraft,
  wholeDraftName,
} from '../names.ts'
import { offlineChannelNames } from './intake-form.ts'

/** A word of a table read as its identifier, or what is wrong with it. */
export type Read = { value: string; problem: null } | { value: ''; problem: string }

type Names = Readonly<Record<string, string>>

const yes = new Set(['是', '√', '1', 'y', 'yes', 'true'])
const no = new Set(['', '否', '×', '0', 'n', 'no', 'false'])

export const readChannel = (typed: string) => readName('来源', offlineChannelNames, typed)
export const readStance = (typed: string) =>
  readName('意见类型', stanceNames, typed, { 支持: 'support', 同意: 'support', 建议: 'amend' })
export const readProposal = (typed: string) => readName('修改方式', proposalNames, typed, { '': '' })
export const readIdentity = (typed: string) => readName('身份', identityNames, typed, { '': 'individual' })
export const readVisibility = (typed: string) =>
  readName('是否公开', visibilityNames, typed, {
    '': 'public',
    是: 'public',
    公开: 'public',
    否: 'office',
    不公开: 'office',
  })

export function readYes(column: string, typed: string): Read {
  const word = plain(typed)
  if (yes.has(word)) return { value: 'yes', problem: null }
  return no.has(word)
    ? { value: '', problem: null }
    : wrong(`${column}请填“是”或“否”，现在是“${short(typed)}”`)
}

/** Reads a word by the names that pages show, by its identifier, or by another word for it. */
function readName(column: string, names: Names, typed: string, also: Names = {}): Read {
  const word = plain(typed)
  if (Object.hasOwn(also, word)) return { value: also[word] ?? '', problem: null }
  const found = Object.entries(names).find(([identifier, name]) => name === word || identifier === word)
  if (found) return { value: found[0], problem: null }
  const choices = Object.values(names).join('、')
  return wrong(
    word === '' ? `没有填${column}（${choices}）` : `${column}“${short(typed)}”不认得，请填：${choices}`,
  )
}

/** The clauses of a round by everything that a table may call them. */
export type ClauseIndex = ReadonlyMap<string, ReadonlySet<string>>

interface Named {
  key: string | null
  label: string | null
  citation: string
}

/** @param names what readers call each clause, by its key */
export function indexClauses(
  units: readonly Named[],
  names: ReadonlyMap<string, { name: string }>,
): ClauseIndex {
  const index = new Map<string, Set<string>>()
  const add = (name: string | null | undefined, key: string) => {
    if (!name) return
    const word = plain(name)
    index.set(word, (index.get(word) ?? new Set()).add(key))
  }
  for (const name of [wholeDraftName, wholeDraft, '整体', '总体意见']) add(name, wholeDraft)
  for (const { key, label, citation } of units) {
    if (key === null) continue
    const name = names.get(key)?.name ?? null
    const unlabelled = label && name?.startsWith(label) ? name.slice(label.length) : null
    for (const word of new Set([key, label, citation, name, unlabelled])) add(word, key)
  }
  return index
}

/** Reads which clause a row is about: its key, its number, its heading or how it is cited. */
export function readClause(typed: string, clauses: ClauseIndex): Read {
  if (typed === '') return wrong('没有填条款（对全文的意见请填“全文”）')
  const [key, ...others] = clauses.get(plain(typed)) ?? []
  if (key === undefined) return wrong(`没有“${short(typed)}”这一条，请照模板“条款”表填写`)
  if (others.length > 0)
    return wrong(`“${short(typed)}”有 ${others.length + 1} 处，请填条款代码或者完整的名称`)
  return { value: key, problem: null }
}

function wrong(problem: string): Read {
  return { value: '', problem }
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/[。；：:;.、]$/, '')
    .toLowerCase()
}

function short(text: string): string {
  const characters = [...text]
  return characters.length > 20 ? `${characters.slice(0, 20).join('')}……` : text
}
