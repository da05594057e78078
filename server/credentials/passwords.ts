import { hash, verify } from '@node-rs/argon2'

/** argon2id with 19 MiB and two passes (OWASP Password Storage Cheat Sheet): about 15 ms. */
const cost = { memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 }

/** How many are worked out at once: each holds 19 MiB and a thread. */
const atOnce = 2
let running = 0
const waiting: (() => void)[] = []

/** A password as it is stored. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(normalised(password), cost))
}

/** Whether this is the password of `stored`; without an account as much work is done, so that the time tells nothing. */
export async function isPassword(stored: string | null, password: string): Promise<boolean> {
  const matches = await inTurn(async () => verify(stored ?? (await decoy), normalised(password)))
  return stored !== null && matches
}

const decoy = hash('nobody has this password', cost)

/** The same characters typed on another keyboard are the same password (NIST SP 800-63B, 3.1.1.2). */
function normalised(password: string): string {
  return password.normalize('NFKC')
}

async function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve))
  else running += 1
  try {
    return await work()
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running -= 1
  }
}
