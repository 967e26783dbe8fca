import { useEffect, useRef, useState } from 'preact/hooks'
import { sayCase } from '../words/case.ts'
import { say } from '../words/words.ts'

type Props = { readonly file: Blob; readonly media: string; readonly name: string }

/** Shows a picture or plays a recording out of memory: no address is made of it, so the page's policy needs no exception. */
export function Viewer(props: Props) {
  return props.media.startsWith('audio/') ? <Sound {...props} /> : <Picture {...props} />
}

function Picture({ file, media, name }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [trouble, setTrouble] = useState('')
  useEffect(() => {
    createImageBitmap(new Blob([file], { type: media })).then(
      (bitmap) => {
        if (canvas.current === null) return
        canvas.current.width = bitmap.width
        canvas.current.height = bitmap.height
        canvas.current.getContext('2d')?.drawImage(bitmap, 0, 0)
        bitmap.close()
      },
      () => setTrouble(sayCase('evidence.unreadable')),
    )
  }, [file])
  return (
    <>
      <p role="status">{trouble}</p>
      <canvas ref={canvas} class="picture" role="img" aria-label={name} />
    </>
  )
}

function Sound({ file, name }: Props) {
  const [said, setSaid] = useState(say('loading'))
  const [sound, setSound] = useState<{ readonly context: AudioContext; readonly buffer: AudioBuffer } | undefined>()
  useEffect(() => {
    const context = new AudioContext()
    file
      .arrayBuffer()
      .then((bytes) => context.decodeAudioData(bytes))
      .then(
        (buffer) => {
          setSaid(`${String(Math.round(buffer.duration))} s`)
          setSound({ context, buffer })
        },
        () => setSaid(sayCase('evidence.unreadable')),
      )
    return () => void context.close()
  }, [file])
  return (
    <p>
      {sound !== undefined && (
        <button type="button" aria-label={`${sayCase('evidence.play')} ${name}`} onClick={() => play(sound)}>
          {sayCase('evidence.play')}
        </button>
      )}{' '}
      {said}
    </p>
  )
}

type Decoded = { readonly context: AudioContext; readonly buffer: AudioBuffer }

/** From the beginning; pressed while it plays, it stops. */
function play({ context, buffer }: Decoded): void {
  if (playing?.context === context) {
    playing.source.stop()
    playing = undefined
    return
  }
  const source = context.createBufferSource()
  source.buffer = buffer
  source.connect(context.destination)
  source.onended = () => {
    if (playing?.source === source) playing = undefined
  }
  source.start()
  playing = { context, source }
}
let playing: { readonly context: AudioContext; readonly source: AudioBufferSourceNode } | undefined
