import fc from 'fast-check'
import { toChineseNumber } from '../../../server/text/outlining/numbering.ts'

/** A unit as a test plans it; `format` says how a word processor would number it. */
export interface Planned {
  kind: 'heading' | 'clause'
  level: number
  label: string | null
  text: string
}

const characters = [...'推进农业提质增效保护红色资源完善合作机制强化政策支持城乡公共服务优化布局']
const words = (min: number, max: number) =>
  fc.array(fc.constantFrom(...characters), { minLength: min, maxLength: max }).map((each) => each.join(''))
const phrase = words(3, 20)
const sentences = fc
  .array(
    fc.tuple(words(3, 30), fc.constantFrom('，', '；', '：“', '”，')).map((parts) => parts.join('')),
    { maxLength: 4 },
  )
  .chain((parts) => phrase.map((last) => `${parts.join('')}${last}。`))

/** The words of a policy document, before it is numbered. */
interface Plan {
  runsOn: boolean
  halfWidth: boolean
  preamble: string[]
  chapters: { name: string; bodies: string[]; form: 'clauses' | 'headings'; items: Item[] }[]
}
interface Item {
  name: string
  text: string
  subs: { text: string; subs: string[] }[]
}

const item: fc.Arbitrary<Item> = fc.record({
  name: phrase,
  text: sentences,
  subs: fc.array(fc.record({ text: sentences, subs: fc.array(sentences, { maxLength: 3 }) }), {
    maxLength: 4,
  }),
})
const plan: fc.Arbitrary<Plan> = fc.record({
  runsOn: fc.boolean(),
  halfWidth: fc.boolean(),
  preamble: fc.array(sentences, { maxLength: 2 }),
  chapters: fc.array(
    fc.record({
      name: phrase,
      bodies: fc.array(sentences, { minLength: 1, maxLength: 2 }),
      form: fc.constantFrom('clauses', 'headings'),
      items: fc.array(item, { maxLength: 9 }),
    }),
    { minLength: 1, maxLength: 11 },
  ),
})

/** Policy documents: 一、→（一）→1.→（1）, （一） restarting or running on across chapters. */
export const policies: fc.Arbitrary<Planned[]> = plan.map(({ runsOn, halfWidth, preamble, chapters }) => {
  const [open, close] = halfWidth ? ['(', ')'] : ['（', '）']
  let items = 0
  const clause = (level: number, label: string | null, text: string): Planned => ({
    kind: 'clause',
    level,
    label,
    text,
  })
  return [
    ...preamble.map((text) => clause(1, null, text)),
    ...chapters.flatMap((chapter, index): Planned[] => {
      if (!runsOn) items = 0
      return [
        { kind: 'heading', level: 1, label: `${toChineseNumber(index + 1)}、`, text: chapter.name },
        ...chapter.bodies.map((text) => clause(2, null, text)),
        ...chapter.items.flatMap(({ name, text, subs }): Planned[] => {
          const label = `${open}${toChineseNumber(++items)}${close}`
          const head: Planned[] =
            chapter.form === 'headings'
              ? [{ kind: 'heading', level: 2, label, text: name }, clause(3, null, text)]
              : [clause(2, label, `${name}。${text}`)]
          return [
            ...head,
            ...subs.flatMap((sub, at) => [
              clause(3, `${at + 1}.`, sub.text),
              ...sub.subs.map((each, deeper) => clause(4, `${open}${deeper + 1}${close}`, each)),
            ]),
          ]
        }),
      ]
    }),
  ]
})

/** Statutes: 章→第N条→款→（一）→1., articles running on across chapters. */
export const statutes: fc.Arbitrary<Planned[]> = fc
  .array(
    fc.record({
      name: phrase,
      articles: fc.array(
        fc.record({
          paragraphs: fc.array(fc.record({ text: sentences, items: fc.array(item, { maxLength: 3 }) }), {
            minLength: 1,
            maxLength: 3,
          }),
        }),
        { minLength: 1, maxLength: 8 },
      ),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((chapters) => {
    let articles = 0
    return chapters.flatMap(({ name, articles: within }, index): Planned[] => [
      { kind: 'heading', level: 1, label: `第${toChineseNumber(index + 1)}章`, text: name },
      ...within.flatMap(({ paragraphs }) => {
        const article = `第${toChineseNumber(++articles)}条`
        return paragraphs.flatMap(({ text, items }, at): Planned[] => [
          { kind: 'clause', level: 2, label: at === 0 ? article : null, text },
          ...items.flatMap(({ text: words, subs }, nth): Planned[] => [
            { kind: 'clause', level: 3, label: `（${toChineseNumber(nth + 1)}）`, text: words },
            ...subs.map(
              (sub, deeper): Planned => ({
                kind: 'clause',
                level: 4,
                label: `${deeper + 1}.`,
                text: sub.text,
              }),
            ),
          ]),
        ])
      }),
    ])
  })

/** What of a read unit a plan speaks of. */
export function planned({
  kind,
  level,
  label,
  text,
}: Planned | { kind: string; level: number; label: string | null; text: string }) {
  return { kind, level, label, text }
}
