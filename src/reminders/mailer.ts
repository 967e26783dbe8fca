import { createTransport } from 'nodemailer'
import { consult, type Secret } from '../platform/crypto/secret.ts'
import type { Config } from '../platform/kernel/config.ts'

/** Hands a letter to the mail server. False when that did not take it: why is not told, for it would name the address. */
export type Mailer = (to: Secret, text: string) => Promise<boolean>

const PATIENCE_MS = 10_000
const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost']

/** A server elsewhere has to offer TLS, or gets nothing: the line would tell who is written to. */
export function createMailer({ url, from }: NonNullable<Config['mail']>): Mailer {
  const transport = createTransport({
    url,
    // By default the name of this machine would be told.
    name: from.split('@')[1],
    requireTLS: !LOOPBACK.includes(new URL(url).hostname),
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return (address, text) =>
    consult(address, (to) =>
      transport.sendMail({ from, to, subject: 'Guvoh', text, textEncoding: 'base64', xMailer: false }),
    ).then(
      () => true,
      () => false,
    )
}
