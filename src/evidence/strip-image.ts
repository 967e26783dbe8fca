import sharp from 'sharp'
import { gate } from '../platform/crypto/gate.ts'
import { consult, Secret } from '../platform/crypto/secret.ts'

/** An opened picture takes four bytes a pixel and more: so many pixels, and one at a time. */
const PIXELS_MAX = 64_000_000
const SECONDS_MAX = 30
const queue = gate(1, 4)

// What it has opened once is not kept for later.
sharp.cache(false)

const formats = [
  { format: 'jpeg', media: 'image/jpeg', begins: /^\xff\xd8\xff/ },
  { format: 'png', media: 'image/png', begins: /^\x89PNG\r\n\x1a\n/ },
  { format: 'webp', media: 'image/webp', begins: /^RIFF....WEBP/s },
] as const

type Format = (typeof formats)[number]
export type Stripped = { readonly media: Format['media']; readonly picture: Secret<Buffer> }
export type Unfit = 'kind' | 'pixels' | 'damaged'

/**
 * The pixels of a picture and nothing else, turned the right way up: no EXIF, no place, no thumbnail, no colour profile.
 * Only three kinds, told by how they begin, ever reach the decoder.
 */
export async function stripImage(image: Secret<Buffer>): Promise<Stripped | Unfit> {
  const known = consult(image, (bytes) => {
    const beginning = bytes.subarray(0, 16).toString('latin1')
    return formats.find(({ begins }) => begins.test(beginning))
  })
  if (known === undefined) return 'kind'
  return queue(() => consult(image, (bytes) => redrawn(bytes, known)))
}

async function redrawn(bytes: Buffer, { format, media }: Format): Promise<Stripped | Unfit> {
  const options = { limitInputPixels: PIXELS_MAX, failOn: 'error' } as const
  try {
    const { width, height } = await sharp(bytes, { ...options, limitInputPixels: false }).metadata()
    if (width * height > PIXELS_MAX) return 'pixels'
    const picture = await sharp(bytes, options)
      .timeout({ seconds: SECONDS_MAX })
      .autoOrient()
      .toFormat(format, { quality: 92 })
      .toBuffer()
    return { media, picture: new Secret(picture) }
  } catch {
    return 'damaged'
  }
}
