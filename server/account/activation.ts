import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { activate, activationHash, findActivation, type Setup } from '../../db/queries/staff/activation.ts'
import { placeNames } from '../../db/queries/staff/place-names.ts'
import { refusedAs } from '../../db/refused.ts'
import { hashPassword } from '../credentials/passwords.ts'
import { newRecoveryCodes, recoveryHashes } from '../credentials/recovery-codes.ts'
import { newTotpSecret, otpauthPicture, totpStep } from '../credentials/second-factor.ts'
import type { Dependencies } from '../dependencies.ts'
import { PageError } from '../plugins/page-error.ts'
import { readReceiptCode } from '../rules/receipts/receipts.ts'
import { activationForm, authenticatorForm, newPasswordForm } from '../rules/staff/account-forms.ts'
import type { FieldError } from '../rules/typed.ts'
import { openSetup, sealSetup } from './setup.ts'
import { beginSession } from './sign-in.ts'
import { shownAgain, staleAt } from './stale-form.ts'

declare module '../plugins/views.ts' {
  interface Views {
    'account/activation': { typed: { code: string }; errors: FieldError[]; csrf: string }
    'account/activation-authenticator': {
      name: string
      secret: string
      picture: string
      setup: string
      errors: FieldError[]
      csrf: string
    }
  }
}

/** /staff/activation: with the code from the administrator, a new member of staff sets a password and an authenticator. */
export function activation(app: FastifyInstance, deps: Dependencies): void {
  const config = { limit: 'signIn' } as const
  const first = { config, errorHandler: shownAgain(showStaleForm) }
  const second = {
    config,
    errorHandler: shownAgain((request, reply) => showStaleAuthenticator(deps, request, reply)),
  }

  app.get('/activation', async (_request, reply) => showForm(reply, activationForm.blank, []))

  app.post('/activation', first, (request, reply) => choosePassword(deps, request, reply))

  app.post('/activation/authenticator', second, (request, reply) => addAuthenticator(deps, request, reply))
}

/** The first step: the code and a password. Nothing is stored yet; the next form carries it, sealed. */
async function choosePassword(
  deps: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { db, seals, now } = deps
  const typed = activationForm.typed(request.body)
  const code = readReceiptCode(typed.code)
  const hash = code === null ? null : activationHash(seals, code)
  const account = hash === null ? null : await findActivation(db, hash, now())
  if (!hash || !account) return showForm(reply.code(422), { code: shown(typed) }, [unknownCode])
  const names = { person: account.name, places: await placeNames(db) }
  const { values, errors } = newPasswordForm(names).sent(request.body)
  if (!values) return showForm(reply.code(422), typed, errors)
  const setup: Setup = {
    staffId: account.id,
    activationHash: hash,
    passwordHash: await hashPassword(values.newPassword),
    totpSecret: newTotpSecret(),
  }
  return showAuthenticator(deps, reply, account.name, setup, [])
}

/** The second step: the authenticator's first code proves that it was set up. Then the account is ready. */
async function addAuthenticator(
  deps: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { db, seals, now } = deps
  const typed = authenticatorForm.typed(request.body)
  const { setup, account } = await setUp(deps, typed.setup)
  const step = totpStep(setup.totpSecret, typed.code, now())
  if (step === null) return showAuthenticator(deps, reply.code(422), account.name, setup, [wrongCode])
  const codes = newRecoveryCodes()
  const hashes = recoveryHashes(seals, setup.staffId, codes)
  await activate(db, seals, setup, step, hashes, now()).catch(refusedAs(expired))
  await beginSession(request, setup.staffId)
  return reply.page('account/recovery-codes-new', { codes })
}

/** What the first step set up, and whose account it is. @throws PageError where its code is not good any more */
async function setUp({ db, seals, now }: Dependencies, sealed: string) {
  const setup = openSetup(seals, sealed)
  const account = setup && (await findActivation(db, setup.activationHash, now()))
  if (!setup || !account) throw expired()
  return { setup, account }
}

function showStaleForm(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  return showForm(reply, { code: shown(activationForm.typed(request.body)) }, [staleAt('code')])
}

async function showStaleAuthenticator(
  deps: Dependencies,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { setup, account } = await setUp(deps, authenticatorForm.typed(request.body).setup)
  return showAuthenticator(deps, reply, account.name, setup, [staleAt('code')])
}

/** As much of what was typed as a code is long, and some more. */
function shown({ code }: { code: string }): string {
  return code.slice(0, 60)
}

const unknownCode: FieldError = {
  field: 'code',
  message: '开通码不正确，或者已经用过、过期。请核对；如仍不行，请管理员重新发一个',
}
const wrongCode: FieldError = {
  field: 'code',
  message: '验证码不正确。请输入手机上现在显示的六位数字；如一直不对，请检查手机的时间',
}
const expired = () =>
  new PageError(409, 'activation_expired', '这次开通没有完成', '开通码已经用过或者过期，请管理员重新发一个。')

function showForm(reply: FastifyReply, typed: { code: string }, errors: FieldError[]): Promise<FastifyReply> {
  return reply.page('account/activation', { typed, errors, csrf: reply.formToken() })
}

async function showAuthenticator(
  { seals }: Dependencies,
  reply: FastifyReply,
  name: string,
  setup: Setup,
  errors: FieldError[],
): Promise<FastifyReply> {
  return reply.page('account/activation-authenticator', {
    name,
    secret: setup.totpSecret.replace(/.{4}(?=.)/g, '$& '),
    picture: await otpauthPicture(name, setup.totpSecret),
    setup: sealSetup(seals, setup),
    errors,
    csrf: reply.formToken(),
  })
}
