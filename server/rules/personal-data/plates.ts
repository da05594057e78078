import type { FoundPiece } from './kinds.ts'

const provinces = '京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新'
/** GA 36-2018: province, office, five characters, six on new-energy cars. */
const plate = new RegExp(
  `[${provinces}] ?[a-hj-np-z][-·• ]{0,2}(?=[a-z]*\\d)[a-hj-np-z\\d]{4,5}[a-hj-np-z\\d挂学警]`,
  'g',
)
/** Tractors: province, two digits of the office, five. */
const tractor = new RegExp(
  `[${provinces}]\\d{2}(?:[-·• ]|(?<=牌照?[号是为:： ]{0,3}[${provinces}]\\d{2}))\\d{5}(?!\\d)`,
  'g',
)

/** Number plates. */
export function* plates(text: string): Generator<FoundPiece> {
  for (const pattern of [plate, tractor]) {
    for (const { 0: found, index } of text.matchAll(pattern)) {
      yield { start: index, end: index + found.length, kind: 'plate' }
    }
  }
}
