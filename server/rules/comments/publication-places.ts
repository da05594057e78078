import type { Day } from '../days.ts'

/** Where a published comment stands among the others: by the day of publication, and within a day by an id that is chance. */
export interface PublicationPlace {
  day: Day
  id: string
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const isUuid = new RegExp(`^${uuid}$`)
const written = new RegExp(`^(20\\d\\d-\\d\\d-\\d\\d)\\.(${uuid})$`)

/** As addresses carry it. */
export function writtenPlace({ day, id }: PublicationPlace): string {
  return `${day}.${id}`
}

/** The place that an address names; null where it names none. */
export function readPlace(value: unknown): PublicationPlace | null {
  const [, day, id] = typeof value === 'string' ? (written.exec(value) ?? []) : []
  return day && id ? { day, id } : null
}

/** Whether a text is a comment's public id. */
export function isPublicId(value: unknown): value is string {
  return typeof value === 'string' && isUuid.test(value)
}
