import type { Consultation } from '../../../db/queries/consultations/consultations.ts'
import type { Job } from '../../../db/queries/papers/jobs.ts'
import { shanghaiMinute } from '../../rules/days.ts'

/** A long paper's order, as pages show it. */
export interface ShownJob {
  address: string
  fileName: string
  state: string
  stateName: string
  problem: string | null
  done: number
  /** 0 where it is not known yet. */
  total: number
  /** When it had to be made again, since something that it may have held was hidden; null where it had not. */
  remade: string | null
  began: string
  until: string
}

const stateNames: Readonly<Record<string, string>> = {
  waiting: '排队等候',
  running: '正在生成',
  done: '已生成',
  failed: '没有生成',
  cancelled: '已取消',
}

/** The order with its address, its state in words and its times. */
export function shownJob({ slug }: Consultation, job: Job): ShownJob {
  const { id, fileName, state, problem, done, total } = job
  return {
    address: `/office/${slug}/jobs/${id}`,
    fileName,
    state,
    stateName: stateNames[state] ?? state,
    problem,
    done,
    total,
    remade: job.remadeAt && shanghaiMinute(job.remadeAt),
    began: shanghaiMinute(job.createdAt),
    until: shanghaiMinute(job.expiresAt),
  }
}
