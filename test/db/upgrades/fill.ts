import { findConsultation } from '../../../db/queries/consultations/consultations.ts'
import { overwriteLater } from '../../../db/queries/erasures.ts'
import { endorsements, submissions } from '../../../db/schema/index.ts'
import { receiptSecrets } from '../../../db/sealing/receipt-secrets.ts'
import { demonstrate } from '../../../server/demonstration/index.ts'
import type { Dependencies } from '../../../server/dependencies.ts'
import { followOnce } from '../../../server/jobs/following.ts'
import { seedSlug } from '../../../server/seed.ts'
import { actAsAdministrators } from './administrators.ts'
import { actAsCitizens } from './citizens.ts'
import { concludeAConsultation } from './concluded.ts'
import type { Filling } from './filling.ts'
import type { Facts } from './fixture.ts'
import { actAsModerators, decideForLater } from './moderators.ts'
import { actAsOffice } from './office.ts'
import { makePapers } from './papers.ts'
import { actOnTheText } from './rounds.ts'

const teller = {
  info() {},
  error(told: object) {
    throw new Error('following failed', { cause: told })
  },
}

/** Fills an empty portal: the demonstration, then more of everything, so that no table is empty; and follows it all up. */
export async function fill(deps: Dependencies): Promise<Pick<Facts, 'staff' | 'receipts' | 'papers'>> {
  const accounts = await demonstrate(deps)
  const consultation = await findConsultation(deps.db, seedSlug)
  if (!accounts || !consultation) throw new Error('the portal was not empty')
  const receipts = await demonstrationReceipts(deps, consultation.id)
  const filling: Filling = { deps, consultation, accounts, receipts }
  await follow(deps)
  await actAsCitizens(filling)
  await actAsModerators(filling)
  await actAsOffice(filling)
  await actOnTheText(filling)
  await concludeAConsultation(filling)
  // So long what comes in one after the other waits for its leaf.
  const aQuarterLater = new Date(deps.now().getTime() + 15 * 60_000)
  await follow({ ...deps, now: () => aQuarterLater })
  await actAsAdministrators(filling)
  await follow(deps)
  const papers = await makePapers(filling)
  await follow(deps)
  await decideForLater(filling)
  // Last: the background overwrites what is due.
  await deps.db.atomically((tx) => [overwriteLater(tx)])
  const staff = accounts.map(({ name, role, password, otpauth }) => {
    return { name, role, password, totpSecret: new URL(otpauth).searchParams.get('secret') ?? '' }
  })
  await assertComplete(deps, receipts)
  return { staff, receipts: receipts.map(({ number, code }) => ({ number, code })), papers }
}

async function follow(deps: Dependencies): Promise<void> {
  while (await followOnce(deps, teller)) {}
}

/** The codes follow from the keys under which the demonstration sends what it sends. */
async function demonstrationReceipts({ db, seals, now }: Dependencies, consultationId: string) {
  const { createdAt } = submissions
  const sent = await db.query.select({ createdAt }).from(submissions).orderBy(createdAt)
  const ofSubmissions = sent.map(({ createdAt }, place) =>
    receiptSecrets(seals, 'submission', consultationId, `demonstration-${place}`, createdAt),
  )
  const endorsed = await db.query.select({ hash: endorsements.codeHash }).from(endorsements)
  const hashes = new Set(endorsed.map(({ hash }) => hash))
  const ofEndorsements = Array.from({ length: 40 * 12 }, (_, i) => {
    const key = `demonstration-${Math.floor(i / 12)}-${i % 12}`
    return receiptSecrets(seals, 'endorsement', consultationId, key, now())
  }).filter(({ codeHash }) => hashes.has(codeHash))
  return [...ofSubmissions, ...ofEndorsements]
}

async function assertComplete({ db }: Dependencies, receipts: Filling['receipts']): Promise<void> {
  const given = (await db.query.$count(submissions)) + (await db.query.$count(endorsements))
  const known = new Set(receipts.map(({ number }) => number)).size
  if (known !== given) throw new Error(`${given} receipts were given out, and ${known} are known`)
}
