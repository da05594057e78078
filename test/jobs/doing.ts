import type { Dependencies } from '../../server/dependencies.ts'
import type { Teller } from '../../server/jobs/teller.ts'
import { doRows, type KindOfWork } from '../../server/jobs/work.ts'

/** A failure that no test asked for ends it. */
export const strict: Teller = {
  info: () => {},
  error: (told) => {
    throw 'err' in told ? told.err : told
  },
}

/** A batch of one kind of background work. @returns how many rows waited for it */
export function doSome(deps: Dependencies, kind: KindOfWork, batch = kind.batch): Promise<number> {
  return doRows(deps, { ...kind, batch }, strict)
}
