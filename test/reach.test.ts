import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
/** What serves; the steps of the database are made by its developers. */
const files = globSync('{server,db}/**/*.{ts,js}', { cwd: root }).filter((name) => name !== 'db/generate.ts')
const placesOf = (pattern: RegExp) =>
  files.flatMap((name) =>
    (readFileSync(join(root, name), 'utf8').match(pattern) ?? []).map((line) => `${name}: ${line}`),
  )

/** Modules that are loaded, and not their types alone. */
const loaded = (modules: string) =>
  new RegExp(`^(?:import (?!type ).*|}) from '(?:${modules})'$|\\bimport\\('(?:${modules})'\\)`, 'gm')

test('the portal starts no program but the part of itself that makes a paper', () => {
  expect(files.length).toBeGreaterThan(400)
  expect(placesOf(loaded('node:child_process|node:vm'))).toEqual([
    "server/jobs/papers/paper-child.ts: import { type ChildProcess, fork } from 'node:child_process'",
  ])
})

test('it calls nobody: of what reaches a network it loads how addresses look, and the driver of its database', () => {
  const reaching = placesOf(loaded('node:(?:http2?|https|net|tls|dgram|dns.*)|undici|pg'))
  const known = [/: import \{ isIP(v4)? \} from 'node:net'$/, /^db\/.*: import .* from 'pg'$/]
  expect(reaching.filter((place) => known.every((one) => !one.test(place)))).toEqual([])
  expect(reaching.length).toBeGreaterThan(2)
  expect(placesOf(/(?<![.\w])fetch\(|\bnew (?:WebSocket|EventSource)\(/g)).toEqual([])
})
