import type { Dependencies } from '../../server/dependencies.ts'
import { answerActs } from './answer-acts.ts'
import { type Act, around, type Chance } from './around.ts'
import { commentActs } from './comment-acts.ts'
import { concernActs } from './concern-acts.ts'
import { officeActs } from './office-acts.ts'
import { pointActs } from './point-acts.ts'

/** All that citizens and staff do to what is vouched for; an act does nothing where there is nothing to do it to. */
export async function actsOf(
  deps: Dependencies,
  chance: Chance,
  tick: () => void,
): Promise<Record<string, Act>> {
  const whom = await around(deps, chance)
  return {
    ...commentActs(whom),
    ...answerActs(whom),
    ...pointActs(whom),
    ...concernActs(whom),
    ...officeActs(whom),
    timePasses: async () => tick(),
  }
}
