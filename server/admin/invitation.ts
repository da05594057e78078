import { randomBytes } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { type StoredActivation, storedActivation } from '../../db/queries/staff/activation.ts'
import type { Dependencies } from '../dependencies.ts'
import { shanghaiMinute } from '../rules/days.ts'
import { receiptCode } from '../rules/receipts/receipts.ts'

declare module '../plugins/views.ts' {
  interface Views {
    'admin/invitation': { name: string; code: string; expires: string; address: string }
  }
}

interface Invitation extends StoredActivation {
  code: string
}

/** A new activation code, with what is stored of it. */
export function newInvitation({ seals, now }: Dependencies): Invitation {
  const code = receiptCode(randomBytes(15))
  return { code, ...storedActivation(seals, code, now()) }
}

/** Shows the code, this once, for the administrator to hand over. */
export function showInvitation(
  { config }: Dependencies,
  reply: FastifyReply,
  name: string,
  { code, activationExpiresAt }: Invitation,
): Promise<FastifyReply> {
  const host = config.publicUrl ?? `${reply.request.protocol}://${reply.request.host}`
  return reply.page('admin/invitation', {
    name,
    code,
    expires: shanghaiMinute(activationExpiresAt),
    address: `${host}/staff/activation`,
  })
}
