/** How a reader wants the site: kept in the address alone, since citizens get no cookie. */
export interface Display {
  lang: 'zh' | 'en'
  text: 'large' | null
  contrast: 'high' | null
}

/** What `?lang=en&text=large&contrast=high` asks for; anything else is the usual. */
export function readDisplay(query: unknown): Display {
  const { lang, text, contrast } = Object(query)
  return {
    lang: lang === 'en' ? 'en' : 'zh',
    text: text === 'large' ? 'large' : null,
    contrast: contrast === 'high' ? 'high' : null,
  }
}

/** A path of the site (with its own query or fragment) that keeps the reader's display. */
export function withDisplay(path: string, { lang, text, contrast }: Display): string {
  const wanted = new URLSearchParams()
  if (lang === 'en') wanted.set('lang', lang)
  if (text) wanted.set('text', text)
  if (contrast) wanted.set('contrast', contrast)
  if (wanted.size === 0) return path
  const [, before = '', fragment = ''] = /^([^#]*)(.*)$/s.exec(path) ?? []
  return `${before}${before.includes('?') ? '&' : '?'}${wanted}${fragment}`
}
