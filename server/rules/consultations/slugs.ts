/** Whether a text can be a consultation's address: small letters, digits and hyphens, not at the ends. */
export function isSlug(value: string): boolean {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value) && value.length <= 60 && !reserved.has(value)
}

/** Words that stand at the same place in an address of the office's workspace. */
const reserved = new Set(['consultations', 'new'])
