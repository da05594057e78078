import { optional, orEmpty, parted, partedWords, revision, text, unjudged } from '../fields.ts'
import { form, type TypedIn } from '../form.ts'

const mostWords = 10

/** A theme with its rule. @param clauses those to which its rule may be limited; another limits it to none */
export const themeForm = (clauses: readonly { key: string }[]) =>
  form(
    {
      name: text({ name: '主题名称', most: 40 }),
      words: parted(orEmpty(text({ name: '关键词', most: 400 }))),
      clause: {
        ...optional(unjudged()),
        value: (typed: string) => (clauses.some(({ key }) => key === typed) ? typed : null),
      },
      revision: revision(),
    },
    ({ words }) => {
      const { length } = partedWords(words)
      return [['words', length > mostWords ? `关键词最多 ${mostWords} 个，现在是 ${length} 个` : null]]
    },
  )
export type TypedTheme = TypedIn<ReturnType<typeof themeForm>>
