import { generateSecret, generateURI, verifySync } from 'otplib'
import { toDataURL } from 'qrcode'

const period = 30
const issuer = '征求意见门户'

/** A secret for a new authenticator, in base 32. */
export function newTotpSecret(): string {
  return generateSecret()
}

/** What an authenticator app reads. */
export function otpauthUrl(name: string, secret: string): string {
  return generateURI({ issuer, label: name, secret })
}

/** The same as a picture to scan: a data address of a PNG. */
export function otpauthPicture(name: string, secret: string): Promise<string> {
  return toDataURL(otpauthUrl(name, secret), { margin: 2, width: 240, errorCorrectionLevel: 'M' })
}

/**
 * The time step (RFC 6238) of the code that was typed; null where it is no code of now. A clock may be one step off.
 */
export function totpStep(secret: string, typed: string, now: Date): number | null {
  const token = typed.normalize('NFKC').replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return null
  const epoch = Math.floor(now.getTime() / 1000)
  const result = verifySync({ secret, token, epoch, period, epochTolerance: period })
  return result.valid ? Math.floor(epoch / period) + result.delta : null
}
