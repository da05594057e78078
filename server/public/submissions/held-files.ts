import { BrokenSeal } from '../../../db/sealing/sealed.ts'
import type { Dependencies } from '../../dependencies.ts'
import type { FileStore, Received } from '../../documents/files/file-store.ts'
import { heldFor, ReviewedFiles } from '../../documents/files/reviewed-files.ts'
import {
  type AttachmentType,
  attachmentLimits,
  type SentFile,
  writtenSize,
} from '../../rules/submissions/attachments.ts'
import type { AttachedFile } from './attached-files.ts'

/** A file that a form carries on by a reference, since a browser does not choose it again. */
export interface HeldFile extends SentFile {
  id: string
  type: AttachmentType
  /** When it came in, in milliseconds. */
  at: number
}

/** One as views/public/submissions/_attachments.eta lists it. */
export interface ShownFile {
  name: string
  size: string
  /** What brings it along: sealed, so that nobody asks for another's. */
  reference: string
}

type Holding = Pick<Dependencies, 'config' | 'seals' | 'now'>
const place = { table: 'attachments', column: 'reviewed', row: 'form' }
const longestReference = 1000
const filesOf = ({ config, seals }: Holding) => new ReviewedFiles(config.dataDir, seals)

/** Holds files that may be sent for a day. @returns what is held; those behind it have to be chosen again */
export async function holdFiles(deps: Holding, files: readonly AttachedFile[]): Promise<HeldFile[]> {
  const held: HeldFile[] = []
  for (const { name, type, size, isTooLarge, received } of files) {
    if (!type || !received) break
    const id = await filesOf(deps).hold(received)
    if (!id) break
    held.push({ id, name, type, size, isTooLarge, at: deps.now().getTime() })
  }
  return held
}

/** The files that a form brings along, whether or not they are still there. What is no reference of ours is passed over. */
export function heldIn({ seals }: Pick<Dependencies, 'seals'>, body: unknown): HeldFile[] {
  const { held } = Object(body)
  return [held]
    .flat()
    .slice(0, attachmentLimits.files * 2)
    .flatMap((reference: unknown) => {
      if (typeof reference !== 'string' || reference.length > longestReference) return []
      try {
        return [JSON.parse(seals.open(reference, place)) as HeldFile]
      } catch (error) {
        if (error instanceof BrokenSeal || error instanceof SyntaxError) return []
        throw error
      }
    })
}

/** Those that are still held. */
export async function stillHeld(deps: Holding, files: readonly HeldFile[]): Promise<HeldFile[]> {
  const there = await Promise.all(
    files.map(async ({ id, at }) => deps.now().getTime() - at < heldFor && filesOf(deps).has(id)),
  )
  return files.filter((_, at) => there[at])
}

/** Brings held files into the store, as if they had just come in. @returns null for what is gone meanwhile */
export function bringBack(
  deps: Holding,
  store: FileStore,
  files: readonly HeldFile[],
): Promise<(Received | null)[]> {
  return Promise.all(
    files.map(async ({ id }) => {
      const content = await filesOf(deps).open(id)
      return content && store.receive(content)
    }),
  )
}

export function shownFile({ seals }: Pick<Dependencies, 'seals'>, file: HeldFile): ShownFile {
  return { name: file.name, size: writtenSize(file.size), reference: seals.seal(JSON.stringify(file), place) }
}
