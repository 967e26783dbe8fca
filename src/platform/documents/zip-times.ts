const DIRECTORY_END = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
// The first day that a zip knows: 1 January 1980.
const NO_DAY = (1 << 5) | 1

/** The same zip without the moment at which its files were packed. Of a zip without a comment, as ours are. */
export function withoutTimes(zip: Buffer): Buffer {
  const end = zip.length - 22
  if (zip.readUInt32LE(end) !== DIRECTORY_END) throw new Error('this is not a zip without a comment')
  let at = zip.readUInt32LE(end + 16)
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (zip.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error('the directory of this zip is broken')
    const local = zip.readUInt32LE(at + 42)
    clear(zip, at + 12)
    clear(zip, local + 10)
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return zip
}

function clear(zip: Buffer, at: number): void {
  zip.writeUInt16LE(0, at)
  zip.writeUInt16LE(NO_DAY, at + 2)
}
