import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The Firefox of the system, null where it has none. */
export const installedFirefox =
  ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/snap/bin/firefox'].find(existsSync) ?? null

interface Answer {
  id?: number
  result?: unknown
  error?: string
  message?: string
}

interface Waiting {
  resolve: (result: unknown) => void
  reject: (error: Error) => void
}

/**
 * A Firefox without a window, driven by WebDriver BiDi as it speaks it itself: the driver of the other browsers wants one of
 * its own making.
 */
export class Firefox {
  #process: ChildProcess
  #profile: string
  #socket: WebSocket
  #waiting = new Map<number, Waiting>()
  #last = 0

  private constructor(process: ChildProcess, profile: string, socket: WebSocket) {
    this.#process = process
    this.#profile = profile
    this.#socket = socket
    socket.addEventListener('message', ({ data }) => this.#answered(JSON.parse(String(data))))
  }

  /** @param script false switches scripts off @throws Error where it does not start */
  static async start(executable: string, { script = true } = {}): Promise<Firefox> {
    const profile = mkdtempSync(join(tmpdir(), 'portal-firefox-'))
    writeFileSync(join(profile, 'user.js'), `user_pref('javascript.enabled', ${script})\n`)
    const args = ['--headless', '--no-remote', '--remote-debugging-port', '0', '--profile', profile]
    const child = spawn(executable, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    const socket = new WebSocket(`${await addressOf(child)}/session`)
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve)
      socket.addEventListener('error', () => reject(new Error('Firefox takes no session')))
    })
    const firefox = new Firefox(child, profile, socket)
    await firefox.ask('session.new', { capabilities: {} })
    return firefox
  }

  /** @returns what it answers to a command of WebDriver BiDi @throws Error with what it says is wrong */
  async ask<T>(method: string, params: object): Promise<T> {
    this.#last += 1
    const id = this.#last
    const answer = new Promise<unknown>((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
    this.#socket.send(JSON.stringify({ id, method, params }))
    return answer as Promise<T>
  }

  #answered({ id, result, error, message }: Answer): void {
    const answer = this.#waiting.get(id ?? 0)
    this.#waiting.delete(id ?? 0)
    if (error) answer?.reject(new Error(`${error}: ${message}`))
    else answer?.resolve(result)
  }

  async close(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once('exit', resolve))
    await this.ask('browser.close', {}).catch(() => this.#process.kill())
    await ended
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Where it listens, which it says when it does. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr?.on('data', (text) => {
      said += text
      const [, address] = /listening on (ws:\S+)/.exec(said) ?? []
      if (address) resolve(address)
    })
    child.once('exit', () => reject(new Error(`Firefox does not start: ${said}`)))
  })
}
