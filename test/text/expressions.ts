import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** A regular expression of the code, and the file in which it stands. */
export interface Expression {
  file: string
  expression: RegExp
}

export const root = join(import.meta.dirname, '../..')
/** What reads texts that anybody may have written. */
export const readingFiles = globSync('server/{text,rules,documents}/**/*.ts', { cwd: root }).sort()

/** What stands before a `/` that begins an expression, and no division. */
const literal =
  /(?<=^\s{0,99}|[([,=:?!&|{>] ?|\breturn )\/((?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])*)\/([dgimsuvy]*)/gm

/** Every regular expression by which texts are read: those that stand in the code, and those that it puts together. */
export async function expressions(): Promise<Expression[]> {
  return [...readingFiles.flatMap(written), ...(await putTogether())]
}

function written(file: string): Expression[] {
  const code = readFileSync(join(root, file), 'utf8').replace(/^\s*(?:\/?\*|\/\/).*$/gm, '')
  return [...code.matchAll(literal)].map(([, source = '', flags]) => ({
    file,
    expression: new RegExp(source, flags),
  }))
}

let times = 0

/** Those that are made when a file is loaded, or when a report is checked. */
async function putTogether(): Promise<Expression[]> {
  const made: Expression[] = []
  const plain = globalThis.RegExp
  globalThis.RegExp = new Proxy(plain, {
    construct(target, given) {
      const expression: RegExp = Reflect.construct(target, given)
      const by = new Error().stack?.split('\n')[2] ?? ''
      const file = readingFiles.find((each) => by.includes(each))
      if (file) made.push({ file, expression })
      return expression
    },
  })
  try {
    // By an address of its own: what was loaded already makes nothing again.
    for (const file of readingFiles) await import(`${pathToFileURL(join(root, file)).href}?again=${++times}`)
    const { wrongNumbers } = await import('../../server/rules/outcomes/report-numbers.ts')
    wrongNumbers('', nothing)
  } finally {
    globalThis.RegExp = plain
  }
  return made
}

const nothing = {
  ...{ received: 0, people: 0, late: 0, admitted: 0, endorsements: 0 },
  ...{ states: {}, channels: {}, outcomes: {} },
}
