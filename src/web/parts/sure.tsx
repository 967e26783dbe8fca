import { useEffect, useState } from 'preact/hooks'

const MS_TO_THINK = 5_000

type Props = { readonly label: string; readonly sure: string; readonly onSure: () => void }

/** A button that has to be pressed twice, within a few seconds. */
export function Sure({ label, sure, onSure }: Props) {
  const [isAsked, ask] = useState(false)
  useEffect(() => {
    if (!isAsked) return undefined
    const timer = setTimeout(() => ask(false), MS_TO_THINK)
    return () => clearTimeout(timer)
  }, [isAsked])
  return (
    <button type="button" class="danger" onClick={() => (isAsked ? onSure() : ask(true))}>
      {isAsked ? sure : label}
    </button>
  )
}
