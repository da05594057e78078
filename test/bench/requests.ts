import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** A request that is posted: where to, what tells it from the others, and what it holds. None of them has a tab. */
export interface Posted {
  path: string
  key: string
  body: string
}

/** Requests that are sent one after another, each once. */
export interface Requests {
  /** Where the script for wrk and what it reads are written. */
  folder: string
  name: string
  headers: Readonly<Record<string, string>>
  all: readonly Posted[]
}

/** @returns the path of a script by which wrk sends these */
export function written({ folder, name, headers, all }: Requests): string {
  const [script, lines] = [join(folder, `${name}.lua`), join(folder, `${name}.txt`)]
  writeFileSync(lines, all.map(({ path, key, body }) => `${path}\t${key}\t${body}\n`).join(''))
  const given = Object.entries(headers).map(([key, value]) => `[${lua(key)}] = ${lua(value)}`)
  writeFileSync(
    script,
    `local lines = io.lines(${lua(lines)})
function request()
  local line = lines()
  if not line then error("all requests are sent") end
  local path, key, body = line:match("^([^\\t]*)\\t([^\\t]*)\\t(.*)$")
  return wrk.format("POST", path, { ${given.join(', ')}, ["idempotency-key"] = key }, body)
end
`,
  )
  return script
}

/** A text as a literal of Lua; none of these holds a control character. */
function lua(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}

/** The same for the generator in JavaScript. @throws Error where all are sent */
export function sentBy({ headers, all }: Requests): () => {
  path: string
  headers: Record<string, string>
  body: string
} {
  let sent = 0
  return () => {
    const next = all[sent++]
    if (!next) throw new Error('all requests are sent')
    return { path: next.path, headers: { ...headers, 'idempotency-key': next.key }, body: next.body }
  }
}
