const LENGTH_BYTES = 4
const STEP = 256
const STEPS_END = 4096

/** The text behind its true length (u32, big-endian), filled with zeros to a size that tells little. */
export function pad(text: Uint8Array): Uint8Array {
  const padded = Buffer.alloc(paddedSize(text.length))
  padded.writeUInt32BE(text.length)
  padded.set(text, LENGTH_BYTES)
  return padded
}

/** The text inside; undefined when the length or the filling is not what `pad` would have made. */
export function unpad(padded: Uint8Array): Uint8Array | undefined {
  if (padded.length < STEP) return undefined
  const size = new DataView(padded.buffer, padded.byteOffset).getUint32(0)
  if (padded.length !== paddedSize(size)) return undefined
  const end = LENGTH_BYTES + size
  const filling = padded.subarray(end)
  return Buffer.compare(filling, Buffer.alloc(filling.length)) === 0 ? padded.subarray(LENGTH_BYTES, end) : undefined
}

/** Steps of 256 bytes up to 4 KiB; above, the Padmé rule, which costs at most 7 % there and leaves 16 sizes a doubling. */
function paddedSize(textSize: number): number {
  const size = LENGTH_BYTES + textSize
  const step = size <= STEPS_END ? STEP : padmeStep(size)
  return Math.ceil(size / step) * step
}

function padmeStep(size: number): number {
  const exponent = floorLog2(size)
  return 2 ** (exponent - floorLog2(exponent) - 1)
}

function floorLog2(number: number): number {
  return number < 2 ** 32 ? 31 - Math.clz32(number) : 32 + floorLog2(Math.floor(number / 2 ** 32))
}

/** The size at which a file is kept: by the same rule, but without a length in front, and at least one step. */
export function paddedFileSize(size: number): number {
  const step = size <= STEPS_END ? STEP : padmeStep(size)
  return Math.max(1, Math.ceil(size / step)) * step
}
