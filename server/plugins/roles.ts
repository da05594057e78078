import type { FastifyReply, FastifyRequest } from 'fastify'
import plugin from 'fastify-plugin'
import type { Act } from '../../db/act.ts'
import { findMember, type Member } from '../../db/queries/staff/staff.ts'
import type { Dependencies } from '../dependencies.ts'
import { hasRole, mayEnter, type Role, roleNames, type Workspace, workspaces } from '../rules/staff/roles.ts'
import { forbidden, PageError } from './page-error.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who has signed in; null before. */
    member: Member | null
  }
}

/** What views/layouts/staff.eta shows of the member of staff who reads the page, as `it.staff`. */
interface StaffFrame {
  name: string
  roles: string
  csrf: string
  /** What they were told when they signed in. */
  notice: readonly string[]
  workspaces: { key: Workspace; path: string; name: string }[]
}

const reading = new Set(['GET', 'HEAD'])

/** Finds who is signed in, with their roles as they are now, so that a change takes effect on the next request. */
export const roles = plugin(async (app, { db }: Dependencies) => {
  app.decorateRequest('member', null)
  app.addHook('onRequest', async (request, reply) => {
    const { staffId } = request.session
    request.member = staffId ? await findMember(db, staffId) : null
    reply.header('cache-control', 'no-store')
    if (request.member) reply.locals = { ...reply.locals, staff: frameOf(request.member, reply) }
  })
})

function frameOf({ name, grants }: Member, reply: FastifyReply): StaffFrame {
  const held = [...new Set(grants.map(({ role }) => role))]
  return {
    name,
    roles: held.map((role) => roleNames[role]).join('、'),
    csrf: reply.formToken(),
    notice: reply.request.session.notice ?? [],
    workspaces: workspaces.filter(({ key }) => mayEnter(grants, key, 'read')),
  }
}

/** Guards what every member of staff has, whatever their roles: who is not signed in is sent to sign in. */
export async function signedIn(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  return request.member ? undefined : sendToSignIn(request, reply)
}

/** Guards a whole folder: who is not signed in is sent to sign in, who has no role in it is refused. */
export function guardedFor(workspace: Workspace) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    if (!request.member) return sendToSignIn(request, reply)
    const act = reading.has(request.method) ? 'read' : 'change'
    if (!mayEnter(request.member.grants, workspace, act)) throw forbidden()
  }
}

/** A page is asked for again after signing in; what a form sent is not, so its sender is told. */
function sendToSignIn(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (!reading.has(request.method)) throw signedOut()
  const address = `/staff/sign-in?next=${encodeURIComponent(request.url)}`
  return request.headers['hx-request']
    ? reply.header('hx-redirect', address).send()
    : reply.redirect(address, 303)
}

const signedOut = () =>
  new PageError(
    401,
    'signed_out',
    '您已退出登录，这次没有提交成功',
    '请把填写的内容复制下来，重新登录后再提交。',
  )

/** Who asks, behind a guard. @throws PageError 403 */
export function memberOf(request: FastifyRequest): Member {
  if (!request.member) throw forbidden()
  return request.member
}

/** Who asks, if they have one of the roles in this consultation. @throws PageError 403 */
export function memberWith(request: FastifyRequest, consultationId: string, ...roles: Role[]): Member {
  const member = memberOf(request)
  if (!hasRole(member.grants, roles, consultationId)) throw forbidden()
  return member
}

/** What whoever asks is about to do, behind a guard. @throws PageError 403 */
export function actOf(request: FastifyRequest, { now }: Pick<Dependencies, 'now'>): Act {
  return { staffId: memberOf(request).id, now: now() }
}
