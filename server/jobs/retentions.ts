import { removeEarlierCopies } from '../../db/earlier-copies.ts'
import { type Consultation, consultationById } from '../../db/queries/consultations/consultations.ts'
import { overRetentions } from '../../db/queries/consultations/retentions.ts'
import { anonymise } from '../../db/queries/upkeep/anonymisation.ts'
import type { Dependencies } from '../dependencies.ts'
import { FileStore } from '../documents/files/file-store.ts'
import { shanghaiDay } from '../rules/days.ts'
import type { KindOfWork } from './work.ts'

/** Removes who sent a consultation's comments on the promised day, once the archive has taken the papers over. */
export const anonymising: KindOfWork = {
  name: 'retentions',
  batch: 1,
  waiting: ({ db, now }, most) => overRetentions(db, shanghaiDay(now()), most),
  async work(deps, ids, teller) {
    for (const id of ids) {
      const consultation = await consultationById(deps.db, id)
      if (!consultation) continue
      await removePersonalData(deps, consultation)
      teller.info({ consultation: id }, 'personal data removed')
    }
  },
}

/**
 * Removes personal data from the database, with the files that came along and the copies of the database beside it.
 * @returns how many copies there were
 */
export async function removePersonalData(deps: Dependencies, consultation: Consultation): Promise<number> {
  const store = new FileStore(deps.config.dataDir, 'attachments')
  for (const id of await anonymise(deps, consultation, deps.now())) await store.remove(id)
  return removeEarlierCopies(deps.config.databaseUrl).length
}
