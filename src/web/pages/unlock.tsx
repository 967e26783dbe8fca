import { useEffect, useState } from 'preact/hooks'
import { loadDrafts } from '../device/drafts.ts'
import { isLocked, letGo, openAgain } from '../device/idle.ts'
import { createVault, hasVault, unlock } from '../device/vault.ts'
import { say } from '../words/words.ts'

const PIN_LEAST = 6

/** The PIN: chosen the first time, asked for after that. */
export function UnlockPage() {
  const [isNew, setNew] = useState<boolean | undefined>(undefined)
  const [pin, setPin] = useState('')
  const [trouble, setTrouble] = useState('')
  const [isBusy, setBusy] = useState(false)
  useEffect(() => void hasVault().then((has) => setNew(!has)), [])
  if (isNew === undefined) return <p>{say('loading')}</p>

  async function submit(event: Event): Promise<void> {
    event.preventDefault()
    if (pin.length < PIN_LEAST) return setTrouble(say('pin.short'))
    setBusy(true)
    const outcome = isNew === true ? await createVault(pin).then(() => 'open' as const) : await unlock(pin)
    setBusy(false)
    setPin('')
    if (outcome === 'open') return openAgain().then(loadDrafts)
    if (outcome === 'wiped') {
      letGo()
      return setNew(true)
    }
    return setTrouble(say('pin.wrong'))
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <h1>{say(isNew ? 'pin.new_title' : 'pin.title')}</h1>
      {isNew && <p>{say('pin.explain')}</p>}
      <div class="field">
        <label for="pin">{say('pin.pin')}</label>
        <input
          id="pin"
          type="password"
          autocomplete="off"
          value={pin}
          onInput={({ currentTarget }) => setPin(currentTarget.value)}
        />
      </div>
      {isLocked.value && <p>{say('pin.session')}</p>}
      <p role="alert">{trouble}</p>
      <button type="submit" disabled={isBusy}>
        {isBusy ? say('loading') : say(isNew ? 'pin.choose' : 'pin.do')}
      </button>{' '}
      {isLocked.value && (
        <button type="button" class="quiet" onClick={letGo}>
          {say('sign_out')}
        </button>
      )}
    </form>
  )
}
