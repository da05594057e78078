import type { Command } from 'commander'
import type { Database } from '../../db/database.ts'
import { publishedRounds } from '../../db/queries/drafts/published-rounds.ts'
import { draftOf } from '../../db/queries/drafts/units.ts'
import { digestChain } from '../../db/queries/evidence/digest-seals.ts'
import { evidenceProblems } from '../../db/queries/evidence/evidence-check.ts'
import { isKeyLost } from '../../db/queries/evidence/lost-key.ts'
import { verifyChain } from '../../db/queries/log/chain-check.ts'
import { verifyLog } from '../../db/queries/log/log-seals.ts'
import { everyKeptFile } from '../../db/queries/papers/kept-files.ts'
import { mendSplits, type WrongSplit, wrongSplits } from '../../db/queries/points/split-check.ts'
import { type WrongErasure, wrongErasures } from '../../db/queries/upkeep/erasure-check.ts'
import { mendCounts } from '../../db/queries/upkeep/mended-counts.ts'
import { type WrongCount, wrongCounts } from '../../db/queries/upkeep/recount.ts'
import { type WrongIndex, wrongIndexes } from '../../db/queries/upkeep/search-check.ts'
import type { Dependencies } from '../dependencies.ts'
import { FileStore } from '../documents/files/file-store.ts'
import { headFiles, readHead } from '../jobs/chain-head.ts'
import { proveCompleteness } from '../text/repairing/completeness.ts'
import { chainLine } from './chain-lines.ts'
import { CommandError } from './command-error.ts'
import { evidenceLine } from './evidence-lines.ts'
import type { Terminal } from './terminal.ts'
import { transparencyProblems } from './transparency-check.ts'
import { withPortal } from './with-portal.ts'

const counterNames: Record<WrongCount['counter'], string> = {
  comments: '意见计数',
  endorsements: '附议计数',
  campaigns: '同类意见计数',
  arrivals: '收到意见计数',
  submissions: '提交件数计数',
  people: '提交人次计数',
  late: '逾期意见计数',
  days: '每天收到意见计数',
  clauses: '各条款附议计数',
  answers: '已答复意见计数',
  reached: '每份答复的具体意见计数',
  rulings: '审核结果计数',
  redactions: '部分隐去计数',
  decisions: '审核决定计数',
  points: '具体意见计数',
  parted: '已拆分意见计数',
  gathered: '归并意见计数',
}

const erasureNames: Record<WrongErasure['problem'], string> = {
  unlogged: '意见的内容不见了，操作日志里没有撤回或者封存的记录',
  incomplete: '意见的内容没有删干净',
}

const splitNames: Record<WrongSplit['problem'], string> = {
  standing: '具体意见的梳理、答复情况与逐条清点不符',
  answered: '意见的答复进度与逐条清点不符',
  spans: '具体意见的起止位置不在原文之内，或者互相重叠',
}

const indexNames: Record<WrongIndex['index'], string> = { public: '公开检索', staff: '内部检索' }

/**
 * portal verify: recounts whatever is counted as it comes in, proves that every published text is its source whole,
 * follows the log's chain from its start, reads every file that is kept, compares both search indexes with the comments,
 * each comment without words with the log, and what is vouched for with its digest. Exit code 1 where something is wrong.
 */
export function verifyCommand(program: Command, terminal: Terminal): void {
  program
    .command('verify')
    .description(
      '核对：计数与逐条清点是否一致，公布的稿件与原文是否一字不差，操作日志是否被改动、删除或截断，保存的文件是否都在、没有变样，检索与意见是否一致，删除的内容是否有记录、删干净，收到的意见、审核、表决、答复、附议、角色和文件是否与存证一致，提交存证的树头是否前后相承、每件提交是否都在其中',
    )
    .option('--repair', '把不一致的计数和答复进度改为清点结果')
    .action(({ repair = false }: { repair?: boolean }) =>
      withPortal(terminal, async (deps) => {
        const { db, seals, config } = deps
        const splits = await wrongSplits(db)
        if (repair) await mendSplits(db, splits)
        const counts = await wrongCounts(db)
        if (repair && counts.length > 0) await mendCounts(db, counts)
        const others = [
          ...(await incompleteRounds(db)),
          ...(await chainProblems(deps)),
          ...(await fileProblems(db, config.dataDir)),
          ...(await wrongIndexes(db)).map(indexLine),
          ...(await wrongErasures(db)).map(erasureLine),
          ...splits.filter(({ problem }) => !repair || problem === 'spans').map(splitLine),
          ...(await evidenceProblems(db, seals)).map(evidenceLine),
          ...(await transparencyProblems(db, seals)),
        ]
        for (const line of [...counts.map(countLine), ...others]) terminal.stderr.write(`${line}\n`)
        const wrong = others.length + (repair ? 0 : counts.length)
        const mended = splits.length + counts.length
        if (wrong > 0) throw new CommandError(`核对发现 ${wrong} 处问题`)
        terminal.stdout.write(`核对无误${repair && mended > 0 ? `，已改正 ${mended} 处` : ''}\n`)
      }),
    )
}

function countLine({ counter, cell, kept, counted }: WrongCount): string {
  return `${counterNames[counter]}不符 ${Object.values(cell).join(' ')}：记为 ${kept}，清点 ${counted}`
}

async function incompleteRounds(db: Database): Promise<string[]> {
  const lines: string[] = []
  for await (const { slug, number, source, units, ...round } of publishedRounds(db)) {
    const { difference } = proveCompleteness(source, draftOf(round, units))
    if (!difference) continue
    const { at, inSource, inDraft } = difference
    lines.push(`稿件不全 ${slug} 第 ${number} 稿第 ${at + 1} 字起：原文“${inSource}”，公布稿“${inDraft}”`)
  }
  return lines
}

async function chainProblems({ db, seals, config: { dataDir } }: Dependencies): Promise<string[]> {
  const isLost = await isKeyLost(db, seals)
  const ofLog = await verifyLog(db, seals, readHead(dataDir, 'log'), isLost)
  const ofDigests = await verifyChain(db, seals, digestChain, readHead(dataDir, 'digests'), isLost)
  return [
    ...ofLog.map((problem) => chainLine('操作日志', headFiles.log, problem)),
    ...ofDigests.map((problem) => chainLine('存证', headFiles.digests, problem)),
  ]
}

async function fileProblems(db: Database, dataDir: string): Promise<string[]> {
  const lines: string[] = []
  for await (const { folder, id, sha256, of } of everyKeptFile(db)) {
    const found = await new FileStore(dataDir, folder).measured(id)
    if (found?.sha256 !== sha256) lines.push(`文件${found ? '被改动' : '缺失'}：${of}，${folder}/${id}`)
  }
  return lines
}

function indexLine({ index, missing, strangers }: WrongIndex): string {
  return `${indexNames[index]}与意见不符：缺 ${missing} 条，多 ${strangers} 条`
}

function splitLine({ commentId, problem }: WrongSplit): string {
  return `${splitNames[problem]}：${commentId}`
}

function erasureLine({ id, problem }: WrongErasure): string {
  return `${erasureNames[problem]}：${id}`
}
