import type { FastifyRequest } from 'fastify'
import type { Dependencies } from '../../dependencies.ts'
import { checkAttachments, chooseAgain, type MayAttach } from '../../rules/submissions/attachments.ts'
import type { FieldError } from '../../rules/typed.ts'
import type { Frame } from '../frame.ts'
import { attachedFiles } from './attached-files.ts'
import { type HeldFile, heldIn, holdFiles, type ShownFile, shownFile, stillHeld } from './held-files.ts'

type Holding = Pick<Dependencies, 'config' | 'seals' | 'now'>

/** What is wrong with the files that came with a form and with those that it brought along. */
export async function fileErrors(
  deps: Holding,
  request: FastifyRequest,
  may: MayAttach,
  { t }: Pick<Frame, 't'>,
): Promise<FieldError[]> {
  const brought = heldIn(deps, request.body)
  const there = await stillHeld(deps, brought)
  const gone = brought.filter((file) => !there.includes(file))
  return [
    ...checkAttachments([...there, ...attachedFiles(request)], may, t.files),
    ...gone.map(({ name }) => ({ field: 'attachments', message: t.files.gone(name) })),
  ]
}

/** The files of a form that is shown again or reviewed: what it brought along and what came with it, held for a day. */
export async function carriedFiles(
  deps: Holding,
  request: FastifyRequest,
  { isOffered }: MayAttach,
  { t }: Pick<Frame, 't'>,
): Promise<{ files: ShownFile[]; lost: FieldError[] }> {
  if (!isOffered) return { files: [], lost: [] }
  const before = await stillHeld(deps, heldIn(deps, request.body))
  const mayBeSent = attachedFiles(request).filter((one) => one.type && !one.isTooLarge && one.size > 0)
  const held = await holdFiles(deps, mayBeSent)
  const files = [...before, ...held].map((file: HeldFile) => shownFile(deps, file))
  return { files, lost: chooseAgain(mayBeSent.slice(held.length), t.files) }
}
