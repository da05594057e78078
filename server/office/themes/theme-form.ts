import { Refused } from '../../../db/open.ts'
import type { Theme } from '../../../db/queries/themes/themes.ts'
import { type FieldError, textProblem, typedText } from '../../rules/typed.ts'

/** A theme as it was typed. */
export interface TypedTheme {
  name: string
  words: string
  clause: string
}

const mostWords = 10

export function typedTheme(form: unknown): TypedTheme {
  return {
    name: typedText(form, 'name'),
    words: typedText(form, 'words'),
    clause: typedText(form, 'clause'),
  }
}

/** The theme, or what has to be put right. @param clauses those to which its rule may be limited */
export function readTheme(
  { name, words, clause }: TypedTheme,
  clauses: { key: string }[],
): { theme: Omit<Theme, 'id'>; errors: [] } | { theme: null; errors: FieldError[] } {
  const list = words.split(/[\s,，、;；]+/).filter((word) => word !== '')
  const problems: [string, string | null][] = [
    ['name', textProblem(name, { name: '主题名称', required: true, most: 40 })],
    [
      'words',
      textProblem(words, { name: '关键词', most: 400 }) ??
        (list.length > mostWords ? `关键词最多 ${mostWords} 个，现在是 ${list.length} 个` : null),
    ],
  ]
  const errors = problems.flatMap(([field, message]) => (message ? [{ field, message }] : []))
  if (errors.length > 0) return { theme: null, errors }
  const limit = clauses.some(({ key }) => key === clause) ? clause : null
  return { theme: { name, words: list, clause: limit }, errors: [] }
}

/** Stores a theme; what has to be put right where another has its name. */
export async function refusedName(name: string, store: () => Promise<void>): Promise<FieldError[]> {
  try {
    await store()
    return []
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return [{ field: 'name', message: `已经有名为“${name}”的主题` }]
  }
}
