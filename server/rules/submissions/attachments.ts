import type { FieldError } from '../typed.ts'

/** What an organisation may send along with its comments. */
export const attachmentLimits = { files: 3, bytes: 10 * 1024 * 1024 }

const attachmentTypes = ['pdf', 'docx', 'png', 'jpg'] as const
export type AttachmentType = (typeof attachmentTypes)[number]

/** A file as it came with a submission, and what is in it. */
export interface SentFile {
  name: string
  size: number
  isTooLarge: boolean
  /** null where it is none of the types that are taken. */
  type: AttachmentType | null
}

/** The first bytes of each kind of file, in hexadecimal; a zip has to be looked into. */
const heads: [string, AttachmentType | 'zip'][] = [
  ['255044462d', 'pdf'],
  ['89504e470d0a1a0a', 'png'],
  ['ffd8ff', 'jpg'],
  ['504b0304', 'zip'],
]

/** How many bytes `kindOf` has to see. */
export const headBytes = 8

/** What a file is by its first bytes, whatever it is called; null where it is nothing that is taken. */
export function kindOf(head: Buffer): AttachmentType | 'zip' | null {
  const hexadecimal = head.toString('hex')
  return heads.find(([begins]) => hexadecimal.startsWith(begins))?.[1] ?? null
}

/** The name of a sent file as it is kept and shown: never a path, and nothing that cannot be stored or read. */
export function attachmentName(sent: string): string {
  const last = sent.split(/[/\\]/).at(-1) ?? ''
  const readable = [...last].filter((character) => !/[\p{Cc}\p{Cf}\p{Surrogate}]/u.test(character))
  return readable.slice(0, 100).join('').trim() || '附件'
}

/** What a file is saved as: its own name, with the ending of what it is. */
export function savedName(name: string, type: string): string {
  const endings = type === 'jpg' ? ['jpg', 'jpeg'] : [type]
  const isRight = endings.some((ending) => name.toLowerCase().endsWith(`.${ending}`))
  return isRight ? name : `${name}.${type}`
}

/** A kept file as views/shared/_attachments.eta lists it. */
export interface ShownAttachment {
  /** Its place among those that came with it, from 1. */
  number: number
  name: string
  size: string
}

/** @param place from 0, among those that came together */
export function shownAttachment(
  { name, type, size }: { name: string; type: string; size: number },
  place: number,
): ShownAttachment {
  return { number: place + 1, name: savedName(name, type), size: writtenSize(size) }
}

/** The place of a file as an address has it; null where no file can have it. */
export function attachmentPlace(written: string): number | null {
  return /^[1-9]$/.test(written) ? Number(written) : null
}

/** How large a file is, for people. */
export function writtenSize(bytes: number): string {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

/** What is said of files that cannot be taken, in the language of the page (server/locales). */
interface FileSentences {
  notOffered: string
  onlyOrganisations: string
  tooMany: (most: number, count: number) => string
  tooLarge: (name: string) => string
  empty: (name: string) => string
  type: (name: string) => string
  chooseAgain: (names: string[]) => string
  gone: (name: string) => string
}

/** Whether a submission may come with files. */
export interface MayAttach {
  identity: string
  isOffered: boolean
}

/** What keeps the sent files from being taken, each in a sentence that says what to do. */
export function checkAttachments(
  files: readonly SentFile[],
  { identity, isOffered }: MayAttach,
  says: FileSentences,
): FieldError[] {
  const [first] = files
  if (!first) return []
  const wrong = (message: string) => ({ field: 'attachments', message })
  if (!isOffered) return [wrong(says.notOffered)]
  if (identity === 'individual') return [wrong(says.onlyOrganisations)]
  const most = attachmentLimits.files
  const tooMany = files.length > most ? [wrong(says.tooMany(most, files.length))] : []
  const problems = files.slice(0, most).flatMap((file) => problemOf(file, says) ?? [])
  return [...tooMany, ...problems.map(wrong)]
}

function problemOf({ name, size, isTooLarge, type }: SentFile, says: FileSentences): string | null {
  if (isTooLarge) return says.tooLarge(name)
  if (size === 0) return says.empty(name)
  return type === null ? says.type(name) : null
}

/** Told with a form that comes back, of files that could be taken and are not held: a browser cannot choose them again by itself. */
export function chooseAgain(files: readonly { name: string }[], says: FileSentences): FieldError[] {
  if (files.length === 0) return []
  return [{ field: 'attachments', message: says.chooseAgain(files.map(({ name }) => name)) }]
}
