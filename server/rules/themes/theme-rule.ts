/** What a theme's words ask of a comment: all of one of these, and nothing of those. */
export interface ThemeRule {
  any: string[][]
  none: string[]
}

const joins = /[+＋&＆]/u
const denies = /^(?:[-－—!！]|不含)(?=.)/u

/** Reads a theme's words: 养老+补贴 asks for both, -小区 (or 不含小区) for what does not have it, each other word for itself. */
export function ruleOf(words: readonly string[]): ThemeRule {
  const denied = words.filter((word) => denies.test(word))
  return {
    any: words
      .filter((word) => !denies.test(word))
      .map((word) => word.split(joins).filter(Boolean))
      .filter(({ length }) => length > 0),
    none: denied.map((word) => word.replace(denies, '')),
  }
}

/** A rule as it is read out: 含有“养老”和“补贴”，或“低保”，不含“小区”; null where it has no words. */
export function ruleInWords(words: readonly string[]): string | null {
  const { any, none } = ruleOf(words)
  const quoted = (some: readonly string[], between: string) => some.map((word) => `“${word}”`).join(between)
  const said = [
    any.length > 0 ? `含有${any.map((all) => quoted(all, '和')).join('，或')}` : null,
    none.length > 0 ? `不含${quoted(none, '、')}` : null,
  ]
  return said.filter(Boolean).join('，') || null
}

/** What a rule's words look for, with blanks between: to be lit where they stand. */
export function soughtBy(words: readonly string[]): string {
  return ruleOf(words).any.flat().join(' ')
}
