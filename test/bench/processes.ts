import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

export interface Running {
  address: string
  pid: number
  stop(): Promise<void>
}

/** Starts a server in a process of its own and waits for the address that it prints. */
export async function start(script: string, env: NodeJS.ProcessEnv): Promise<Running> {
  const child = run([script], env)
  const ended = once(child, 'exit')
  return {
    address: await printedAddress(child),
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill()
      await ended
    },
  }
}

/** Runs a script to its end. @throws Error where it fails */
export async function finish(args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  const [code] = await once(run(args, env), 'exit')
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}`)
}

function run(args: string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, ['--import', './server/preload.js', ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
}

function printedAddress(child: ChildProcess): Promise<string> {
  let printed = ''
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`a server ended with ${code}`)))
    child.stdout?.on('data', (chunk) => {
      printed += chunk
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)
      if (address) resolve(address[0])
    })
  })
}

/** The settings of a portal that is measured. */
export function portalIn(folder: string, databaseUrl: string) {
  return {
    DATABASE_URL: databaseUrl,
    DATA_DIR: folder,
    SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'error',
    RATE_LIMITS: 'off',
  }
}
