import { progressOf } from '../../../db/queries/answers/progress.ts'
import { countReceived, type DetailCell, detailCells } from '../../../db/queries/comments/aggregates.ts'
import { countEndorsements } from '../../../db/queries/comments/endorsements.ts'
import { endorsedStates } from '../../rules/comments/endorsements.ts'
import { reconcile } from '../../rules/comments/equation.ts'
import { shanghaiMinute } from '../../rules/days.ts'
import type { Packed } from '../formats/zip-of-files.ts'
import { countsOf } from './outcomes/outcome-figures.ts'
import type { PaperRequest } from './paper-request.ts'

/**
 * manifest.json: what was filtered, when, each file's size and SHA-256, and the counts by state, channel, clause and
 * stance of what the filters let through with the equation that reconciles them. Where everything is let through, the
 * received are counted apart from the parts, so that the equation can fail.
 */
export async function manifestOf(request: PaperRequest, { files, left }: Packed) {
  const { db, consultation, scope, filters, now } = request
  const chosen = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== null))
  const isWhole = Object.keys(chosen).length === 0
  const cells = await detailCells(db, consultation.id, filters)
  const received = isWhole ? await countReceived(db, consultation.id) : sum(cells)
  const progress = isWhole && (await progressOf(db, consultation.id))
  const whole = progress ? await countsOf(db, consultation.id, progress) : null
  const { terms, holds } = reconcile(received, cells)
  const counts = {
    state: by(cells, 'state'),
    channel: by(cells, 'channel'),
    clause: by(cells, 'clause'),
    stance: by(cells, 'stance'),
  }
  return {
    consultation: consultation.slug,
    title: consultation.title,
    scope,
    filters: chosen,
    made_at: now.toISOString(),
    made_at_shanghai: shanghaiMinute(now),
    equation: {
      received,
      ...Object.fromEntries(terms.map(({ state, count }) => [state, count])),
      holds,
      text: `${received} = ${terms.map(({ name, count }) => `${name} ${count}`).join(' + ')}`,
    },
    counts: whole ? { ...counts, late: whole.late, outcome: whole.outcomes } : counts,
    endorsements: whole && (await endorsementsOf(request)),
    files,
    left_out: left,
  }
}

/** Endorsements are no comments: they stand beside the equation. */
function endorsementsOf({ db, consultation, scope }: PaperRequest): Promise<number> {
  return countEndorsements(db, consultation.id, endorsedStates[scope === 'public' ? 'public' : 'internal'])
}

function by(cells: DetailCell[], key: 'state' | 'channel' | 'clause' | 'stance'): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const cell of cells) sums[cell[key]] = (sums[cell[key]] ?? 0) + cell.count
  return sums
}

function sum(cells: DetailCell[]): number {
  return cells.reduce((total, { count }) => total + count, 0)
}
