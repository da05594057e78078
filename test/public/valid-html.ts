import { HtmlValidate, StaticConfigLoader } from 'html-validate'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { expect } from 'vitest'

/** Works out once what the rules are: html-validate does it for each page, which takes half as long as looking at it. */
class KnownRules extends StaticConfigLoader {
  #known: ReturnType<StaticConfigLoader['getConfigFor']> | undefined

  override getConfigFor() {
    this.#known ??= super.getConfigFor('')
    return this.#known
  }
}

const validator = new HtmlValidate(
  new KnownRules({
    extends: ['html-validate:recommended'],
    elements: ['html5'],
    rules: {
      // Template engines leave blanks at the ends of lines; nobody sees them.
      'no-trailing-whitespace': 'off',
      'long-title': 'off',
    },
  }),
)

/** Pages that are the same in several states, and on both sides of a form, are looked at once. */
const looked = new Set<string>()

/** Fails with what html-validate finds wrong with a page, and the line on which it stands. @param at said with it */
export async function expectValid(html: string, at?: string): Promise<void> {
  if (looked.has(html)) return
  const { results } = await validator.validateString(html)
  const messages = results.flatMap(({ messages }) =>
    messages.map(
      ({ ruleId, message, line }) => `${ruleId}: ${message} — ${html.split('\n')[line - 1]?.trim()}`,
    ),
  )
  expect(messages, at).toEqual([])
  looked.add(html)
}

/** The Chinese texts of a page that no element says are Chinese; a masked name (朱**) is an example in any language. */
export function unmarked(html: string): string[] {
  const found: string[] = []
  const walk = (node: DefaultTreeAdapterTypes.Node, lang: string): void => {
    if (node.nodeName === '#text' && 'value' in node) {
      const text = node.value.replace(/朱\*\*/g, '').trim()
      if (/\p{Script=Han}/u.test(text) && !lang.startsWith('zh')) found.push(text)
    }
    const own = 'attrs' in node ? node.attrs.find(({ name }) => name === 'lang')?.value : undefined
    // The title holds the draft's name beside the page's, and cannot mark either; a textarea what somebody typed.
    const isOwn = ['head', 'textarea'].includes(node.nodeName)
    if ('childNodes' in node && !isOwn) for (const child of node.childNodes) walk(child, own ?? lang)
  }
  walk(parse(html), '')
  return found
}
