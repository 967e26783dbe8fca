import { useEffect, useState } from 'preact/hooks'
import { say } from '../words/words.ts'

type Reply<T> = { readonly data?: T; readonly error?: unknown }

/** What the server answers to a question, asked again when `what` changes. */
export function useFetched<T>(ask: () => Promise<Reply<T>>, what: string) {
  const [data, setData] = useState<T | undefined>(undefined)
  const [trouble, setTrouble] = useState<string | undefined>(undefined)
  useEffect(() => {
    let isLeft = false
    setTrouble(undefined)
    ask().then(
      (reply) => {
        if (isLeft) return
        setData(() => reply.data)
        if (reply.data === undefined) setTrouble(say('error.other'))
      },
      () => setTrouble(say('error.line')),
    )
    return () => {
      isLeft = true
    }
  }, [what])
  return { data, trouble }
}
