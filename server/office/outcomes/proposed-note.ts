import { listedCorrections } from '../../../db/queries/answers/read-corrections.ts'
import type { Edition } from '../../../db/queries/outcomes/outcome-editions.ts'
import type { Dependencies } from '../../dependencies.ts'
import { correctedAbout, correctedTurn } from '../answers/corrected.ts'

/** As many as are told one by one; a note has room for no more. */
const told = 10
const longest = 1000

/** What the next edition would say that it corrects: the answers that were corrected since the last; empty where none was. */
export async function proposedNote(
  db: Dependencies['db'],
  consultationId: string,
  last: Edition | undefined,
  places: ReadonlyMap<string, { citation: string }>,
): Promise<string> {
  if (!last) return ''
  const since = last.publishedAt
  const found = await listedCorrections(db, consultationId, { state: 'approved', since, limit: 1000 })
  if (found.length === 0) return ''
  const lines = found
    .toReversed()
    .slice(0, told)
    .map((one, place) => {
      const about = `对${correctedAbout(one, places)}的采纳情况${correctedTurn(one)}`
      return `${place + 1}. ${about}，原因：${one.cause}`
    })
  const more = found.length > told ? [`……共 ${found.length} 处。`] : []
  return [...[`更正采纳情况 ${found.length} 处：`], ...lines, ...more].join('\n').slice(0, longest)
}
