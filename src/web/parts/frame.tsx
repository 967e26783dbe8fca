import { Link } from 'wouter-preact'
import type { ComponentChildren } from 'preact'
import { api } from '../api/client.ts'
import { forget, me } from '../api/session.ts'
import { isOffline, isSending, sendWaiting } from '../device/outbox.ts'
import { drafts } from '../device/drafts.ts'
import { lockNow } from '../device/idle.ts'
import { key } from '../device/vault.ts'
import { type Language, language, languages, say, speak } from '../words/words.ts'

/** The head of every page: where one can go, whether there is a line, and the language. */
export function Frame({ children }: { readonly children: ComponentChildren }) {
  return (
    <>
      <header>
        <nav aria-label={say('app.name')}>
          <Link href="/">{say('nav.reports')}</Link>
          {me.value?.is_intake === true && <Link href="/intake">{say('nav.intake')}</Link>}
          {hasRole('lawyer', 'clinician', 'coordinator') && <Link href="/agenda">{say('nav.agenda')}</Link>}
          {hasRole('lawyer', 'clinician', 'coordinator') && <Link href="/cases">{say('nav.cases')}</Link>}
          {hasRole('lawyer', 'clinician') && <Link href="/search">{say('nav.search')}</Link>}
        </nav>
        <LanguageChoice />
        {key.value !== undefined && (
          <button type="button" class="quiet" onClick={() => void lockNow()}>
            {say('pin.lock')}
          </button>
        )}
        {me.value !== undefined && (
          <button type="button" class="quiet" onClick={() => void signOut()}>
            {say('sign_out')}
          </button>
        )}
      </header>
      <LineState />
      <main>{children}</main>
    </>
  )
}

const hasRole = (...roles: readonly string[]): boolean => me.value?.roles.some((role) => roles.includes(role)) ?? false

async function signOut(): Promise<void> {
  await api.DELETE('/v1/session').catch(() => undefined)
  forget()
}

function LanguageChoice() {
  const codes = Object.keys(languages).filter((code): code is Language => code in languages)
  return (
    <label class="inline">
      <span class="hidden">{say('nav.language')}</span>
      <select
        value={language.value}
        onChange={({ currentTarget }) => speak(codes.find((code) => code === currentTarget.value) ?? 'en')}
      >
        {codes.map((code) => (
          <option key={code} value={code} lang={code}>
            {languages[code]}
          </option>
        ))}
      </select>
    </label>
  )
}

function LineState() {
  return (
    <p role="status" class="line">
      {isSending.value ? say('line.sending') : isOffline.value && say('line.off')} <Waiting />
    </p>
  )
}

/** What to do about reports that wait. */
function Waiting() {
  if (isSending.value || !drafts.value.some(({ state }) => state === 'queued')) return null
  if (me.value === undefined) return <Link href="/sign-in">{say('line.sign_in')}</Link>
  return (
    <button type="button" class="quiet" onClick={() => void sendWaiting()}>
      {say('line.try')}
    </button>
  )
}
