import { eq, sql } from 'drizzle-orm'
import { dialect } from '../../db/columns.ts'
import { findConsultation } from '../../db/queries/consultations/consultations.ts'
import { submit } from '../../db/queries/submissions/submissions.ts'
import {
  campaignMembers,
  campaigns,
  comments,
  consultations,
  fingerprintBands,
  passages,
} from '../../db/schema/index.ts'
import type { Dependencies } from '../../server/dependencies.ts'
import { grouping } from '../../server/jobs/campaigns.ts'
import { seedSlug } from '../../server/seed.ts'
import { doSome } from '../jobs/doing.ts'
import type { MadeUp } from './synthetic.ts'
import { each, percent, print, timed } from './timed.ts'

/** Sends in what was made up. @returns what each comment is, by its id */
export async function fillCampaigns(
  { db, seals }: Dependencies,
  made: readonly MadeUp[],
): Promise<Map<string, MadeUp>> {
  const consultation = await findConsultation(db, seedSlug)
  if (!consultation) throw new Error('the seed is not loaded')
  const nobody = { name: null, showName: false, organisation: null, region: null, contact: null }
  const person = { ...nobody, attachments: [] }
  for (let done = 0; done < made.length; done += 1000) {
    await Promise.all(
      Array.from({ length: 20 }, (_, part) => made.slice(done + part * 50, done + (part + 1) * 50))
        .filter((batch) => batch.length > 0)
        .map((batch, part) =>
          submit(
            db,
            seals,
            {
              ...person,
              consultationId: consultation.id,
              round: 1,
              channel: 'web',
              identity: 'individual',
              visibility: 'public',
              comments: batch.map(({ body }, i) => ({
                clause: `p${(i % 23) + 1}`,
                stance: 'amend',
                // Some leave their telephone number, which a bulk has to leave to a person.
                body: i % 25 === 24 ? `${body}请打13812345678。` : body,
                proposal: null,
                wording: null,
                quote: null,
              })),
            },
            `bench-${done}-${part}`,
            new Date(),
          ),
        ),
    )
  }
  const byBody = new Map(made.map((one) => [one.body, one]))
  const rows = await db.query.select({ id: comments.id, body: comments.body }).from(comments)
  return new Map(
    rows.flatMap(({ id, body }) => {
      const one = byBody.get(body.replace('请打13812345678。', ''))
      return one ? [[id, one]] : []
    }),
  )
}

/** Groups them, and says how well and what it took; of those with words of their own by how many they are. */
export async function measureCampaigns(deps: Dependencies, made: Map<string, MadeUp>): Promise<void> {
  const { elapsed, cpu, loop } = await timed(async () => {
    while ((await doSome(deps, grouping)) > 0);
  })
  const groups = await deps.db.query
    .select({ id: campaignMembers.commentId, representative: campaigns.representativeId })
    .from(campaignMembers)
    .innerJoin(campaigns, eq(campaigns.id, campaignMembers.campaignId))
  const campaignOf = (id: string) => made.get(id)?.campaign ?? null
  const right = new Set(
    groups.flatMap(({ id, representative }) => {
      const [mine, theirs] = [campaignOf(id), campaignOf(representative)]
      return mine !== null && mine === theirs ? [id] : []
    }),
  )
  const times = new Map<number, number>()
  for (const { campaign } of made.values())
    if (campaign !== null) times.set(campaign, (times.get(campaign) ?? 0) + 1)
  const copies = [...made].filter(([, { campaign }]) => campaign !== null && (times.get(campaign) ?? 0) > 1)
  const recall = [...new Set(copies.map(([, { own }]) => own))].sort().map((own) => {
    const such = copies.filter(([, one]) => one.own === own)
    const found = such.filter(([id]) => right.has(id))
    return `recall ${own === 0 ? '' : `with +${own}00 % own words `}${percent(found.length, such.length)} of ${such.length}`
  })
  print(`campaigns among ${made.size} comments`, [
    ...recall,
    `precision ${percent(right.size, groups.length)}`,
    each(elapsed, cpu, made.size),
    loop,
  ])
  const [kept, known] = [await deps.db.query.$count(passages), await deps.db.query.$count(fingerprintBands)]
  print('… and kept of each comment', [
    `passages ${(kept / made.size).toFixed(1)}`,
    `bands ${(known / made.size).toFixed(1)}`,
    ...(await Promise.all(
      ['passages', 'fingerprint_bands'].map(
        async (table) => `${table} ${((await bytesOf(deps, table)) / made.size).toFixed(0)} B`,
      ),
    )),
  ])
}

/** What a table takes with its indexes. */
async function bytesOf({ db }: Dependencies, table: string): Promise<number> {
  const pages = sql`(select sum(pgsize) from dbstat where name in
    (select name from sqlite_master where tbl_name = ${table}))`
  const size = dialect === 'postgres' ? sql`pg_total_relation_size(${table})` : pages
  const [row] = await db.slow
    .select({ size: sql`${size}`.mapWith(Number) })
    .from(consultations)
    .limit(1)
  return row?.size ?? 0
}
