import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import { api } from '../api/client.ts'
import { begin } from '../api/session.ts'
import { afterSignIn } from '../api/after-sign-in.ts'
import { sendWaiting } from '../device/outbox.ts'
import { say } from '../words/words.ts'

type Typed = { readonly handle: string; readonly passphrase: string; readonly code: string }

export function SignInPage() {
  const [typed, type] = useState<Typed>({ handle: '', passphrase: '', code: '' })
  const [trouble, setTrouble] = useState('')
  const [isBusy, setBusy] = useState(false)
  const [where, go] = useLocation()

  async function submit(event: Event): Promise<void> {
    event.preventDefault()
    setBusy(true)
    const said = await signIn(typed).catch(() => say('error.line'))
    setBusy(false)
    setTrouble(said)
    if (said !== '') return
    type({ handle: '', passphrase: '', code: '' })
    if (where === '/sign-in') go('/')
    void sendWaiting()
    void afterSignIn()
  }

  const input = (name: keyof Typed) => ({
    id: name,
    value: typed[name],
    onInput: ({ currentTarget }: { currentTarget: HTMLInputElement }) =>
      type({ ...typed, [name]: currentTarget.value }),
  })
  return (
    <form onSubmit={(event) => void submit(event)}>
      <h1>{say('sign_in.title')}</h1>
      <div class="field">
        <label for="handle">{say('sign_in.handle')}</label>
        <input {...input('handle')} autocomplete="off" autocapitalize="none" spellcheck={false} required />
      </div>
      <div class="field">
        <label for="passphrase">{say('sign_in.passphrase')}</label>
        <input {...input('passphrase')} type="password" autocomplete="off" required />
      </div>
      <div class="field">
        <label for="code">{say('sign_in.code')}</label>
        <input {...input('code')} inputMode="numeric" autocomplete="one-time-code" />
      </div>
      <p role="alert">{trouble}</p>
      <button type="submit" disabled={isBusy}>
        {isBusy ? say('loading') : say('sign_in.do')}
      </button>
    </form>
  )
}

/** What to tell, or nothing where it went well. */
async function signIn({ handle, passphrase, code }: Typed): Promise<string> {
  const body = { handle, passphrase, ...(code.trim() !== '' && { code: code.trim() }) }
  const { data, response } = await api.POST('/v1/session', { body })
  if (data !== undefined) {
    begin(data)
    return ''
  }
  return say(response.status === 429 ? 'sign_in.slow' : 'sign_in.wrong')
}
