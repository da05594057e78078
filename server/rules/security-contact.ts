import { type Field, text } from './fields.ts'

const ask =
  '安全问题联系方式请填一个电子邮箱、一个电话，或者以 https:// 开头的网址，例如 anquan@example.gov.cn、0351-1234567'

/** Where whoever finds a fault in the portal's security writes or calls; kept as the URI that RFC 9116 wants (2.5.3). */
export function securityContact({ name, most }: { name: string; most: number }): Field<string, string> {
  const field = text({ name, most })
  return {
    ...field,
    given: asTyped,
    problem: (typed, says) => field.problem(typed, says) ?? (contactUri(typed) === null ? ask : null),
    value: (typed) => contactUri(typed) ?? typed,
  }
}

/** null where it is no address, no number and no page. */
export function contactUri(typed: string): string | null {
  const plain = typed.normalize('NFKC')
  return mailUri(plain) ?? phoneUri(plain.replace(/\s/g, '')) ?? pageUri(typed)
}

function mailUri(plain: string): string | null {
  const [, address] = /^(?:mailto:)?([\w.+-]+@(?:[a-z\d-]+\.)+[a-z]{2,})$/i.exec(plain) ?? []
  return address ? `mailto:${address}` : null
}

const inChina = ';phone-context=+86'

/** A number without a country's code is dialled in China (RFC 3966, 5.1.5). */
function phoneUri(plain: string): string | null {
  const [, plus = '', number = ''] = /^(?:tel:)?(\+?)([\d().-]+)(?:;phone-context=\+86)?$/i.exec(plain) ?? []
  const digits = number.replace(/\D/g, '').length
  if (digits < 5 || digits > 15) return null
  return `tel:${plus}${number}${plus ? '' : inChina}`
}

function pageUri(typed: string): string | null {
  const url = URL.canParse(typed) ? new URL(typed) : null
  const isPage = url?.protocol === 'https:' && url.hostname.includes('.') && !url.username && !url.password
  return url && isPage ? url.href : null
}

/** As people write an address or a number. */
function asTyped(uri: string): string {
  return uri.replace(/^(mailto|tel):/, '').replace(inChina, '')
}
