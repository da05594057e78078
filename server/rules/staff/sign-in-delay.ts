const patience = 5
const longest = 8_000

/**
 * How long a sign-in waits, in milliseconds, after so many failures: the sixth a second, then twice as long each time.
 * It is slowed and never refused, so that nobody can lock somebody else out (ASVS 5.0, 6.3.1).
 */
export function signInDelay(failures: number): number {
  return failures < patience ? 0 : Math.min(longest, 1000 * 2 ** (failures - patience))
}
