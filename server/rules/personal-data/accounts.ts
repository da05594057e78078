import type { FoundPiece } from './kinds.ts'

const networks =
  '微信|微 信|威信|薇信|徽信|卫星号?|绿泡泡|加微|薇|微(?=[:： ])|wechat|weixin|wx|vx|v信|加我?v|(?<![a-z\\d])v(?=[:： ])|q ?q|扣扣|企鹅|q群|抖音|dy|快手|ks|小红书|微博|视频号|支付宝|b站|陌陌|钉钉|头条号|小号|大号|公众号'
/** What may stand between the name of a network and the account. */
const joined =
  '(?:账号|帐号|号码|号|群号?|交流群|id|名字?|昵称|搜索?|加|上|叫|是|为|我|❤|♥|[:：，,\\-=（( 　“"])'
const called = new RegExp(`(?:${networks})${joined}{0,5}$`)
const account =
  /(?<![a-z\d_])[a-z][\w.-]{2,23}\w|(?<!\d)[1-9]\d{4,11}(?!\d)|(?<!\d)[1-9]\d{1,3}(?: \d{3,4}){1,3}(?!\d)/g
/** The name and the number as one word: qq2847193306. */
const labelled = /^(?:(?:qq|v|dy)(?=[:_-]?\d{5,12}$)|(?:wx(?!id)|vx|wechat|weixin)(?=[\w-]{5}))[:_-]?/
/** The same with the network behind: 87320165（企鹅）. */
const before = new RegExp(`(?<!\\d)[1-9]\\d{4,10}(?=[（( ](?:${networks}))`, 'g')
const words = /^(?:wechat|weixin|http|https|www|app|com|email|tel|phone|mobile|video|live)$/

/** Accounts of social networks, by the network's name beside them. */
export function* accounts(text: string): Generator<FoundPiece> {
  for (const { 0: found, index } of text.matchAll(account)) {
    if (words.test(found) || isInMailbox(text, index + found.length)) continue
    const label = labelled.exec(found)?.[0].length ?? 0
    if (label === 0 && !called.test(text.slice(Math.max(0, index - 16), index))) continue
    yield { start: index + label, end: index + found.length, kind: 'account' }
  }
  for (const { 0: found, index } of text.matchAll(before)) {
    yield { start: index, end: index + found.length, kind: 'account' }
  }
}

function isInMailbox(text: string, end: number): boolean {
  return /^ ?(?:@|#| at )/.test(text.slice(end, end + 4))
}
