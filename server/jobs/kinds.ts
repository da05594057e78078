import { arrivalDayKeeping } from './arrival-days.ts'
import { attachmentSweep } from './attachment-sweep.ts'
import { briefRenewing } from './briefs/brief-renewal.ts'
import { briefMaking } from './briefs/briefs.ts'
import { bulkReopening } from './bulk-reopenings.ts'
import { bulkDeciding } from './bulks.ts'
import { grouping } from './campaigns.ts'
import { digestSealing, logSealing } from './chain-sealing.ts'
import { clauseWordCounting } from './clause-words.ts'
import { dueDeciding } from './due-decisions.ts'
import { overwriting } from './erasures.ts'
import { examining } from './examinations.ts'
import { letterEntering } from './intake-letters.ts'
import { listEnding, staleListDropping } from './intake-lists.ts'
import { anonymising } from './retentions.ts'
import { staffIndexing } from './staff-search.ts'
import { takingUp } from './taking-up.ts'
import { themeLearning } from './theme-learning.ts'
import { headPublishing, leafTaking } from './transparency.ts'
import { recordErasing } from './unlawful-records.ts'
import { withdrawnErasing } from './withdrawn-words.ts'
import type { KindOfWork } from './work.ts'

/** All that is done in the background, in the order in which its kinds take turns; each follower has its own. */
export function kindsOfWork(): KindOfWork[] {
  return [
    ...logSealing(),
    takingUp(),
    ...digestSealing(),
    leafTaking,
    headPublishing(),
    examining,
    staffIndexing,
    grouping,
    clauseWordCounting,
    themeLearning(),
    dueDeciding,
    briefRenewing(),
    briefMaking(),
    bulkDeciding,
    bulkReopening,
    letterEntering,
    listEnding,
    staleListDropping,
    arrivalDayKeeping(),
    attachmentSweep(),
    anonymising,
    recordErasing,
    withdrawnErasing,
    overwriting(),
  ]
}
