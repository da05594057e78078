import type { TestPortal } from '../../build.ts'
import { type SignedIn, signIn } from '../../staff.ts'
import { policy } from './draft-text.ts'

export const slug = 'yanglao'
export const base = `/office/${slug}`

/** A drafter and an approver, and the consultation that the drafter has put up as a draft. */
export interface PutUp {
  drafter: SignedIn
  approver: SignedIn
}

export const facts = {
  title: '关于促进社区养老服务的意见（征求意见稿）',
  organ: '某市民政局',
  document_type: 'major_decision',
  opens_on: '2026-11-23',
  closes_on: '2026-12-23',
  publication_policy: 'as_decided',
  explanation: '为了方便老年人就近养老，起草了本意见。',
}

export const participation = {
  address: '某市长安路1号',
  ask_name: 'optional',
  ask_identity: 'optional',
  ask_organisation: 'optional',
  ask_region: 'hidden',
  ask_contact: 'optional',
  outcome_promised_on: '2027-01-20',
}

/** Puts up the policy draft. */
export async function putUp(portal: TestPortal, text = policy): Promise<PutUp> {
  const drafter = await signIn(portal, 'drafter')
  const approver = await signIn(portal, 'approver')
  await drafter.get('/office/consultations/new')
  const { organ, document_type } = facts
  await drafter.post('/office/consultations', { organ, document_type, slug, text })
  return { drafter, approver }
}

/** Fills in everything that has to be in order, so that the approver can publish. */
export async function makeReady({ drafter }: PutUp): Promise<void> {
  await send(drafter, `${base}/settings`, facts)
  await send(drafter, `${base}/participation`, participation)
}

/** Publishes what waits. */
export async function publish({ approver }: PutUp, fields: object = {}) {
  return send(approver, `${base}/publication`, fields)
}

/** Opens a page and sends its form, with the hidden fields that it has. */
export async function send(person: SignedIn, url: string, fields: object, to = url) {
  const page = await person.get(url)
  const hidden = Object.fromEntries(
    [...page.body.matchAll(/name="(version|revision)" value="(\d+)"/g)].map(([, name, value]) => [
      name,
      value,
    ]),
  )
  return person.post(to, { ...hidden, ...fields })
}
