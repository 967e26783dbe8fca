import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { say } from '../words/words.ts'

type Loaded<P> = { readonly Component: ComponentType<P> }

/** A part of the pages that is fetched when it is first shown. */
export function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  return function Later(props: P) {
    const [loaded, setLoaded] = useState<Loaded<P> | undefined>(undefined)
    const [isLost, lose] = useState(false)
    useEffect(() => {
      load().then(
        (Component) => setLoaded({ Component }),
        () => lose(true),
      )
    }, [])
    if (loaded === undefined) return <p role="status">{say(isLost ? 'error.line' : 'loading')}</p>
    return <loaded.Component {...props} />
  }
}
