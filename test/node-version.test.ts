import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'

const script = readFileSync('server/node-version.js', 'utf8')

/** What a Node of this version says when it loads the script, and the code it exits with; null where it goes on. */
function load(node: string): { said: string; code: number | null } {
  const seen: { said: string; code: number | null } = { said: '', code: null }
  const process = {
    versions: { node },
    stderr: {
      write: (text: string) => {
        seen.said += text
      },
    },
    exit: (code: number) => {
      seen.code = code
    },
  }
  runInNewContext(script, { process })
  return seen
}

test.each(['18.20.8', '20.20.2', '22.9.0', '22.17.1', '23.5.0'])(
  'Node %s is told in one sentence what to do',
  (node) => {
    const { said, code } = load(node)
    expect(said).toMatch(
      /^门户需要 Node 22\.18 以上（23 要 23\.6 以上），现在是 [\d.]+：[^\n]+npm start[^\n]+\n$/,
    )
    expect([said.includes(`现在是 ${node}：`), code]).toEqual([true, 1])
  },
)

test.each(['22.18.0', '23.6.0', '24.21.0', '100.0.0'])('Node %s goes on', (node) => {
  expect(load(node)).toEqual({ said: '', code: null })
})

test('it comes before any TypeScript, and asks for what package.json asks for', () => {
  const { scripts, engines } = JSON.parse(readFileSync('package.json', 'utf8'))
  for (const name of ['start', 'demo', 'portal']) {
    expect(scripts[name], name).toMatch(/^(exec )?node --import \.\/server\/preload\.js server\//)
  }
  expect(engines).toEqual({ node: '^22.18 || >=23.6' })
  for (const entry of ['server/main.ts', 'server/cli/portal.ts']) {
    expect(readFileSync(entry, 'utf8'), entry).toMatch(/^import '(\.\.?\/)+preload\.js'\n/)
  }
  const preload = readFileSync('server/preload.js', 'utf8')
  expect(preload.match(/^import .*$/gm), 'nothing that an older Node has not').toEqual([
    "import './node-version.js'",
  ])
})
