import type { Database } from '../../../db/database.ts'
import { latestIntakes } from '../../../db/queries/intakes/intakes.ts'
import { offlineChannelNames } from '../../rules/intakes/intake-form.ts'
import { nameOf } from '../../rules/names.ts'

export interface LatestIntake {
  number: string
  channel: string
  name: string
  receivedOn: string
  reference: string
  late: boolean
}

const listed = 10

/** What a member of staff has entered last, as the page of the next letter lists it. */
export async function shownLatest(db: Database, staffId: string): Promise<LatestIntake[]> {
  const latest = await latestIntakes(db, staffId, listed)
  return latest.map(({ number, channel, maskedName, present, receivedOn, reference, late }) => ({
    number,
    channel: `${nameOf(offlineChannelNames, channel)}${present === null ? '' : `（${present} 人到会）`}`,
    name: maskedName ?? '未署名',
    receivedOn,
    reference: reference ?? '',
    late,
  }))
}
