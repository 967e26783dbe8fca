import sharp from 'sharp'
import type { Drawing } from './model.ts'

const DOTS_PER_POINT = 3

/** The drawing as a picture of `width` points, for what cannot show lines themselves. */
export function pngOf(drawing: Drawing, width: number): Promise<Buffer> {
  const pixels = Math.round(width * DOTS_PER_POINT)
  return sharp(Buffer.from(svgOf(drawing, pixels)))
    .flatten({ background: 'white' })
    .png({ palette: true })
    .toBuffer()
}

function svgOf({ width, height, shapes }: Drawing, pixels: number): string {
  const paths = shapes.map(
    ({ path, fill, stroke }) => `<path d="${path}" fill="${fill ?? 'none'}" stroke="${stroke ?? 'none'}"/>`,
  )
  const rows = Math.round((pixels * height) / width)
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${String(pixels)}" height="${String(rows)}" viewBox="0 0 ${String(width)} ${String(height)}">${paths.join('')}</svg>`
}
