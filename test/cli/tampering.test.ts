import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isAllTakenUp } from '../../db/queries/evidence/digests.ts'
import { sealsInOrder } from '../../db/queries/log/chain.ts'
import { logChain } from '../../db/queries/log/log-seals.ts'
import { bulks } from '../../db/schema/index.ts'
import { followOnce } from '../../server/jobs/following.ts'
import { chainStart, sealHash } from '../../server/rules/log/log-chain.ts'
import { buildTestApp, type TestPortal } from '../build.ts'
import { type Content, contentOf } from '../db/upgrades/content.ts'
import { fill } from '../db/upgrades/fill.ts'
import { strict } from '../jobs/doing.ts'
import { asAttacker } from './attacker.ts'
import { portalCommand } from './portal-command.ts'

/*
 * A portal in which everything was done, and then somebody writes to its database who does not hold its key. One after
 * another, each on rows of its own: verify says each time what it said before, and the sentence that belongs to the new
 * way.
 */

let portal: TestPortal
/** Whether all was taken up before anything was done. */
let wasTakenUp: boolean
let made: Awaited<ReturnType<typeof fill>>
let found: Content
beforeAll(async () => {
  portal = await buildTestApp({ seed: false })
  const { deps } = portal
  while (await followOnce(deps, strict)) {}
  wasTakenUp = await isAllTakenUp(deps.db)
  made = await fill(deps)
  found = await contentOf(deps.db)
}, 240_000)
afterAll(() => portal.close())

const verify = () =>
  portalCommand(['verify'], {
    DATABASE_URL: portal.deps.config.databaseUrl,
    DATA_DIR: portal.deps.config.dataDir,
  })

const sql = (...statements: string[]) => asAttacker(portal.deps.config.databaseUrl, ...statements)

/** A comment that stands in no other way. */
const published = (place: number) =>
  `(SELECT id FROM comments WHERE state = 'published' AND version = 1 ORDER BY id LIMIT 1 OFFSET ${place})`
const first = (table: string, condition: string, key = 'id') =>
  `(SELECT ${key} FROM ${table} WHERE ${condition} ORDER BY ${key} LIMIT 1)`
const redacted = '(SELECT comment_id FROM originals WHERE kept_until IS NULL ORDER BY comment_id LIMIT 1)'

const said = (what: string) =>
  new RegExp(`^${what}：\\S+.*（\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d (存证|封存)之后）$`)

const ways: [way: string, tamper: () => Promise<unknown>, sentence: RegExp][] = [
  [
    '1 a comment says something else',
    () => sql(`UPDATE comments SET body = '改过的话' WHERE id = ${published(0)}`),
    said('意见被改动'),
  ],
  [
    '2 another wording is proposed',
    () => sql(`UPDATE comments SET wording = '改过的条文' WHERE id = ${published(1)}`),
    said('意见被改动'),
  ],
  [
    '3 another stance is taken, and counted',
    () =>
      sql(
        `UPDATE comments SET stance = CASE stance WHEN 'support' THEN 'oppose' ELSE 'support' END WHERE id = ${published(2)}`,
      ),
    said('意见被改动'),
  ],
  [
    '4 a comment is put back to what waits',
    () => sql(`UPDATE comments SET state = 'pending', published_at = NULL WHERE id = ${published(3)}`),
    said('意见的状态、审核轮次或者版本与审核记录不符'),
  ],
  [
    '5 a decision is turned, and the comment with it',
    () =>
      sql(
        `UPDATE decisions SET publication = 'withheld', reason = 'privacy' WHERE comment_id = ${published(4)}`,
        `UPDATE comments SET state = 'withheld', published_at = NULL WHERE id = ${published(4)}`,
      ),
    said('审核决定被改动'),
  ],
  [
    '6 the reason of a decision',
    () =>
      sql(
        `UPDATE decisions SET reason = 'other' WHERE id = ${first('decisions', "admission = 'refused' AND reason <> 'other'")}`,
      ),
    said('审核决定被改动'),
  ],
  [
    '7 a vote',
    () =>
      sql(
        `UPDATE votes SET reason = 'other', note = '改过' WHERE comment_id = ${first('votes', '1 = 1', 'comment_id')}`,
      ),
    said('审核表决被改动'),
  ],
  [
    '8 an answer that was approved',
    () =>
      sql(
        `UPDATE responses SET reason = '改过的答复' WHERE id = ${first('responses', "state = 'approved'")}`,
      ),
    said('采纳情况的内容被改动'),
  ],
  [
    '9 an answer is approved that nobody has approved',
    () =>
      sql(
        `UPDATE responses SET state = 'approved', approved_by = drafted_by, approved_at = created_at WHERE id = ${first('responses', "state <> 'approved'")}`,
      ),
    said('采纳情况的批准被改动'),
  ],
  [
    '10 an endorsement nobody made',
    () =>
      sql(
        `INSERT INTO endorsements (id, consultation_id, comment_id, receipt_number, code_hash, idempotency_hash, created_at)
         SELECT 'forged', consultation_id, comment_id, 'F-1', 'f', 'f', created_at FROM endorsements ORDER BY id LIMIT 1`,
      ),
    /^附议没有存证，不是经门户写入的：forged$/,
  ],
  [
    '11 an endorsement is gone',
    () =>
      sql(
        `DELETE FROM endorsements WHERE id = ${first('endorsements', "id <> 'forged' AND withdrawn_at IS NULL")}`,
      ),
    said('附议被删除'),
  ],
  [
    '12 somebody is an administrator',
    () =>
      sql(
        `INSERT INTO staff_roles (staff_id, role, consultation_id) SELECT id, 'admin', '*' FROM staff WHERE id NOT IN (SELECT staff_id FROM staff_roles WHERE role = 'admin') ORDER BY id LIMIT 1`,
      ),
    /^工作人员的角色没有存证，不是经门户写入的：\S+ admin \*$/,
  ],
  [
    '13 somebody has their role no more',
    () => sql(`DELETE FROM staff_roles WHERE role = 'auditor'`),
    said('工作人员的角色被删除'),
  ],
  [
    '14 another file is what came along',
    () =>
      sql(`UPDATE attachments SET sha256 = '${'0'.repeat(64)}' WHERE id = ${first('attachments', '1 = 1')}`),
    said('附件被改动'),
  ],
  [
    '15 a file of the procedure is taken away',
    () => sql(`DELETE FROM procedure_files WHERE id = ${first('procedure_files', '1 = 1')}`),
    said('程序台账的文件被删除'),
  ],
  [
    '16 a submission is removed with its comments, their decisions and all that vouches for them',
    async () => {
      const [row] = await sql(`SELECT submission_id AS id FROM comments WHERE id = ${published(6)}`)
      const said = `(SELECT id FROM comments WHERE submission_id = '${row?.id}')`
      await sql(
        `DELETE FROM digests WHERE row_id = '${row?.id}' OR row_id IN ${said} OR row_id IN (SELECT id FROM decisions WHERE comment_id IN ${said})`,
        `DELETE FROM decisions WHERE comment_id IN ${said}`,
        `DELETE FROM comments WHERE submission_id = '${row?.id}'`,
        `DELETE FROM submissions WHERE id = '${row?.id}'`,
      )
    },
    /^存证第 \d+ 条起被删除（.+ 封存之后）$/,
  ],
  [
    '17 who sent a submission is struck out',
    () =>
      sql(
        `UPDATE submissions SET name = NULL, masked_name = NULL WHERE id = (SELECT s.id FROM submissions s JOIN comments c ON c.submission_id = s.id WHERE s.name IS NOT NULL AND c.id <> ${published(0)} AND c.state = 'published' ORDER BY s.id DESC LIMIT 1)`,
      ),
    said('提交被改动'),
  ],
  [
    '18 what a comment said before it was revised',
    () => sql(`UPDATE versions SET body = '改过的旧话' WHERE body <> ''`),
    said('意见被改动'),
  ],
  [
    '19 what a comment said before it was redacted is gone',
    () => sql(`DELETE FROM originals WHERE comment_id = ${redacted}`),
    said('意见隐去以前的原文缺失或者被改动'),
  ],
  [
    '20 the hash of what was received is another',
    () =>
      sql(
        `UPDATE submissions SET payload_hash = 'x' WHERE id = (SELECT submission_id FROM comments WHERE id = ${published(7)})`,
      ),
    said('提交与出具回执时收到的内容不符'),
  ],
  [
    '21 a comment is emptied, its key struck out, and a withdrawal entered in the log',
    () =>
      sql(
        `INSERT INTO log (id, at, act, subject, detail) SELECT 'forged', at, 'comment.withdraw', ${published(8)}, '{}' FROM log ORDER BY number DESC LIMIT 1`,
        `UPDATE digests SET key = NULL WHERE row_id = ${published(8)}`,
        `UPDATE comments SET body = '', proposal = NULL, wording = NULL, quote = NULL, state = 'withdrawn' WHERE id = ${published(8)}`,
      ),
    /^操作日志的记录没有存证，不是经门户写入的：forged$/,
  ],
  [
    '22 an endorsement that was withdrawn stands again, and its old digest once more',
    async () => {
      const [row] = await sql(
        `SELECT id FROM endorsements WHERE withdrawn_at IS NOT NULL ORDER BY id LIMIT 1`,
      )
      await sql(
        `INSERT INTO digests (kind, row_id, version, digest, key, taken_up, at) SELECT kind, row_id, version, digest, key, taken_up, at FROM digests WHERE row_id = '${row?.id}' ORDER BY number LIMIT 1`,
        `UPDATE endorsements SET withdrawn_at = NULL WHERE id = '${row?.id}'`,
      )
    },
    said('附议被改动'),
  ],
  [
    '23 an entry of the log is another, and the whole chain is computed anew',
    async () => {
      await sql(`UPDATE log SET detail = '{"cause":"x"}' WHERE number = 3`)
      let before = chainStart
      for await (const { number, entries } of sealsInOrder(portal.db, logChain)) {
        const rows = await logChain.read(portal.db, entries)
        before = sealHash(before, rows.map(logChain.line))
        await sql(`UPDATE log_seals SET hash = '${before}' WHERE number = ${number}`)
      }
    },
    /^操作日志第 \d+ 条起的封存不是用门户的密钥作出的，整条链可能被重新计算过/,
  ],
  [
    '24 yesterday’s file is put back',
    () =>
      sql(
        'DELETE FROM digest_seals WHERE number > 3',
        'DELETE FROM digests WHERE number > (SELECT count FROM digest_seals ORDER BY number DESC LIMIT 1)',
      ),
    /^存证末尾缺失：数据目录里记下的封存不在数据库中，数据库可能被换成了以前的，或者封存被重新计算过（.+ 封存之后）$/,
  ],
  [
    '25 the end of the chain that is written beside the database is another',
    async () =>
      writeFileSync(
        join(portal.deps.config.dataDir, 'digest-head.json'),
        JSON.stringify({ count: 1, hash: 'x', at: portal.clock.now, mark: 'x' }),
      ),
    /^存证的链尾文件被改动，不是用门户的密钥写下的：DATA_DIR\/digest-head.json$/,
  ],
  [
    '26 the end of the chain beside the database is gone',
    async () => rmSync(join(portal.deps.config.dataDir, 'digest-head.json')),
    /^存证的链尾文件不见了，无法核对数据库是否被换成了以前的：DATA_DIR\/digest-head.json$/,
  ],
]

// Who tampers comes after what was not touched, in whatever order files are run.
describe('portal verify', { shuffle: false }, () => {
  let before: string[] = []

  test('the portal is filled until no table is empty, as npm run release:fixture does it', async () => {
    expect(Math.min(made.papers.length, made.receipts.length)).toBeGreaterThan(0)
    expect(Object.keys(found.rows).filter((table) => found.rows[table] === 0)).toEqual([])
    const done = await portal.db.query.select({ skipped: bulks.skipped, decided: bulks.decided }).from(bulks)
    expect(done).toEqual([{ skipped: [], decided: 3 }])
  })

  test('nothing is found where everything was done and nobody touched it', async () => {
    expect(wasTakenUp).toBe(true)
    expect(await verify()).toEqual({ code: 0, out: '核对无误\n', said: '' })
    while (await followOnce(portal.deps, strict)) {}
    expect(await verify()).toEqual({ code: 0, out: '核对无误\n', said: '' })
  })

  test.each(ways)('%s', async (_, tamper, sentence) => {
    await tamper()
    const { code, said } = await verify()
    expect(code).toBe(1)
    const lines = said.split('\n').filter((line) => line && !line.startsWith('核对发现'))
    const anew = lines.filter((line) => !before.includes(line))
    before = lines
    expect(anew).toEqual(expect.arrayContaining([expect.stringMatching(sentence)]))
  })
})
