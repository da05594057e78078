// 核对提交存证。只用 Node，不联网：node verify-receipt.mjs 存证文件.json [transparency.json …] [--key 公钥]
// 存证文件从回执页下载；transparency.json 从征求意见的“提交存证”页下载，可以给几份，先旧后新。
import { createHash, createHmac, createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'

const args = process.argv.slice(2)
const named = args.includes('--key') ? args.splice(args.indexOf('--key'), 2)[1] : null
const files = args.map((file) => JSON.parse(readFileSync(file, 'utf8')))
const { leaf, opening = [], inclusion, head } = Object.assign({}, ...files)
const check = (what, holds) => {
  process.stdout.write(`${holds ? '通过' : '不符'}  ${what}\n`)
  if (!holds) process.exitCode = 1
}
const sha = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest('hex')
const above = (a, b) => a && b && sha(Buffer.from([1]), Buffer.from(a, 'hex'), Buffer.from(b, 'hex'))
const left = (size) => 2 ** Math.ceil(Math.log2(size) - 1)
const said = ({ statement }) => Object.fromEntries(statement.split('\n').map((line) => line.split(': ')))
function checkSigned(what, kind, { statement, signature, public_key: hex }) {
  const key = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(hex, 'hex').toString('base64url') }
  const isMeant = statement.startsWith(`portal ${kind}\nalgorithm: rfc9162-sha256-ed25519\n`)
  const [text, by] = [Buffer.from(statement), createPublicKey({ key, format: 'jwk' })]
  const isSigned = verify(null, text, by, Buffer.from(signature, 'base64'))
  check(`${what}的签名，公钥 ${hex}`, isMeant && isSigned && (named ?? hex) === hex)
}
// RFC 9162, 2.1.3.1: the root above a leaf.
function rootAbove(hash, at, size, path) {
  if (size <= 1) return path.length === 0 && at === 0 && hash
  const [k, beside, rest] = [left(size), path.at(-1), path.slice(0, -1)]
  if (at < k) return above(rootAbove(hash, at, k, rest), beside)
  return above(beside, rootAbove(hash, at - k, size - k, rest))
}
// RFC 9162, 2.1.4.1: the roots of the earlier tree and of the later one; `known`: the earlier one's, on its left edge.
function roots(from, to, path, known) {
  const [k, beside, rest] = [left(to), path.at(-1), path.slice(0, -1)]
  if (from === to) return known ? path.length === 0 && [known, known] : path.length === 1 && [beside, beside]
  const [before, after] = (from <= k ? roots(from, k, rest, known) : roots(from - k, to - k, rest)) || []
  return from <= k ? [before, above(after, beside)] : [above(beside, before), above(beside, after)]
}
const isContained = (a, b, path) =>
  !+a.size || (+a.size <= +b.size && `${roots(+a.size, +b.size, path, a.root)}` === `${a.root},${b.root}`)
if (leaf) checkSigned('回执', 'leaf', leaf)
if (head) checkSigned('树头', 'head', head)
for (const [i, { digest, key, text }] of opening.entries()) {
  const isMeant = i === 0 ? said(leaf).digest === digest : opening[0].text.includes(`"${digest}"`)
  const made = createHmac('sha256', Buffer.from(key, 'base64url')).update(text).digest('base64url')
  check(`内容：${text}`, isMeant && made === digest)
}
if (head) {
  const [mine, tree, hash] = [said(leaf), said(head), sha(Buffer.from(`\0${leaf.statement}`))]
  const root = rootAbove(hash, inclusion.position, Number(tree.size), inclusion.path)
  check(`收在这个树头里，共 ${tree.size} 件`, mine.consultation === tree.consultation && root === tree.root)
}
const heads = files.flatMap(({ heads }) => (heads ? [heads] : []))
const chain = heads.at(-1) ?? []
for (const [i, one] of chain.entries()) {
  checkSigned(`${said(one).at} 的树头`, 'head', one)
  if (i > 0) check('包含前一树头的全部提交', isContained(said(chain[i - 1]), said(one), one.consistency))
}
const isKept = ({ statement }) => chain.some((one) => one.statement === statement)
if (heads.length > 0) check('各文件里的树头，都仍在公布', [head ?? [], heads].flat(2).every(isKept))
