/** What lies beside the case file, for whoever finds it without this program. */
export const readme = `A CASE FILE

It names people who may be in danger. Keep it on an encrypted disk, and give it to nobody who does not need it.

index.html      the case, to read in any browser; nothing is fetched from the network
case.pdf        the same, to print, without the ids by which records name one another
data/           the same, one JSON file a chapter, for programs
evidence/       the files of the case as they were received
audit.json      what the audit trail says of the case, and the hashes that prove it
manifest.json   every file with its size and SHA-256, and who made this archive, when
signature.txt   the maker's Ed25519 signature, in hexadecimal

To check it with the program: npm run -s verify-archive -- case-file.zip --fingerprint "…"
(ask the maker for the fingerprint by another way than this file).

To check it without: compute the SHA-256 of each file and compare with manifest.json. The signature is over these
bytes: the text "archive1", then the SHA-256 of manifest.json as 64 hexadecimal letters, each after its length in
bytes (32 bits, big-endian). The key is manifest.made_by.signing_key. In audit.json the leaf of an event is
SHA-256(0x00, body) and a node SHA-256(0x01, left, right), as in RFC 6962; "path" are the hashes beside the way to the
root of the checkpoint.
`
