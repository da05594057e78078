import { appendFileSync, chmodSync, cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { binaries, giveToServer, initialise, startServer } from '../postgres-server.ts'
import { startProxy, type TcpProxy } from './tcp-proxy.ts'
import type { Ground } from './trial.ts'

/** Whether a commit waits for the standby. */
export type Replication = 'synchronous' | 'asynchronous'

type Server = Awaited<ReturnType<typeof startServer>>

/** A server, and a second one that follows it and takes its place. */
export class PostgresPair {
  readonly #ground: Ground
  readonly #bin: string
  /** How clients find the one that is primary. */
  readonly proxy: TcpProxy
  /** How the standby finds it. */
  readonly #replication: TcpProxy
  #turn = 0
  #primary: Server | null = null
  #standby: Server | null = null

  static async on(ground: Ground): Promise<PostgresPair> {
    chmodSync(ground.folder, 0o755)
    const pair = new PostgresPair(
      ground,
      await binaries(ground.folder),
      await startProxy(ground),
      await startProxy(ground),
    )
    initialise(pair.#bin, pair.#folder)
    ground.later(() => pair.#stop())
    return pair
  }

  private constructor(ground: Ground, bin: string, proxy: TcpProxy, replication: TcpProxy) {
    this.#ground = ground
    this.#bin = bin
    this.proxy = proxy
    this.#replication = replication
  }

  get url(): string {
    return `postgres://postgres@127.0.0.1:${this.proxy.port}/postgres`
  }

  get #folder(): string {
    return join(this.#ground.folder, `server-${this.#turn}`)
  }

  /** Serves alone. */
  async start(settings: string[] = []): Promise<void> {
    this.#primary = await startServer(this.#bin, this.#folder, settings)
    this.proxy.leadTo(socketIn(this.#folder))
  }

  /** Copies the primary's folder while it is stopped, and starts both. @returns once the standby follows */
  async startWithStandby(replication: Replication): Promise<void> {
    await this.#stop()
    const folder = join(this.#ground.folder, `server-${this.#turn + 1}`)
    cpSync(this.#folder, folder, { recursive: true, preserveTimestamps: true })
    writeFileSync(join(folder, 'standby.signal'), '')
    const followed = `host=127.0.0.1 port=${this.#replication.port} user=postgres application_name=standby`
    appendFileSync(join(folder, 'postgresql.auto.conf'), `primary_conninfo = '${followed}'\n`)
    chmodSync(folder, 0o700)
    giveToServer(folder)
    const names = replication === 'synchronous' ? 'standby' : ''
    await this.start(['-c', `synchronous_standby_names=${names}`])
    this.#replication.leadTo(socketIn(this.#folder))
    this.#standby = await startServer(this.#bin, folder, [])
    while ((await this.#followed()) !== (names ? 'sync' : 'async')) await wait(20)
  }

  /** Nothing reaches the standby any more, as where the network between the two breaks. */
  partStandby(): void {
    this.#replication.hold()
  }

  /** The primary goes away at once, and the standby takes its place. */
  async failOver(): Promise<void> {
    await this.#primary?.halt()
    this.proxy.cut()
    this.#replication.cut()
    rmSync(this.#folder, { recursive: true })
    this.#turn += 1
    this.#primary = this.#standby
    this.#standby = null
    await ask(this.#folder, 'SELECT pg_promote()')
    this.proxy.leadTo(socketIn(this.#folder))
  }

  async #followed(): Promise<string | undefined> {
    const [row] = await ask(
      this.#folder,
      "SELECT sync_state FROM pg_stat_replication WHERE state = 'streaming'",
    )
    return row?.sync_state
  }

  async #stop(): Promise<void> {
    this.proxy.cut()
    this.#replication.cut()
    await this.#standby?.halt()
    await this.#primary?.stop()
    this.#standby = null
    this.#primary = null
  }
}

const socketIn = (folder: string) => join(folder, '.s.PGSQL.5432')

async function ask(folder: string, question: string): Promise<Record<string, string>[]> {
  const client = new pg.Client({ host: folder, user: 'postgres', database: 'postgres' })
  await client.connect()
  try {
    return (await client.query(question)).rows
  } finally {
    await client.end()
  }
}
