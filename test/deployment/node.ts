import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'

export interface Node {
  /** Stops it as an operator does, and starts it again. @returns how long the stop took, in milliseconds */
  restart(): Promise<number>
  stop(): Promise<void>
}

/** A node of the demonstration, once it is ready. */
export async function startNode(env: NodeJS.ProcessEnv & { PORT: string }): Promise<Node> {
  let running = await start(env)
  const stop = async () => {
    const ended = once(running, 'exit')
    running.kill('SIGTERM')
    await ended
  }
  return {
    stop,
    async restart() {
      const began = performance.now()
      await stop()
      const took = performance.now() - began
      running = await start(env)
      return took
    },
  }
}

async function start(env: NodeJS.ProcessEnv & { PORT: string }): Promise<ChildProcess> {
  const node = spawn(process.execPath, ['--import', './server/preload.js', 'server/main.ts', '--demo'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  while (!(await isReady(env.PORT))) {
    if (node.exitCode !== null) throw new Error(`the node on port ${env.PORT} did not start`)
    await wait(50)
  }
  return node
}

async function isReady(port: string): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/readyz`)).ok
  } catch {
    return false
  }
}
