import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import type { Ground } from './trial.ts'

/** The one address under which whoever serves at the moment is found, as a balancer or a name that moves gives it. */
export interface TcpProxy {
  port: number
  /** From now on connections lead to this socket. */
  leadTo(socket: string): void
  /** Passes nothing on any more; what comes is forgotten. */
  hold(): void
  /** Ends every connection, and takes no new one until it leads somewhere. */
  cut(): void
}

export async function startProxy(ground: Ground): Promise<TcpProxy> {
  const open = new Set<Socket>()
  let target: string | null = null
  let isHeld = false
  const join = (from: Socket, to: Socket) => {
    open.add(from)
    from.on('data', (chunk) => isHeld || to.write(chunk))
    from.on('error', () => {})
    from.on('close', () => {
      open.delete(from)
      to.destroy()
    })
  }
  const server = createServer((client) => {
    if (!target) return client.destroy()
    const behind = connect(target)
    join(client, behind)
    join(behind, client)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    target = null
    for (const socket of open) socket.destroy()
  }
  ground.later(() => {
    cut()
    server.close()
  })
  return {
    port: (server.address() as AddressInfo).port,
    leadTo(socket) {
      isHeld = false
      target = socket
    },
    hold() {
      isHeld = true
    },
    cut,
  }
}
