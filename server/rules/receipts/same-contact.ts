/**
 * Whether two ways of writing a telephone number or an address are the same: spaces, dashes, case, full-width characters
 * and +86 do not matter.
 */
export function sameContact(left: string, named: string): boolean {
  const plain = (contact: string) =>
    contact
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s()\-—_.·]/gu, '')
      .replace(/^(?:\+|00)86(?=1\d{10}$)/, '')
  return plain(named) !== '' && plain(left) === plain(named)
}
