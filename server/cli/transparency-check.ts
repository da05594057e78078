import type { Database } from '../../db/database.ts'
import { type WrongTree, wrongTrees } from '../../db/queries/transparency/head-check.ts'
import type { Seals } from '../../db/sealing/sealed.ts'

const sentences: Record<WrongTree['problem'], (place: string) => string> = {
  changed: (place) => `第 ${place} 件提交被改动：与编入时的叶子不符`,
  removed: (place) => `第 ${place} 件提交被删除`,
  node: (place) => `第 ${place} 件提交起，树的中间结点被改动`,
  signature: (place) => `第 ${place} 个树头被改动：签名不符`,
  root: (place) => `第 ${place} 个树头与现存的提交不符：其后有提交被改动、增减或者调换`,
  foreign: (place) => `第 ${place} 个树头不是本门户签的`,
  order: (place) => `第 ${place} 个树头以前缺少树头`,
  containing: (place) => `第 ${place} 个树头不包含前一个树头的全部提交`,
  log: (place) => `第 ${place} 个树头公布以后，操作日志被改动`,
  untaken: (place) => `回执 ${place} 的提交没有编入`,
  key: (place) => `签名公钥 ${place} 不是本门户生成的`,
}

/** What is wrong with 提交存证, a line each. */
export async function transparencyProblems(db: Database, seals: Seals): Promise<string[]> {
  return (await wrongTrees(db, seals)).map(
    ({ slug, place, problem }) => `提交存证${slug ? ` ${slug}` : ''} ${sentences[problem](String(place))}`,
  )
}
