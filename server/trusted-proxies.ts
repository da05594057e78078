import { isIP } from 'node:net'
import { ConfigError } from './config-error.ts'

/** The networks that go by a name. */
const named = ['loopback', 'linklocal', 'uniquelocal']

/** A comma-separated list of addresses and networks. @throws ConfigError naming the first that is neither */
export function readTrustedProxies(value = ''): string[] {
  const proxies = value
    .split(',')
    .map((proxy) => proxy.trim())
    .filter(Boolean)
  const wrong = proxies.find((proxy) => !named.includes(proxy) && !isNetwork(proxy))
  if (wrong !== undefined)
    throw new ConfigError(
      `TRUSTED_PROXIES 里的 ${wrong} 不是地址或网段；请写反向代理的地址，例如 127.0.0.1 或 10.0.0.0/24，多个用逗号分开`,
    )
  return proxies
}

function isNetwork(proxy: string): boolean {
  const [address = '', bits, ...more] = proxy.split('/')
  const longest = { 4: 32, 6: 128 }[isIP(address)]
  if (longest === undefined || more.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= longest)
}
