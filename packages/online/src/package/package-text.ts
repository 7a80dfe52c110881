/** The words in an evidence package. */

/** What a person reads who has nothing but the package, many years from now. */
export const packageText = `This is a learning credential with everything that is needed to verify it, without a network and without asking anybody.

The archive is a ZIP file (APPNOTE.TXT 6.3, PKWARE) whose files are stored without compression. manifest.json names each of them with its SHA-256
(FIPS 180-4) in hexadecimal. JSON is RFC 8259, text is UTF-8, moments are RFC 3339 in UTC, base64 is RFC 4648.

credential/    the sealed credential, byte for byte: a European Digital Credential (European Learning Model, JSON-LD 1.1) in a JSON Web Signature
               (RFC 7515, JSON serialisation, payload not encoded: RFC 7797) with the properties of JAdES (ETSI TS 119 182-1). "payload" is what was
               sealed: title, learner, who awarded it. "protected" holds algorithm and certificates; the signature covers
               ASCII(protected) + "." + payload. "etsiU" holds, one after the other, the time stamp of the signature (sigTst), certificates and
               statements on them (xVals, rVals), and time stamps over all that came before (arcTst).
chains/        the certificates of the sealer, of whoever signed the status list and of the time-stamp authorities, each up to the one that was
               trusted: X.509 (RFC 5280), DER.
statements/    what authorities said on revocation: OCSP answers (RFC 6960) and revocation lists (RFC 5280), DER. Those in the seal are here too.
time-stamps/   the time stamps of the seal: tokens by RFC 3161, DER. Each proves that what it covers existed at its time.
status-lists/  the issuer's list as it was last signed when this package was made: a Bitstring Status List (W3C) as a JSON Web Token. The credential
               names its place in it ("credentialStatus"); a bit that is set there means that it was revoked.
registry.json  who was trusted to seal what when this package was made, and by which authorities.
registry-entry.json  the entry of this issuer in it.
policy.json    the rules of judgement, and report.json what they gave when the package was made.
evidence.json  registry, lists and statements once more, in one file as the verifier reads it.

To verify by hand: 1. the SHA-256 of every file. 2. The signature with the key of the first certificate. 3. Its chain to an anchor of registry.json.
4. The time stamps from the first to the last: each shows that certificates and statements before it were good at its time, so that they count although
they have ended since. 5. The place in the status list. What happened after this package was made is not in it: ask the issuer, where it still exists.

With the software that made it: cairn verify PACKAGE. The registry in the package is that of whoever made it; give --trust FILE to use your own.
`
