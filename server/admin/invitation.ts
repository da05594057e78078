import type { FastifyReply } from 'fastify'
import type { Invitation } from '../credentials/invitations.ts'
import type { Dependencies } from '../dependencies.ts'
import { shanghaiMinute } from '../rules/days.ts'

declare module '../plugins/views.ts' {
  interface Views {
    'admin/invitation': { name: string; code: string; expires: string; address: string }
  }
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
